import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseNumber } from '../../../geodata/values/parse-number.js';

describe('parseNumber', () => {
  it.each([
    ['1234', 1234],
    ['-46.63403856911852', -46.63403856911852],
    ['1.234.567', 1234567],
    ['1,234,567.5', 1234567.5],
    ['1.234,5', 1234.5],
    ['1 234,5', 1234.5],
    ["1'234.5", 1234.5],
    ['3,14', 3.14],
    ['1e3', 1000],
    ['.5', 0.5],
  ])('reads %s', (text, value) => {
    expect(parseNumber(text)).toEqual({ ok: true, value });
  });

  it.each(['', 'abc', '1.2.3', '12,34.5', '1,23,456', '--1', '1.5.', '.'])('refuses %s', (text) => {
    expect(parseNumber(text).ok).toBe(false);
  });

  it('refuses a comma that could part thousands or a fraction', () => {
    expect(parseNumber('1,234')).toMatchObject({
      ok: false,
      reason: expect.stringContaining('decimal mark'),
    });
    expect(parseNumber('1,234', 'comma')).toEqual({ ok: true, value: 1.234 });
    expect(parseNumber('1,234', 'point')).toEqual({ ok: true, value: 1234 });
  });

  it('reads back every number as JavaScript and as people of a region write it', () => {
    const amount = fc.integer({ min: -1e12, max: 1e12 }).map((cents) => cents / 100);
    fc.assert(
      fc.property(amount, (value) => {
        expect(parseNumber(String(value))).toEqual({ ok: true, value });
        const dutch = value.toLocaleString('nl-NL', { minimumFractionDigits: 2 });
        expect(parseNumber(dutch.replace('\u2212', '-'), 'comma')).toEqual({ ok: true, value });
      }),
    );
  });
});
