import { stringify } from 'csv-stringify/sync';

export type CsvValue = string | number | boolean | null | undefined;

/** Tells spreadsheets that the file is UTF-8. */
export const byteOrderMark = '\uFEFF';

// Spreadsheets skip leading blanks and control characters before they take a cell for a formula; the full-width
// forms count as well.
const formulaStart = /^[\s\p{C}]*[=+\-@|%＝＋－＠]/u;
const controlStart = /^[\t\r\n]/;

/** A cell that no spreadsheet runs as a formula: an apostrophe in front of text that could be one. */
export function neutraliseFormula(value: CsvValue): CsvValue {
  if (typeof value !== 'string') return value;
  return formulaStart.test(value) || controlStart.test(value) ? `'${value}` : value;
}

/** Rows as CSV text (RFC 4180), with every text neutralised. */
export function toCsv(rows: readonly (readonly CsvValue[])[]): string {
  return stringify(
    rows.map((row) => row.map(neutraliseFormula)),
    { record_delimiter: 'windows', cast: { boolean: String } },
  );
}
