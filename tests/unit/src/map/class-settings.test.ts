import { describe, expect, it } from 'vitest';
import {
  defaultClasses,
  parseClasses,
  printClasses,
  toBorders,
} from '../../../../src/map/class-settings.js';

describe('class settings in an address', () => {
  it.each([
    'natural:7:teal',
    'quantile:5:blue-red:mean',
    'deviation:4:purple-orange:zero',
    'manual:-3/0/2.5:grey',
    'equal:9:teal-brown:-0.25',
  ])('come back as they went: %s', (text) => {
    expect(printClasses(parseClasses(text))).toBe(text);
  });

  it('are left out where they are the usual ones', () => {
    expect(printClasses(defaultClasses)).toBeNull();
    expect(parseClasses(null)).toEqual(defaultClasses);
  });

  it.each(['nonsense', 'quantile:1:teal', 'quantile:99', 'manual:a/b:teal', 'manual::teal', '::'])(
    'take their defaults where they cannot be read: %s',
    (text) => {
      expect(parseClasses(text)).toEqual(defaultClasses);
    },
  );
});

describe('toBorders', () => {
  it('puts borders in order, each once', () => {
    expect(toBorders([5, 1, 5])).toEqual([1, 5]);
  });

  it('refuses none, too many, and what is no number', () => {
    expect(toBorders([])).toBeNull();
    expect(toBorders([1, Number.NaN])).toBeNull();
    expect(toBorders([1, 2, 3, 4, 5, 6, 7, 8, 9])).toBeNull();
  });
});
