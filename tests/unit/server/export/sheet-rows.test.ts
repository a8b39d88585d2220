import { describe, expect, it } from 'vitest';
import { toSheetRow } from '../../../../server/modules/export/xlsx/sheet-rows.js';

const cells = (row: string) => [...row.matchAll(/<c ([^>]*)>(.*?)<\/c>/g)].map((found) => found[2]);

describe('a row of a sheet', () => {
  it('counts days as spreadsheets do, and tells earlier ones as text', () => {
    const days = ['2024-02-29', '1900-03-01', '1900-02-28', '9999-12-31'];
    expect(cells(toSheetRow(2, days, ['day', 'day', 'day', 'day']))).toEqual([
      '<v>45351</v>',
      '<v>61</v>',
      '<is><t xml:space="preserve">1900-02-28</t></is>',
      '<v>2958465</v>',
    ]);
  });

  it('names columns beyond Z, leaves out empty cells and what is no number', () => {
    const values = [...Array<null>(26).fill(null), 1, NaN, -2.5];
    expect(
      toSheetRow(
        7,
        values,
        values.map(() => 'number'),
      ),
    ).toBe('<row r="7"><c r="AA7"><v>1</v></c><c r="AC7"><v>-2.5</v></c></row>');
  });

  it('escapes what XML cannot hold, and text that looks like such an escape', () => {
    expect(cells(toSheetRow(2, ['a\u0000<b>\ufffe_x0041_'], ['text']))).toEqual([
      '<is><t xml:space="preserve">a_x0000_&lt;b&gt;_xFFFE__x005F_x0041_</t></is>',
    ]);
  });

  it('says so where a text is longer than a cell holds', () => {
    const [cell = ''] = cells(toSheetRow(2, ['x'.repeat(40_000)], ['text']));
    const text = cell.replace(/<[^>]*>/g, '');
    expect(text).toHaveLength(32_767);
    expect(text).toMatch(/x … \(cut: a cell holds 32,767 characters\)$/);
  });
});
