import { cellCentre, parentKey, resolutionAt, toH3Index } from './h3.js';
import type { Overlay } from './overlay.js';
import type { RowTable } from './row-table.js';
import { forEachDifference, measureOf, type MeasureColumn, type View } from './view.js';
import {
  gridShift,
  tileExtent,
  tileOf,
  tileRun,
  type TileId,
  type WorldPosition,
} from './world.js';

/** A cell with what it holds, at the position of its centre on the tile's grid. */
export type TileCell = {
  readonly x: number;
  readonly y: number;
  readonly cell: string;
  readonly count: number;
  readonly value: number;
};

/** Rows at one position of the tile's grid; `table` and `row` are those of the lowest id. */
export type TilePoint = {
  readonly x: number;
  readonly y: number;
  count: number;
  value: number;
  table: RowTable;
  row: number;
};

export type TileQuery = {
  readonly view: View;
  readonly overlay: Overlay;
  readonly tile: TileId;
  readonly measure: MeasureColumn;
};

/** The cells whose centre is in the tile, in the resolution of its zoom; empty cells are left out. */
export function cellsInTile({ view, overlay, tile, measure }: TileQuery): TileCell[] {
  const resolution = resolutionAt(tile.z);
  const index = view.snapshot.cellIndex(resolution);
  const differences = cellDifferences({ view, overlay, tile, measure }, resolution);
  const shift = gridShift(tile.z);
  const cells: TileCell[] = [];
  const add = (key: number, { x, y }: WorldPosition, { count, value }: Difference) => {
    if (count === 0) return;
    const cell = toH3Index(key, resolution);
    cells.push({ x: onGrid(x, shift), y: onGrid(y, shift), cell, count, value });
  };
  const run = tileRun(index.xs, index.ys, index.keys.length, tile);
  for (let i = run.start; i < run.end; i++) {
    const key = index.keys[i]!;
    const difference = differences.get(key);
    differences.delete(key);
    const from = index.starts[i]!;
    const to = index.ends[i]!;
    const count = view.sumOfRun('count', from, to) + (difference?.count ?? 0);
    const value = view.sumOfRun(measure, from, to) + (difference?.value ?? 0);
    add(key, { x: index.xs[i]!, y: index.ys[i]! }, { count, value });
  }
  for (const [key, difference] of differences) add(key, cellCentre(key, resolution), difference);
  return cells;
}

type Difference = { count: number; value: number };

/** What the overlay changes in cells of this tile, by cell key. */
function cellDifferences(query: TileQuery, resolution: number): Map<number, Difference> {
  const { view, overlay, tile, measure } = query;
  const differences = new Map<number, Difference>();
  const isHere = new Map<number, boolean>();
  forEachDifference(view, overlay, (table, row, sign) => {
    if (!table.isPlaced(row)) return;
    const key = parentKey(table.cells[row]!, resolution);
    let here = isHere.get(key);
    if (here === undefined) {
      here = isInTile(cellCentre(key, resolution), tile);
      isHere.set(key, here);
    }
    if (!here) return;
    const difference = differences.get(key) ?? { count: 0, value: 0 };
    difference.count += sign;
    difference.value += sign * measureOf(table, measure, row);
    differences.set(key, difference);
  });
  return differences;
}

/** The rows in the tile; those that fall on one position of its grid are one point. */
export function pointsInTile({ view, overlay, tile, measure }: TileQuery): TilePoint[] {
  const { snapshot, accepts, selection } = view;
  const { table } = snapshot;
  const shift = gridShift(tile.z);
  const points: TilePoint[] = [];
  let last: TilePoint | undefined;
  const run = tileRun(table.xs, table.ys, snapshot.placedCount, tile);
  for (let row = run.start; row < run.end; row++) {
    if (accepts !== undefined && !accepts(row)) continue;
    if (overlay.isRemoved(row)) continue;
    const x = onGrid(table.xs[row]!, shift);
    const y = onGrid(table.ys[row]!, shift);
    if (last !== undefined && last.x === x && last.y === y) {
      merge(last, table, row, measure);
      continue;
    }
    last = { x, y, count: 1, value: measureOf(table, measure, row), table, row };
    points.push(last);
  }
  const acceptsAdded = selection.testOf(overlay.added);
  const byPosition = new Map<number, TilePoint>();
  for (const row of overlay.liveRows()) {
    const { added } = overlay;
    if (!added.isPlaced(row)) continue;
    if (!isInTile({ x: added.xs[row]!, y: added.ys[row]! }, tile)) continue;
    if (acceptsAdded !== undefined && !acceptsAdded(row)) continue;
    if (byPosition.size === 0) points.forEach((point) => byPosition.set(positionKey(point), point));
    const x = onGrid(added.xs[row]!, shift);
    const y = onGrid(added.ys[row]!, shift);
    const same = byPosition.get(positionKey({ x, y }));
    if (same !== undefined) {
      merge(same, added, row, measure);
      continue;
    }
    const point = { x, y, count: 1, value: measureOf(added, measure, row), table: added, row };
    byPosition.set(positionKey(point), point);
    points.push(point);
  }
  return points;
}

function merge(point: TilePoint, table: RowTable, row: number, measure: MeasureColumn): void {
  point.count++;
  point.value += measureOf(table, measure, row);
  if (table.ids[row]! > point.table.ids[point.row]!) return;
  point.table = table;
  point.row = row;
}

function positionKey({ x, y }: { x: number; y: number }): number {
  return y * tileExtent + x;
}

function onGrid(coordinate: number, shift: number): number {
  return (coordinate >>> shift) & (tileExtent - 1);
}

function isInTile(position: { x: number; y: number }, tile: TileId): boolean {
  return tileOf(position.x, tile.z) === tile.x && tileOf(position.y, tile.z) === tile.y;
}
