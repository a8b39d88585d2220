import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { classIndex, classify } from '../../../../src/map/classify.js';

const quantile = { method: 'quantile', classes: 5 } as const;
const equal = { method: 'equal', classes: 4 } as const;

describe('classify', () => {
  it('puts the same number into each quantile class where values differ', () => {
    const values = Array.from({ length: 100 }, (_, index) => index);
    const result = classify(values, quantile);
    expect(result.breaks).toEqual([20, 40, 60, 80]);
    expect(result.counts).toEqual([20, 20, 20, 20, 20]);
  });

  it('cuts equal widths', () => {
    const result = classify([0, 1, 2, 10, 40], equal);
    expect(result.breaks).toEqual([10, 20, 30]);
    expect(result.counts).toEqual([3, 1, 0, 1]);
  });

  it('keeps ties in one class and makes fewer classes instead of empty ones', () => {
    const result = classify([1, 1, 1, 1, 1, 1, 2, 3], quantile);
    expect(result.breaks).toEqual([2]);
    expect(result.counts).toEqual([6, 2]);
  });

  it('makes one class of a single distinct value', () => {
    expect(classify([7, 7, 7], quantile)).toMatchObject({ breaks: [], counts: [3] });
    expect(classify([7, 7, 7], equal)).toMatchObject({ breaks: [], counts: [3] });
  });

  it('counts null, undefined and not-a-number as missing, and answers to nothing at all', () => {
    expect(classify([null, undefined, Number.NaN, 1], quantile)).toMatchObject({
      missing: 3,
      counts: [1],
      min: 1,
      max: 1,
    });
    expect(classify([], quantile)).toEqual({
      breaks: [],
      counts: [0],
      missing: 0,
      min: null,
      max: null,
    });
  });

  it('counts every value exactly once and leaves no quantile class empty', () => {
    const anyValue = fc.option(fc.double({ min: -1e6, max: 1e6, noNaN: true }));
    fc.assert(
      fc.property(fc.array(anyValue), fc.integer({ min: 1, max: 9 }), (values, classes) => {
        const result = classify(values, { method: 'quantile', classes });
        const sum = result.counts.reduce((total, count) => total + count, 0);
        expect(sum + result.missing).toBe(values.length);
        expect(result.counts.length).toBeLessThanOrEqual(classes);
        if (sum > 0) expect(Math.min(...result.counts)).toBeGreaterThan(0);
        expect([...result.breaks].sort((a, b) => a - b)).toEqual(result.breaks);
      }),
    );
  });
});

describe('classIndex', () => {
  it('puts a value on a border into the class above', () => {
    expect([0, 10, 15, 20, 99].map((value) => classIndex(value, [10, 20]))).toEqual([
      0, 1, 1, 2, 2,
    ]);
  });
});

describe('standard deviation', () => {
  // Mean 5, standard deviation 2.
  const values = [2, 4, 4, 4, 5, 5, 7, 9];

  it('lays borders one deviation apart around the mean', () => {
    expect(classify(values, { method: 'deviation', classes: 4 }).breaks).toEqual([3, 5, 7]);
    expect(classify(values, { method: 'deviation', classes: 5 }).breaks).toEqual([4, 6, 8]);
  });

  it('leaves out borders beyond the values', () => {
    expect(classify(values, { method: 'deviation', classes: 9 }).breaks).toEqual([4, 6, 8]);
    expect(classify([3, 3], { method: 'deviation', classes: 4 }).breaks).toEqual([]);
  });
});

describe('borders of one’s own', () => {
  it('counts what lies between them, empty classes too', () => {
    const result = classify([1, 2, 3, null], { method: 'manual', classes: 5, borders: [2, 10] });
    expect(result).toMatchObject({ breaks: [2, 10], counts: [1, 2, 0], missing: 1 });
  });
});
