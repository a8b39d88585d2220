import { neutraliseText } from '../../../http/formulas.js';
import type { ExportColumn, ExportValue } from '../export-columns.js';
import { cellStyles } from './workbook-parts.js';

/** Most characters that a cell may hold. */
const MAX_CELL_TEXT = 32_767;
const cutMark = ' … (cut: a cell holds 32,767 characters)';

const DAY_MS = 86_400_000;
/** Day 0 as spreadsheets count, right from 1 March 1900 on: before, they count a day that never was. */
const DAY_ZERO_MS = Date.UTC(1899, 11, 30);
const FIRST_SAFE_DAY = 61;

const styleOf: Readonly<Record<ExportColumn['type'], number>> = {
  integer: cellStyles.plain,
  number: cellStyles.plain,
  text: cellStyles.plain,
  money: cellStyles.money,
  day: cellStyles.day,
};

/** A row of a sheet; `number` counts from 1. Empty cells are left out. */
export function toSheetRow(
  number: number,
  values: readonly ExportValue[],
  types: readonly ExportColumn['type'][],
): string {
  let cells = '';
  values.forEach((value, index) => {
    if (value !== null) cells += toCell(`${columnName(index)}${number}`, value, types[index]);
  });
  return `<row r="${number}">${cells}</row>`;
}

/** The heading. */
export function toHeadRow(names: readonly string[]): string {
  const cells = names.map((name, index) =>
    toTextCell(`${columnName(index)}1`, name, cellStyles.head),
  );
  return `<row r="1">${cells.join('')}</row>`;
}

function toCell(reference: string, value: string | number, type: ExportColumn['type'] = 'text') {
  if (typeof value === 'number') {
    return Number.isFinite(value) ? toNumberCell(reference, value, styleOf[type]) : '';
  }
  const day = type === 'day' ? toDayNumber(value) : undefined;
  return day === undefined
    ? toTextCell(reference, value, cellStyles.plain)
    : toNumberCell(reference, day, cellStyles.day);
}

function toNumberCell(reference: string, value: number, style: number): string {
  return `<c r="${reference}"${style === 0 ? '' : ` s="${style}"`}><v>${value}</v></c>`;
}

function toTextCell(reference: string, text: string, style: number): string {
  const cell = `<c r="${reference}"${style === 0 ? '' : ` s="${style}"`} t="inlineStr">`;
  return `${cell}<is><t xml:space="preserve">${escapeText(fitCell(neutraliseText(text)))}</t></is></c>`;
}

function fitCell(text: string): string {
  if (text.length <= MAX_CELL_TEXT) return text;
  return text.slice(0, MAX_CELL_TEXT - cutMark.length) + cutMark;
}

/** YYYY-MM-DD as the number of the day; undefined where spreadsheets cannot hold it as a day. */
function toDayNumber(day: string): number | undefined {
  const time = Date.parse(`${day}T00:00:00Z`);
  if (Number.isNaN(time)) return undefined;
  const number = (time - DAY_ZERO_MS) / DAY_MS;
  return number >= FIRST_SAFE_DAY ? number : undefined;
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

// What XML cannot hold is written as _xHHHH_ (ECMA-376, ST_Xstring), and so is text that looks like that.
const forbidden =
  /[\u0000-\u0008\u000b\u000c\u000d\u000e-\u001f\ufffe\uffff]|_(?=x[\dA-Fa-f]{4}_)/g;

function escapeText(text: string): string {
  return text
    .replace(forbidden, (character) => {
      const code = character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
      return `_x${code}_`;
    })
    .replace(/[&<>]/g, (character) => entities[character] ?? character);
}

const names: string[] = [];

/** A, B, … Z, AA, …; the first column is 0. */
function columnName(index: number): string {
  return (names[index] ??= toColumnName(index));
}

function toColumnName(index: number): string {
  const last = String.fromCharCode(65 + (index % 26));
  return index < 26 ? last : toColumnName(Math.floor(index / 26) - 1) + last;
}
