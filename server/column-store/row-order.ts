import type { Steps } from './breathe.js';
import type { DictionaryValue } from './dictionary.js';
import type { RowTable } from './row-table.js';
import { sortedOrder, toWords } from './sort.js';

/** What rows are sorted by; rows without a value come last, equal ones by id. */
export type SortColumn =
  | { readonly kind: 'key'; readonly column: number }
  | { readonly kind: 'value'; readonly column: number; readonly zeroIsMissing: boolean }
  | {
      readonly kind: 'category';
      readonly column: number;
      /** Where a value stands among the others, by text. */
      readonly nameOf: (value: DictionaryValue) => string;
    };

/** Rows of a table in the order of a column; the first `present` of them have a value. */
export type RowOrder = { readonly rows: Uint32Array; readonly present: number };

/** Fewer rows with equal beginnings are compared text by text. */
const fewRows = 32;

/** All rows of a table in ascending order. */
export function* orderRows(table: RowTable, sort: SortColumn): Steps<RowOrder> {
  const { length } = table;
  const ids = toWords(table.ids, length);
  yield;
  const missing = new Uint32Array(length);
  let present = length;
  for (let row = 0; row < length; row++) {
    if (!isMissing(table, sort, row)) continue;
    missing[row] = 1;
    present--;
  }
  const words =
    sort.kind === 'key' ? keyWords(table, sort.column) : [valueWords(table, sort)].flat();
  yield;
  const rows = yield* sortedOrder([...ids, ...words, missing], length);
  if (sort.kind === 'key') yield* sortTies({ table, column: sort.column, rows, at: 8 }, 0, present);
  return { rows, present };
}

/** Compares rows of two tables with the same schema as `orderRows` orders them. */
export function rowComparer(sort: SortColumn) {
  return (a: RowTable, rowA: number, b: RowTable, rowB: number): number =>
    compareValues(sort, [a, rowA], [b, rowB]) || a.ids[rowA]! - b.ids[rowB]!;
}

type RowOf = readonly [table: RowTable, row: number];

function compareValues(sort: SortColumn, [a, rowA]: RowOf, [b, rowB]: RowOf): number {
  if (sort.kind === 'key') return a.keys[sort.column]!.compare(rowA, b.keys[sort.column]!, rowB);
  if (sort.kind === 'value') return a.values[sort.column]![rowA]! - b.values[sort.column]![rowB]!;
  const nameA = a.category(sort.column, rowA);
  const nameB = b.category(sort.column, rowB);
  if (nameA === null || nameB === null) return Number(nameA === null) - Number(nameB === null);
  return compareText(sort.nameOf(nameA), sort.nameOf(nameB));
}

function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** Whether a row has no value to be sorted by. */
export function isMissing(table: RowTable, sort: SortColumn, row: number): boolean {
  if (sort.kind === 'key') return table.keys[sort.column]!.isEmpty(row);
  if (sort.kind === 'category') return table.categories[sort.column]!.codes[row] === 0;
  return sort.zeroIsMissing && table.values[sort.column]![row] === 0;
}

/** The first eight bytes of each text, the last of them first. */
function keyWords(table: RowTable, column: number): Uint32Array[] {
  const high = new Uint32Array(table.length);
  const low = new Uint32Array(table.length);
  const key = table.keys[column]!;
  for (let row = 0; row < table.length; row++) {
    high[row] = key.wordOf(row, 0);
    low[row] = key.wordOf(row, 4);
  }
  return [low, high];
}

function valueWords(
  table: RowTable,
  sort: Exclude<SortColumn, { readonly kind: 'key' }>,
): Uint32Array[] {
  if (sort.kind === 'category') return [categoryRanks(table, sort)];
  const values = table.values[sort.column]!;
  let least = 0;
  for (let row = 0; row < table.length; row++) least = Math.min(least, values[row]!);
  const shifted = least === 0 ? values : values.map((value) => value - least);
  return toWords(shifted, table.length);
}

/** For each row where its value stands among all values. */
function categoryRanks(
  table: RowTable,
  { column, nameOf }: Extract<SortColumn, { readonly kind: 'category' }>,
): Uint32Array {
  const dictionary = table.dictionaries[column]!;
  const names = Array.from({ length: dictionary.size }, (_, code) => {
    const value = dictionary.valueOf(code);
    return value === null ? '' : nameOf(value);
  });
  const sorted = [...new Set(names)].sort(compareText);
  const rankOfName = new Map(sorted.map((name, rank) => [name, rank]));
  const rankOfCode = Uint32Array.from(names, (name) => rankOfName.get(name)!);
  const { codes } = table.categories[column]!;
  return Uint32Array.from({ length: table.length }, (_, row) => rankOfCode[codes[row]!]!);
}

type Ties = {
  readonly table: RowTable;
  readonly column: number;
  readonly rows: Uint32Array;
  /** All texts that are compared are equal before this byte. */
  readonly at: number;
};

/** Sorts runs of rows from `start` to `end` whose texts are equal up to a byte, by what follows. */
function* sortTies(ties: Ties, start: number, end: number): Steps<void> {
  const { rows, at } = ties;
  const key = ties.table.keys[ties.column]!;
  const isTied = (a: number, b: number) =>
    key.wordOf(a, at - 8) === key.wordOf(b, at - 8) &&
    key.wordOf(a, at - 4) === key.wordOf(b, at - 4);
  for (let first = start; first < end;) {
    let last = first + 1;
    while (last < end && isTied(rows[first]!, rows[last]!)) last++;
    const goesOn = last - first > 1 && hasMore(ties, first, last);
    if (goesOn && last - first <= fewRows) sortFew(ties, first, last);
    else if (goesOn) yield* sortMany(ties, first, last);
    first = last;
  }
}

function hasMore({ table, column, rows, at }: Ties, first: number, last: number): boolean {
  const key = table.keys[column]!;
  for (let i = first; i < last; i++) if (key.lengthOf(rows[i]!) > at) return true;
  return false;
}

function sortFew({ table, column, rows }: Ties, first: number, last: number): void {
  const key = table.keys[column]!;
  rows
    .subarray(first, last)
    .sort((a, b) => key.compare(a, key, b) || table.ids[a]! - table.ids[b]!);
}

function* sortMany(ties: Ties, first: number, last: number): Steps<void> {
  const { table, column, rows, at } = ties;
  const key = table.keys[column]!;
  const run = rows.slice(first, last);
  const high = Uint32Array.from(run, (row) => key.wordOf(row, at));
  const low = Uint32Array.from(run, (row) => key.wordOf(row, at + 4));
  const order = yield* sortedOrder([low, high], run.length);
  for (let i = 0; i < run.length; i++) rows[first + i] = run[order[i]!]!;
  yield* sortTies({ ...ties, at: at + 8 }, first, last);
}
