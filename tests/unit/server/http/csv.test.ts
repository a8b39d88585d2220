import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { neutraliseFormula, toCsv } from '../../../../server/http/csv.js';

describe('CSV', () => {
  it('leaves harmless text, numbers and empty cells as they are', () => {
    for (const value of ['Bakker', 'a=b', 'Jan-Piet', '', -5, 0, null, true]) {
      expect(neutraliseFormula(value)).toBe(value);
    }
  });

  it('can be read back', () => {
    const cell = fc.string().filter((text) => neutraliseFormula(text) === text);
    fc.assert(
      fc.property(fc.array(fc.tuple(cell, cell, fc.integer()), { minLength: 1 }), (rows) => {
        const read = parse(toCsv(rows), { record_delimiter: '\r\n' });
        expect(read).toEqual(rows.map((row) => row.map(String)));
      }),
    );
  });
});
