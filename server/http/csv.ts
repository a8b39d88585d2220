import { stringify } from 'csv-stringify/sync';
import { neutraliseCsvText } from './formulas.js';

export type CsvValue = string | number | boolean | null | undefined;

/** Tells spreadsheets that the file is UTF-8. */
export const byteOrderMark = '\uFEFF';

/** A cell that no spreadsheet runs as a formula; numbers and the like stay what they are. */
export function neutraliseFormula(value: CsvValue): CsvValue {
  return typeof value === 'string' ? neutraliseCsvText(value) : value;
}

/** Rows as CSV text (RFC 4180), with every text neutralised. */
export function toCsv(rows: readonly (readonly CsvValue[])[]): string {
  return stringify(
    rows.map((row) => row.map(neutraliseFormula)),
    { record_delimiter: 'windows', cast: { boolean: String } },
  );
}
