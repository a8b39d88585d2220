import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { classIndex } from '../../../../src/map/classify.js';
import { naturalBreaks } from '../../../../src/map/natural-breaks.js';

/** Sum of squared distances from the means of the classes. */
function spreadOf(values: readonly number[], breaks: readonly number[]): number {
  const classes = Array.from({ length: breaks.length + 1 }, (_, index) =>
    values.filter((value) => classIndex(value, breaks) === index),
  );
  return classes.reduce((total, members) => {
    const mean = members.reduce((sum, value) => sum + value, 0) / members.length;
    return total + members.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  }, 0);
}

/** Every way to cut distinct values into classes. */
function* everyCut(distinct: readonly number[], classes: number): Generator<number[]> {
  if (classes === 1) {
    yield [];
    return;
  }
  for (let first = 1; first <= distinct.length - classes + 1; first += 1) {
    for (const rest of everyCut(distinct.slice(first), classes - 1)) {
      yield [distinct[first] as number, ...rest];
    }
  }
}

describe('naturalBreaks', () => {
  it('cuts where the gaps are', () => {
    expect(naturalBreaks([1, 2, 3, 50, 51, 52, 100, 101], 3)).toEqual([50, 100]);
  });

  it('makes fewer classes where there are fewer distinct values', () => {
    expect(naturalBreaks([5, 5, 5], 4)).toEqual([]);
    expect(naturalBreaks([5, 5, 8], 4)).toEqual([8]);
    expect(naturalBreaks([], 4)).toEqual([]);
  });

  it('is never beaten by any other cut', () => {
    const values = fc
      .array(fc.integer({ min: -50, max: 50 }), { minLength: 2, maxLength: 11 })
      .map((list) => list.sort((a, b) => a - b));
    fc.assert(
      fc.property(values, fc.integer({ min: 2, max: 4 }), (sorted, classes) => {
        const distinct = [...new Set(sorted)];
        const wanted = Math.min(classes, distinct.length);
        const breaks = naturalBreaks(sorted, classes);
        expect(breaks).toHaveLength(wanted - 1);
        const best = Math.min(
          ...[...everyCut(distinct, wanted)].map((cut) => spreadOf(sorted, cut)),
        );
        expect(spreadOf(sorted, breaks)).toBeLessThan(best + 1e-6);
      }),
    );
  });

  it('stays exact far from zero', () => {
    const far = [1, 2, 3, 50, 51, 52, 100, 101].map((value) => value + 1e9);
    expect(naturalBreaks(far, 3)).toEqual([1e9 + 50, 1e9 + 100]);
  });
});
