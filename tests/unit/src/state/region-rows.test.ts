import { describe, expect, it } from 'vitest';
import { sortRows, toFigures, toRegionRows } from '../../../../src/state/region-rows.js';

const regions = [
  { id: 1, name: 'North' },
  { id: 2, name: 'South' },
];
const none = { before: null, notPlaced: null, notPlacedBefore: null };

describe('rows of a region', () => {
  it('sum to the whole, with what lies elsewhere and what is not placed', () => {
    const now = new Map([
      [1, 40],
      [2, 30],
      [null, 20],
    ]);
    const rows = toRegionRows({ ...none, regions, now, notPlaced: 10, additive: true });
    expect(rows.map(({ kind }) => kind)).toEqual(['region', 'region', 'elsewhere', 'not_placed']);
    expect(rows.reduce((sum, { value }) => sum + (value ?? 0), 0)).toBe(100);
  });

  it('show 0 for a part without facts when the measure is a sum, and nothing for a ratio', () => {
    const now = new Map([[1, 40]]);
    const value = (additive: boolean) =>
      toRegionRows({ ...none, regions, now, additive }).find(({ name }) => name === 'South')?.value;
    expect(value(true)).toBe(0);
    expect(value(false)).toBeNull();
  });

  it('compare each part with the year before', () => {
    const now = new Map([[1, 110]]);
    const before = new Map([[1, 100]]);
    const rows = toRegionRows({ ...none, regions, now, before, additive: true });
    expect(rows[0]?.change).toBeCloseTo(0.1);
    expect(rows[1]?.change).toBeNull();
  });

  it('keep buckets and missing figures at the end whichever way they are sorted', () => {
    const now = new Map([
      [1, 5],
      [null, 99],
    ]);
    const rows = toRegionRows({ ...none, regions, now, additive: false });
    for (const descending of [true, false]) {
      const sorted = sortRows(rows, { key: 'value', descending }, 'en');
      expect(sorted.map(({ kind, name }) => `${kind} ${name}`)).toEqual([
        'region North',
        'region South',
        'elsewhere ',
      ]);
    }
  });

  it('read figures that come as text', () => {
    const figures = toFigures([{ 'a.id': '7', 'a.sum': '12.50' }], 'a.sum', 'a.id');
    expect(figures.get(7)).toBe(12.5);
  });
});
