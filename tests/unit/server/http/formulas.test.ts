import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  couldBeFormula,
  neutraliseCsvText,
  neutraliseText,
} from '../../../../server/http/formulas.js';

const signs = ['=', '+', '-', '@', '|', '%', '＝', '＋', '－', '＠', '｜', '﹦', '﹢', '﹣', '﹫'];
const unseen = [
  ...[' ', '\t', '\r', '\n', '\u00a0', '\u2003', '\u3000', '\u0001', '\u007f', '\u0085', '\u2028'],
  ...['\u200b', '\u2060', '\ufeff', '\u00ad', '\u115f', '\u3164', '\u2800', '\u180e', '\u{e0001}'],
];
const blanks = fc.array(fc.constantFrom(...unseen), { maxLength: 4 }).map((all) => all.join(''));

describe('text that a spreadsheet could run', () => {
  it('gets an apostrophe whatever stands unseen in front of the sign', () => {
    fc.assert(
      fc.property(blanks, fc.constantFrom(...signs), fc.string(), (blank, sign, rest) => {
        expect(neutraliseText(blank + sign + rest)).toBe(`'${blank}${sign}${rest}`);
      }),
    );
  });

  it('is any that begins with a tab or a line break', () => {
    expect(['\tx', '\rx', '\nx'].map(couldBeFormula)).toEqual([true, true, true]);
  });

  it('is no more after it was neutralised, in any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(couldBeFormula(neutraliseText(text))).toBe(false);
      }),
    );
  });

  it('leaves other text as it is', () => {
    for (const text of [
      '',
      ' ',
      'Bakker',
      'a=b',
      'Jan-Piet',
      "'s-Gravenhage",
      '3-hoek',
      '½',
      '≠',
    ]) {
      expect(neutraliseText(text)).toBe(text);
    }
  });
});

describe('text in a CSV file', () => {
  const hostile = fc.array(
    fc.oneof(fc.constantFrom(...signs, ...unseen, ';', 'a', '"', ','), fc.string()),
    { maxLength: 12 },
  );

  it('holds no formula in any part that a spreadsheet may cut out at ; tab or line break', () => {
    fc.assert(
      fc.property(hostile, (parts) => {
        const cells = neutraliseCsvText(parts.join('')).split(/[;\t\r\n]+/);
        expect(cells.filter(couldBeFormula)).toEqual([]);
      }),
    );
  });

  it('keeps harmless separators', () => {
    expect(neutraliseCsvText('Bakker; "de Beste"\nHavenstad')).toBe(
      'Bakker; "de Beste"\nHavenstad',
    );
    expect(neutraliseCsvText('a;=1+1\r\n-2')).toBe("a;'=1+1\r\n'-2");
  });
});
