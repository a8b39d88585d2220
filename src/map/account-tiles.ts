import { VectorTile } from '@mapbox/vector-tile';
import { PbfReader } from 'pbf';
import type { Bbox, LonLat, VisibleSummary } from './contract.js';

/** Lifecycles in the order of their code in `AccountSet.lifecycles`. */
export const lifecycles = ['customer', 'prospect', 'lead', 'former'] as const;

/**
 * Accounts as columns, row by row at the same index: single accounts (`points`) or H3 cells with
 * their count (`cells`). Nothing is an object per account, so that 100,000 rows stay cheap.
 */
export interface AccountSet {
  readonly mode: 'points' | 'cells';
  readonly length: number;
  /** Longitude and latitude in degrees, two numbers a row. */
  readonly positions: Float64Array;
  /** Accounts the row stands for. */
  readonly counts: Float64Array;
  /** The asked measure, summed over the row's accounts. */
  readonly values: Float64Array;
  /** Account id in point mode, 0 in cell mode. */
  readonly ids: Float64Array;
  /** Index into `lifecycles` in point mode. */
  readonly lifecycles: Uint8Array;
  /** H3 index of each cell in hex, empty in point mode. */
  readonly cells: readonly string[];
}

/** Address of a tile in the usual web map scheme. */
export interface TileId {
  readonly z: number;
  readonly x: number;
  readonly y: number;
}

/** A set without accounts. */
export const noAccounts: AccountSet = emptySet('points', 0);

/** Reads the `accounts` layer of a vector tile; an empty body or a tile without it has no rows. */
export function decodeAccounts(body: ArrayBuffer, tile: TileId): AccountSet {
  if (body.byteLength === 0) return noAccounts;
  const layer = new VectorTile(new PbfReader(body)).layers['accounts'];
  if (!layer || layer.length === 0) return noAccounts;
  const mode = 'cell' in layer.feature(0).properties ? 'cells' : 'points';
  const cells: string[] = [];
  const set = emptySet(mode, layer.length);
  const scale = layer.extent * 2 ** tile.z;
  for (let row = 0; row < layer.length; row += 1) {
    const feature = layer.feature(row);
    const { properties } = feature;
    const point = feature.loadGeometry()[0]?.[0];
    if (!point) continue;
    set.positions[row * 2] = ((tile.x * layer.extent + point.x) / scale) * 360 - 180;
    set.positions[row * 2 + 1] = toLatitude((tile.y * layer.extent + point.y) / scale);
    set.counts[row] = Number(properties['count'] ?? 1);
    set.values[row] = Number(properties['value'] ?? 0);
    set.ids[row] = Number(properties['id'] ?? feature.id ?? 0);
    set.lifecycles[row] = lifecycleCode(properties['kind']);
    if (mode === 'cells') cells.push(String(properties['cell'] ?? ''));
  }
  return { ...set, cells };
}

/** Joins tiles into one set; it is in cell mode as soon as one of them is. */
export function mergeAccounts(sets: readonly AccountSet[]): AccountSet {
  const filled = sets.filter((set) => set.length > 0);
  const first = filled[0];
  if (!first) return noAccounts;
  if (filled.length === 1) return first;
  const total = filled.reduce((sum, set) => sum + set.length, 0);
  const mode = filled.some((set) => set.mode === 'cells') ? 'cells' : 'points';
  const merged = emptySet(mode, total);
  let row = 0;
  for (const set of filled) {
    merged.positions.set(set.positions, row * 2);
    merged.counts.set(set.counts, row);
    merged.values.set(set.values, row);
    merged.ids.set(set.ids, row);
    merged.lifecycles.set(set.lifecycles, row);
    row += set.length;
  }
  if (mode === 'points') return merged;
  const cells = filled.flatMap((set) =>
    set.mode === 'cells' ? set.cells : new Array<string>(set.length).fill(''),
  );
  return { ...merged, cells };
}

/** Exact number of accounts inside the box, and of the cells that hold them. */
export function summarise(set: AccountSet, [west, south, east, north]: Bbox): VisibleSummary {
  let accounts = 0;
  let cells = 0;
  for (let row = 0; row < set.length; row += 1) {
    const lon = set.positions[row * 2] as number;
    const lat = set.positions[row * 2 + 1] as number;
    if (lon < west || lon > east || lat < south || lat > north) continue;
    accounts += set.counts[row] as number;
    cells += 1;
  }
  return { accounts, cells: set.mode === 'cells' ? cells : 0, mode: set.mode };
}

/** The row nearest to a place within `radiusPixels` at a zoom, -1 when there is none. */
export function nearestRow(
  set: AccountSet,
  place: LonLat,
  zoom: number,
  radiusPixels: (row: number) => number,
): number {
  const pixelsPerDegree = (512 * 2 ** zoom) / 360;
  const stretch = 1 / Math.cos((place.lat * Math.PI) / 180);
  let nearest = -1;
  let best = Number.POSITIVE_INFINITY;
  for (let row = 0; row < set.length; row += 1) {
    const dx = ((set.positions[row * 2] as number) - place.lon) * pixelsPerDegree;
    const dy = ((set.positions[row * 2 + 1] as number) - place.lat) * pixelsPerDegree * stretch;
    const distance = Math.hypot(dx, dy);
    if (distance > radiusPixels(row) || distance >= best) continue;
    best = distance;
    nearest = row;
  }
  return nearest;
}

/**
 * Tiles that cover a box at a zoom, left to right and top to bottom. Boxes beyond ±180° are cut,
 * the map shows the world once.
 */
export function coveringTiles([west, south, east, north]: Bbox, z: number): TileId[] {
  const count = 2 ** z;
  const clamp = (index: number) => Math.min(Math.max(index, 0), count - 1);
  const x0 = clamp(Math.floor(((west + 180) / 360) * count));
  const x1 = clamp(Math.floor(((east + 180) / 360) * count));
  const y0 = clamp(Math.floor(toMercatorY(north) * count));
  const y1 = clamp(Math.floor(toMercatorY(south) * count));
  const tiles: TileId[] = [];
  for (let y = y0; y <= y1; y += 1) {
    for (let x = x0; x <= x1; x += 1) tiles.push({ z, x, y });
  }
  return tiles;
}

function emptySet(mode: AccountSet['mode'], length: number): AccountSet {
  return {
    mode,
    length,
    positions: new Float64Array(length * 2),
    counts: new Float64Array(length),
    values: new Float64Array(length),
    ids: new Float64Array(length),
    lifecycles: new Uint8Array(length),
    cells: [],
  };
}

function lifecycleCode(kind: unknown): number {
  const code = lifecycles.findIndex((name) => name === kind);
  return code < 0 ? 0 : code;
}

/** Latitude in degrees of a Web Mercator height, 0 at the north edge and 1 at the south edge. */
function toLatitude(y: number): number {
  return (Math.atan(Math.sinh(Math.PI * (1 - 2 * y))) * 180) / Math.PI;
}

function toMercatorY(lat: number): number {
  const limited = Math.min(Math.max(lat, -85.0511), 85.0511);
  const radians = (limited * Math.PI) / 180;
  return (1 - Math.log(Math.tan(radians) + 1 / Math.cos(radians)) / Math.PI) / 2;
}
