import { describe, expect, it } from 'vitest';
import { choroplethShape, classChanges, regionClasses } from '../../../../src/map/choropleth.js';
import type { Choropleth } from '../../../../src/map/contract.js';
import { classColour, hatchOpacity, regionLevelsOf } from '../../../../src/map/layers/regions.js';

const choropleth = (values: Map<number, number | null>): Choropleth => ({
  level: 2,
  parentId: 7,
  values,
  breaks: [10, 20],
  ramp: 'teal',
  middle: null,
  hidden: [],
  format: String,
});

describe('regionClasses', () => {
  it('gives every region its class and the missing ones -1', () => {
    const values = new Map([
      [1, 9],
      [2, 10],
      [3, 25],
      [4, null],
    ]);
    expect([...regionClasses(choropleth(values))]).toEqual([
      [1, 0],
      [2, 1],
      [3, 2],
      [4, -1],
    ]);
  });
});

describe('classChanges', () => {
  it('names only the regions whose class changed', () => {
    const before = new Map([
      [1, 0],
      [2, 1],
      [3, 2],
    ]);
    const after = new Map([
      [1, 0],
      [2, 4],
      [9, 1],
    ]);
    expect(classChanges(before, after)).toEqual({
      set: [
        [2, 4],
        [9, 1],
      ],
      removed: [3],
    });
  });
});

describe('the choropleth in the style', () => {
  it('depends on level, parent and class colours, not on the values', () => {
    const first = choroplethShape(choropleth(new Map([[1, 1]])), 'light');
    const second = choroplethShape(choropleth(new Map([[2, 99]])), 'light');
    expect(first).toEqual(second);
    expect(first?.colours).toHaveLength(3);
    expect(choroplethShape(null, 'light')).toBeNull();
  });

  it('draws hidden classes and hidden regions without data in no colour', () => {
    const shape = choroplethShape(
      { ...choropleth(new Map([[1, 1]])), hidden: ['c2', 'none'] },
      'light',
    );
    expect(shape?.colours[1]).toBe('rgba(0,0,0,0)');
    expect(shape?.colours[0]).toMatch(/^#/);
    expect(shape?.isMissingHidden).toBe(true);
  });

  it('colours by the class in the feature state, whatever the number of regions', () => {
    expect(classColour(['#111111', '#222222'])).toEqual([
      'match',
      ['coalesce', ['feature-state', 'class'], -1],
      0,
      '#111111',
      1,
      '#222222',
      'rgba(0,0,0,0)',
    ]);
  });

  it('hatches missing regions inside the parent only', () => {
    expect(JSON.stringify(hatchOpacity(7, 0.9))).toContain('["==",["get","parent_id"],7]');
    expect(JSON.stringify(hatchOpacity(null, 0.9))).not.toContain('parent_id');
  });

  it('asks for the coloured level and the one above it', () => {
    const shape = (level: number) => ({
      level,
      parentId: null,
      colours: ['#111111'],
      isMissingHidden: false,
    });
    expect(regionLevelsOf(null)).toEqual([null]);
    expect(regionLevelsOf(shape(1))).toEqual([1]);
    expect(regionLevelsOf(shape(3))).toEqual([2, 3]);
  });
});
