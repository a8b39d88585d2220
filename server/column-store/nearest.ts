import FlatQueue from 'flatqueue';
import { Surroundings, metersOf } from './great-circle.js';
import type { Overlay } from './overlay.js';
import type { RowTable } from './row-table.js';
import type { View } from './view.js';
import { toLonLat, worldSize } from './world.js';

export type NearestRow = {
  readonly id: number;
  /** Great-circle distance in metres. */
  readonly distanceM: number;
};

export type NearestQuery = {
  readonly view: View;
  readonly overlay: Overlay;
  /** [lon, lat] in EPSG:4326. */
  readonly from: readonly [lon: number, lat: number];
  readonly limit: number;
};

/** A square of the world that holds the rows from `start` to `end`, its sides `size` positions long. */
type Square = {
  readonly x: number;
  readonly y: number;
  readonly size: number;
  readonly start: number;
  readonly end: number;
};

/** Squares with fewer rows are looked through row by row; splitting them costs more. */
const rowsInLeaf = 24;

/** Rounding must never make a square look farther away than a row in it. */
const slack = 1 - 1e-9;

/**
 * The rows of a selection nearest to a point by great circle, equally distant ones by id.
 *
 * Best first over the squares of the Z-order curve: rows sorted along it are a quadtree already, in which
 * each square is one run (Hjaltason and Samet, Distance browsing in spatial databases, 1999). Positions
 * are those of the store, kept to 9 mm.
 */
export function nearestRows({ view, overlay, from, limit }: NearestQuery): NearestRow[] {
  const { table, placedCount } = view.snapshot;
  const around = new Surroundings(...from);
  const best = new BestRows(limit);
  addOverlay(view, overlay, around, best);
  const waiting = new FlatQueue<Square>();
  let square: Square | undefined = { x: 0, y: 0, size: worldSize, start: 0, end: placedCount };
  let bound = 0;
  while (square !== undefined && bound * slack <= best.worst) {
    if (square.end - square.start <= rowsInLeaf || square.size === 1) {
      addRows({ view, overlay, around, best }, square);
    } else {
      for (const part of split(table, square)) waiting.push(part, boundOf(around, part));
    }
    bound = waiting.peekValue() ?? Infinity;
    square = waiting.pop();
  }
  return best.rows.map(({ id, key }) => ({ id, distanceM: metersOf(key) }));
}

type Candidate = { readonly id: number; readonly key: number };

/** At most `limit` candidates in order: smallest key first, equal ones by id. */
class BestRows {
  readonly rows: Candidate[] = [];
  readonly #limit: number;
  /** What a further candidate must not exceed. */
  worst = Infinity;

  constructor(limit: number) {
    this.#limit = limit;
    if (limit === 0) this.worst = -1;
  }

  add(id: number, key: number): void {
    if (key > this.worst) return;
    let low = 0;
    let high = this.rows.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const row = this.rows[middle]!;
      if (row.key < key || (row.key === key && row.id < id)) low = middle + 1;
      else high = middle;
    }
    this.rows.splice(low, 0, { id, key });
    if (this.rows.length > this.#limit) this.rows.pop();
    if (this.rows.length === this.#limit) this.worst = this.rows.at(-1)!.key;
  }
}

type Search = {
  readonly view: View;
  readonly overlay: Overlay;
  readonly around: Surroundings;
  readonly best: BestRows;
};

function addRows({ view, overlay, around, best }: Search, { start, end }: Square): void {
  const { accepts, snapshot } = view;
  for (let row = start; row < end; row++) {
    if (accepts !== undefined && !accepts(row)) continue;
    if (!overlay.isRemoved(row)) addRow(snapshot.table, row, around, best);
  }
}

function addOverlay(view: View, overlay: Overlay, around: Surroundings, best: BestRows): void {
  const accepts = view.selection.testOf(overlay.added);
  for (const row of overlay.liveRows()) {
    if (!overlay.added.isPlaced(row)) continue;
    if (accepts === undefined || accepts(row)) addRow(overlay.added, row, around, best);
  }
}

function addRow(table: RowTable, row: number, around: Surroundings, best: BestRows): void {
  const [lon, lat] = toLonLat(table.xs[row]!, table.ys[row]!);
  best.add(table.ids[row]!, around.to(lon, lat));
}

/** The quarters of a square that hold rows. */
function split({ xs, ys }: RowTable, { x, y, size, start, end }: Square): Square[] {
  const side = size / 2;
  const middleX = x + side;
  const middleY = y + side;
  const east = firstFrom(xs, middleX, start, end);
  const southWest = firstFrom(ys, middleY, start, east);
  const southEast = firstFrom(ys, middleY, east, end);
  const quarters: Square[] = [
    { x, y, size: side, start, end: southWest },
    { x, y: middleY, size: side, start: southWest, end: east },
    { x: middleX, y, size: side, start: east, end: southEast },
    { x: middleX, y: middleY, size: side, start: southEast, end },
  ];
  return quarters.filter((quarter) => quarter.end > quarter.start);
}

/** The first index between two whose coordinate is not below a bound. */
function firstFrom(column: Uint32Array, bound: number, start: number, end: number): number {
  let low = start;
  let high = end;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (column[middle]! < bound) low = middle + 1;
    else high = middle;
  }
  return low;
}

function boundOf(around: Surroundings, { x, y, size }: Square): number {
  const [west, north] = toLonLat(x, y);
  const [east, south] = toLonLat(x + size - 1, y + size - 1);
  return around.toBox({ west, south, east, north });
}
