import { breathe } from './breathe.js';
import { CodeColumn } from './code-column.js';
import type { Dictionary, DictionaryValue } from './dictionary.js';
import { cellKeyAt } from './h3.js';
import { KeyColumn } from './key-column.js';
import { toWorld } from './world.js';

/** Which columns a store keeps besides id and position. */
export type StoreSchema = {
  /** Columns with few different values, kept as dictionary codes. */
  readonly categories: readonly string[];
  /** Whole numbers that are summed; money in hundredths. */
  readonly values: readonly string[];
  /** Columns that are only shown. */
  readonly texts: readonly string[];
  /** Columns that rows are searched and sorted by, folded; null and empty text are the same. */
  readonly keys?: readonly string[];
};

/** A row as read from the database. Columns stand in the order of the schema. */
export type StoreRow = {
  readonly id: number;
  /** Longitude and latitude in EPSG:4326; null where the row has no place on the map. */
  readonly position: readonly [lon: number, lat: number] | null;
  /** Cell key at the stored resolution; null to have it worked out from the position. */
  readonly cell: number | null;
  readonly categories: readonly (DictionaryValue | null)[];
  readonly values: readonly number[];
  readonly texts: readonly string[];
  readonly keys?: readonly (string | null)[];
};

export type Dictionaries = readonly Dictionary[];

/** Rows as typed arrays, one a column. */
export class RowTable {
  readonly schema: StoreSchema;
  readonly dictionaries: Dictionaries;
  length = 0;
  ids: Float64Array = new Float64Array(64);
  /** World position; meaningless where `cells` is -1. */
  xs: Uint32Array = new Uint32Array(64);
  ys: Uint32Array = new Uint32Array(64);
  /** Cell key at the stored resolution, -1 for a row without a position. */
  cells: Float64Array = new Float64Array(64);
  categories: CodeColumn[];
  values: Float64Array[];
  texts: string[][];
  keys: KeyColumn[];

  constructor(schema: StoreSchema, dictionaries: Dictionaries) {
    this.schema = schema;
    this.dictionaries = dictionaries;
    this.categories = schema.categories.map(() => new CodeColumn());
    this.values = schema.values.map(() => new Float64Array(64));
    this.texts = schema.texts.map(() => []);
    this.keys = (schema.keys ?? []).map(() => new KeyColumn());
  }

  isPlaced(row: number): boolean {
    return this.cells[row]! >= 0;
  }

  category(column: number, row: number): DictionaryValue | null {
    return this.dictionaries[column]!.valueOf(this.categories[column]!.codes[row]!);
  }

  /** Appends a row and answers its number. */
  append(row: StoreRow): number {
    const target = this.claimRow();
    this.ids[target] = row.id;
    const [lon, lat] = row.position ?? [Number.NaN, Number.NaN];
    this.place(target, lon, lat, row.cell);
    this.categories.forEach((column, c) => {
      column.set(target, this.dictionaries[c]!.add(row.categories[c] ?? null));
    });
    this.values.forEach((column, v) => {
      column[target] = row.values[v] ?? 0;
    });
    this.texts.forEach((column, t) => {
      column[target] = row.texts[t] ?? '';
    });
    this.keys.forEach((column, k) => column.push(row.keys?.[k] ?? null));
    return target;
  }

  /** Appends a row of a table with the same schema and dictionaries. */
  copyRow(from: RowTable, row: number): void {
    const target = this.claimRow();
    this.ids[target] = from.ids[row]!;
    this.xs[target] = from.xs[row]!;
    this.ys[target] = from.ys[row]!;
    this.cells[target] = from.cells[row]!;
    this.categories.forEach((column, c) => {
      column.set(target, from.categories[c]!.codes[row]!);
    });
    this.values.forEach((column, v) => {
      column[target] = from.values[v]![row]!;
    });
    this.texts.forEach((column, t) => {
      column[target] = from.texts[t]![row]!;
    });
    this.keys.forEach((column, k) => column.pushFrom(from.keys[k]!, row));
  }

  /** The same rows in another order, in arrays of exactly their length; serves others in between. */
  async reordered(order: Uint32Array): Promise<RowTable> {
    const table = new RowTable(this.schema, this.dictionaries);
    const numbers = (column: Float64Array) =>
      reorder(column, order, new Float64Array(order.length));
    table.length = order.length;
    table.ids = numbers(this.ids);
    table.cells = numbers(this.cells);
    await breathe();
    table.xs = reorder(this.xs, order, new Uint32Array(order.length));
    table.ys = reorder(this.ys, order, new Uint32Array(order.length));
    await breathe();
    table.values = this.values.map(numbers);
    await breathe();
    table.texts = this.texts.map((column) => Array.from(order, (row) => column[row]!));
    for (const [c, column] of this.categories.entries()) {
      table.categories[c] = column.reordered(order);
      await breathe();
    }
    for (const [k, column] of this.keys.entries()) {
      table.keys[k] = column.reordered(order);
      await breathe();
    }
    return table;
  }

  /** Makes room for one more row and answers its number; its fields are to be set. */
  claimRow(): number {
    const row = this.length++;
    if (row < this.ids.length) return row;
    const capacity = row * 2;
    this.ids = grown(this.ids, new Float64Array(capacity));
    this.xs = grown(this.xs, new Uint32Array(capacity));
    this.ys = grown(this.ys, new Uint32Array(capacity));
    this.cells = grown(this.cells, new Float64Array(capacity));
    this.values = this.values.map((column) => grown(column, new Float64Array(capacity)));
    return row;
  }

  /** Sets where a row is: degrees in EPSG:4326, not a number where it has no place on the map. */
  place(row: number, lon: number, lat: number, cell: number | null): void {
    if (Number.isNaN(lon) || Number.isNaN(lat)) {
      this.cells[row] = -1;
      return;
    }
    const { x, y } = toWorld(lon, lat);
    this.xs[row] = x;
    this.ys[row] = y;
    this.cells[row] = cell ?? cellKeyAt(lon, lat);
  }
}

function grown<Column extends Float64Array | Uint32Array>(column: Column, target: Column): Column {
  target.set(column);
  return target;
}

function reorder<Column extends Float64Array | Uint32Array>(
  column: Column,
  order: Uint32Array,
  target: Column,
): Column {
  for (let i = 0; i < order.length; i++) target[i] = column[order[i]!]!;
  return target;
}
