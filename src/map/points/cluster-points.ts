import { unitsPerPixel, widened } from '../world-square.js';
import { forEachInBox, type PointSet, type WorldBox } from './point-set.js';

/** Side of the squares that are gathered first, a power of two: two finger-sized targets stay apart. */
const cellPixels = 64;

/** Clusters whose middles are nearer than this become one. */
const apartPixels = 46;

/** Points gathered around places: exact counts and sums, the same wherever the view ends. */
export interface Clusters {
  readonly length: number;
  /** Mean place of the points on the world square, x and y by turns. */
  readonly positions: Float64Array;
  readonly counts: Float64Array;
  readonly values: Float64Array;
  /** The point that is alone in its cluster, numbered through all sets; -1 for several. */
  readonly rows: Int32Array;
}

interface Gathered {
  readonly key: number;
  sumX: number;
  sumY: number;
  count: number;
  value: number;
  row: number;
}

/** Clusters of the points in a box at a whole zoom. Sets are numbered through one after the other. */
export function clusterPoints(sets: readonly PointSet[], box: WorldBox, zoom: number): Clusters {
  const unit = unitsPerPixel(zoom);
  // A cluster depends on the squares around it and around those, which must be whole.
  const cells = gather(sets, alignedBox(box, unit), unit * cellPixels);
  const merged = merge(cells, unit * apartPixels);
  const { west, north, east, south } = widened(box, unit * cellPixels);
  const shown = merged.filter(({ sumX, sumY, count }) => {
    const x = sumX / count;
    const y = sumY / count;
    return x >= west && x <= east && y >= north && y <= south;
  });
  return {
    length: shown.length,
    positions: Float64Array.from(
      shown.flatMap(({ sumX, sumY, count }) => [sumX / count, sumY / count]),
    ),
    counts: Float64Array.from(shown, ({ count }) => count),
    values: Float64Array.from(shown, ({ value }) => value),
    rows: Int32Array.from(shown, ({ count, row }) => (count === 1 ? row : -1)),
  };
}

/** The box of whole squares around a box, three of them wider on each side. */
function alignedBox(box: WorldBox, unit: number): WorldBox {
  const cell = unit * cellPixels;
  const { west, north, east, south } = widened(box, 3 * cell);
  const up = (value: number) => Math.ceil((value + 1) / cell) * cell - 1;
  return {
    west: Math.floor(west / cell) * cell,
    north: Math.floor(north / cell) * cell,
    east: up(east),
    south: up(south),
  };
}

function gather(sets: readonly PointSet[], box: WorldBox, cell: number): Map<number, Gathered> {
  const cells = new Map<number, Gathered>();
  let first = 0;
  for (const set of sets) {
    const offset = first;
    // Along the curve the points of a square follow each other: the map is asked once for each.
    let last: Gathered | undefined;
    forEachInBox(set, box, (row, x, y) => {
      const key = keyOf(Math.floor(x / cell), Math.floor(y / cell));
      if (last?.key !== key) {
        last = cells.get(key) ?? { key, sumX: 0, sumY: 0, count: 0, value: 0, row: offset + row };
        cells.set(key, last);
      }
      last.sumX += x;
      last.sumY += y;
      last.count += 1;
      last.value += set.values?.[row] ?? 1;
    });
    first += set.length;
  }
  return cells;
}

/** Each square joins the heaviest of its neighbours that is near and itself joins none. */
function merge(cells: ReadonlyMap<number, Gathered>, apart: number): Gathered[] {
  const hosts = new Map<Gathered, Gathered | null>();
  for (const cell of cells.values()) hosts.set(cell, heavierNear(cell, cells, apart));
  const merged = new Map<Gathered, Gathered>();
  for (const [cell, host] of hosts) if (host === null) merged.set(cell, { ...cell });
  const alone: Gathered[] = [];
  for (const [cell, host] of hosts) {
    if (host === null) continue;
    const target = merged.get(host);
    if (target === undefined) {
      alone.push(cell);
      continue;
    }
    target.sumX += cell.sumX;
    target.sumY += cell.sumY;
    target.count += cell.count;
    target.value += cell.value;
  }
  return [...merged.values(), ...alone];
}

function heavierNear(
  cell: Gathered,
  cells: ReadonlyMap<number, Gathered>,
  apart: number,
): Gathered | null {
  const [column, line] = placeOf(cell.key);
  let best = cell;
  for (let dx = -1; dx <= 1; dx += 1) {
    for (let dy = -1; dy <= 1; dy += 1) {
      const other = cells.get(keyOf(column + dx, line + dy));
      if (other === undefined || other === cell) continue;
      if (distance(cell, other) < apart && isHeavier(other, best)) best = other;
    }
  }
  return best === cell ? null : best;
}

function isHeavier(a: Gathered, b: Gathered): boolean {
  return a.count === b.count ? a.key > b.key : a.count > b.count;
}

function distance(a: Gathered, b: Gathered): number {
  return Math.hypot(a.sumX / a.count - b.sumX / b.count, a.sumY / a.count - b.sumY / b.count);
}

/** Columns stay below 2^25 at the finest zoom. */
const columns = 2 ** 26;

function keyOf(column: number, line: number): number {
  return line * columns + column;
}

function placeOf(key: number): [column: number, line: number] {
  return [key % columns, Math.floor(key / columns)];
}
