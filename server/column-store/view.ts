import { crowdingByZoom, maxPositionsInTile, type RowTest } from './crowding.js';
import type { Overlay } from './overlay.js';
import type { RowTable } from './row-table.js';
import type { Snapshot } from './snapshot.js';
import { maxTileZoom, toLonLat } from './world.js';

/** The number of a value column, or 'count' for rows themselves. */
export type MeasureColumn = number | 'count';

/** Makes the test of rows of a table; undefined where every row passes. */
export type Selection = {
  /** The same for equal selections. */
  readonly key: string;
  readonly testOf: (table: RowTable) => RowTest;
};

export type StoreSummary = {
  readonly total: number;
  readonly placed: number;
  readonly notPlaced: number;
  /** Sum of the measure over all rows, and over those that the map shows. */
  readonly value: number;
  readonly placedValue: number;
};

export type Bounds = [west: number, south: number, east: number, north: number];

type Sums = { readonly all: number; readonly placedPrefix: Float64Array };

/** The rows of a snapshot that one selection lets through, with running sums in the order of the cells. */
export class View {
  readonly selection: Selection;
  readonly snapshot: Snapshot;
  readonly accepts: RowTest;
  readonly #crowding: Uint32Array;
  #box: Box | undefined;
  readonly #sums = new Map<MeasureColumn, Sums>();

  constructor(selection: Selection, snapshot: Snapshot) {
    this.selection = selection;
    this.snapshot = snapshot;
    this.accepts = remember(selection.testOf(snapshot.table), snapshot.table.length);
    this.#crowding = crowdingByZoom(snapshot.table, snapshot.placedCount, this.accepts);
  }

  /** The first zoom whose tiles hold few enough positions for points; beyond the last where none does. */
  pointZoom(overlay: Overlay): number {
    const accepts = this.selection.testOf(overlay.added);
    let added = 0;
    for (const row of overlay.liveRows()) {
      if (accepts === undefined || accepts(row)) added++;
    }
    for (let z = 0; z <= maxTileZoom; z++) {
      if (this.#crowding[z]! + added <= maxPositionsInTile) return z;
    }
    return maxTileZoom + 1;
  }

  /** The box around the placed rows; rows that the overlay took away may still widen it. */
  bounds(overlay: Overlay): Bounds | null {
    this.#box ??= boxOf(this.snapshot.table, this.snapshot.placedCount, this.accepts);
    const box = { ...this.#box };
    forEachDifference(this, overlay, (table, row, sign) => {
      if (sign === 1 && table.isPlaced(row)) widen(box, table, row);
    });
    if (box.west > box.east) return null;
    const [west, north] = toLonLat(box.west, box.north);
    const [east, south] = toLonLat(box.east, box.south);
    return [west, south, east, north];
  }

  /** Sum of a measure over a run of the snapshot's `cellOrder`. */
  sumOfRun(measure: MeasureColumn, start: number, end: number): number {
    const { placedPrefix } = this.#sumsOf(measure);
    return placedPrefix[end]! - placedPrefix[start]!;
  }

  /** Totals of the snapshot with the overlay laid over it. */
  summary(measure: MeasureColumn, overlay: Overlay): StoreSummary {
    const counts = this.#sumsOf('count');
    const sums = this.#sumsOf(measure);
    const end = this.snapshot.placedCount;
    let total = counts.all;
    let placed = counts.placedPrefix[end]!;
    let value = sums.all;
    let placedValue = sums.placedPrefix[end]!;
    const add = (table: RowTable, row: number, sign: 1 | -1) => {
      const amount = sign * measureOf(table, measure, row);
      total += sign;
      value += amount;
      if (!table.isPlaced(row)) return;
      placed += sign;
      placedValue += amount;
    };
    forEachDifference(this, overlay, add);
    return { total, placed, notPlaced: total - placed, value, placedValue };
  }

  #sumsOf(measure: MeasureColumn): Sums {
    const known = this.#sums.get(measure);
    if (known !== undefined) return known;
    const { table, placedCount, cellOrder } = this.snapshot;
    const placedPrefix = new Float64Array(placedCount + 1);
    for (let i = 0; i < placedCount; i++) {
      placedPrefix[i + 1] = placedPrefix[i]! + this.#amount(table, measure, cellOrder[i]!);
    }
    let all = placedPrefix[placedCount]!;
    for (let row = placedCount; row < table.length; row++) all += this.#amount(table, measure, row);
    const sums = { all, placedPrefix };
    this.#sums.set(measure, sums);
    return sums;
  }

  #amount(table: RowTable, measure: MeasureColumn, row: number): number {
    if (this.accepts !== undefined && !this.accepts(row)) return 0;
    return measureOf(table, measure, row);
  }
}

/** What a row adds to a measure. */
export function measureOf(table: RowTable, measure: MeasureColumn, row: number): number {
  return measure === 'count' ? 1 : table.values[measure]![row]!;
}

/** Visits rows of the selection that the overlay takes away (sign -1) and adds (sign 1). */
export function forEachDifference(
  view: View,
  overlay: Overlay,
  visit: (table: RowTable, row: number, sign: 1 | -1) => void,
): void {
  const { accepts, snapshot, selection } = view;
  for (const row of overlay.removedRows) {
    if (accepts === undefined || accepts(row)) visit(snapshot.table, row, -1);
  }
  const acceptsAdded = selection.testOf(overlay.added);
  for (const row of overlay.liveRows()) {
    if (acceptsAdded === undefined || acceptsAdded(row)) visit(overlay.added, row, 1);
  }
}

/** Runs a test once over all rows, so that asking again costs a look-up. */
function remember(test: RowTest, length: number): RowTest {
  if (test === undefined) return undefined;
  const passed = new Uint8Array(length);
  for (let row = 0; row < length; row++) passed[row] = test(row) ? 1 : 0;
  return (row) => passed[row] === 1;
}

/** A box of world positions; empty where west is beyond east. */
type Box = { west: number; north: number; east: number; south: number };

function boxOf(table: RowTable, length: number, accepts: RowTest): Box {
  const box = { west: Infinity, north: Infinity, east: -Infinity, south: -Infinity };
  for (let row = 0; row < length; row++) {
    if (accepts === undefined || accepts(row)) widen(box, table, row);
  }
  return box;
}

function widen(box: Box, table: RowTable, row: number): void {
  const x = table.xs[row]!;
  const y = table.ys[row]!;
  box.west = Math.min(box.west, x);
  box.east = Math.max(box.east, x);
  box.north = Math.min(box.north, y);
  box.south = Math.max(box.south, y);
}
