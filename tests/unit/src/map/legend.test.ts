import { describe, expect, it } from 'vitest';
import { layerIds } from '../../../../src/map/contract.js';
import {
  cellLegend,
  categoryLabel,
  choroplethLegend,
  legendFor,
} from '../../../../src/map/legend.js';
import { classColours } from '../../../../src/map/ramps.js';

describe('legendFor', () => {
  it.each(layerIds.filter((id) => id !== 'regions'))('names every colour of %s', (layer) => {
    for (const theme of ['light', 'dark'] as const) {
      const items = legendFor(layer, theme);
      expect(items.length).toBeGreaterThan(2);
      expect(new Set(items.map((item) => item.key)).size).toBe(items.length);
      expect(items.every((item) => /^#[\da-f]{6}$/.test(item.colour))).toBe(true);
      expect(items.every((item) => item.label !== '')).toBe(true);
    }
  });

  it('shows roads by class or by condition', () => {
    expect(legendFor('roads', 'light').map((item) => item.key)).toContain('motorway');
    expect(legendFor('roads', 'light', 'condition').map((item) => item.key)).toEqual([
      'good',
      'fair',
      'poor',
      'bad',
      'unknown',
    ]);
  });

  it('has the same keys in both themes', () => {
    const keys = (theme: 'light' | 'dark') => legendFor('buildings', theme).map(({ key }) => key);
    expect(keys('dark')).toEqual(keys('light'));
  });
});

describe('categoryLabel', () => {
  it('answers in words, and with the key where there are none', () => {
    expect(categoryLabel('buildings', 'semi_detached')).toBe('Semi-detached');
    expect(categoryLabel('buildings', 'igloo')).toBe('igloo');
  });
});

describe('cellLegend', () => {
  it('reads circles by size, and by shade where the shade says something else', () => {
    const revenue = cellLegend('circles', 'revenue', 'light');
    expect(revenue).toMatchObject({ size: 'Accounts', shade: 'Revenue' });
    expect(revenue.colours).toHaveLength(5);
    const count = cellLegend('circles', 'count', 'light');
    expect(count).toMatchObject({ size: 'Accounts', shade: null });
    expect(count.colours).toHaveLength(1);
  });

  it('reads hexagons by shade alone', () => {
    expect(cellLegend('hexagons', 'count', 'dark')).toMatchObject({
      size: null,
      shade: 'Accounts',
    });
  });
});

describe('choroplethLegend', () => {
  const coloured = { breaks: [10, 20], ramp: 'blue', middle: null } as const;
  const values = new Map([
    [1, 5],
    [2, 10],
    [3, 10],
    [4, 30],
    [5, null],
  ]);

  it('counts regions exactly, missing ones apart', () => {
    const legend = choroplethLegend({ values, ...coloured }, 'light');
    expect(legend.classes.map((entry) => entry.count)).toEqual([1, 2, 1]);
    expect(legend.missing).toBe(1);
    expect(legend.classes.map(({ from, to }) => [from, to])).toEqual([
      [null, 10],
      [10, 20],
      [20, null],
    ]);
  });

  it('uses the colours of the map', () => {
    const legend = choroplethLegend({ values, ...coloured }, 'dark');
    expect(legend.classes.map((entry) => entry.colour)).toEqual(classColours(coloured, 'dark'));
  });
});
