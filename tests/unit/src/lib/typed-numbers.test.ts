import { describe, expect, it } from 'vitest';
import { parseNumber, parseNumbers, printNumber } from '../../../../src/lib/typed-numbers.js';

describe('parseNumber', () => {
  it.each([
    ['1,250.5', 'en', 1250.5],
    ['1.250,5', 'nl', 1250.5],
    ['1 250,5', 'fr', 1250.5],
    ['-0.25', 'en', -0.25],
    ['−3', 'en', -3],
    ['.5', 'en', 0.5],
  ] as const)('reads %s in %s', (text, locale, value) => {
    expect(parseNumber(text, locale)).toBe(value);
  });

  it.each(['', 'ten', '1e9x', '--1'])('answers NaN to "%s"', (text) => {
    expect(parseNumber(text, 'en')).toBeNaN();
  });
});

describe('parseNumbers', () => {
  it('parts by semicolons, or by spaces where there are none', () => {
    expect(parseNumbers('1 000; 2 000 ;', 'fr')).toEqual([1000, 2000]);
    expect(parseNumbers('10 20  30', 'en')).toEqual([10, 20, 30]);
  });
});

describe('printNumber', () => {
  it.each(['en', 'nl', 'fr'])('prints what parseNumber reads in %s', (locale) => {
    for (const value of [0.000125, -1234567.891, 1e9]) {
      expect(parseNumber(printNumber(value, locale), locale)).toBe(value);
    }
  });
});
