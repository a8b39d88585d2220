/** Number of positions on each axis of the world square: one is 9 mm at the equator. */
export const worldSize = 2 ** 32;

/** Finest zoom at which points are served; beyond it clients enlarge these tiles. */
export const maxTileZoom = 16;

/** Units on each side of a vector tile. */
export const tileExtent = 4096;

const tileExtentBits = 12;
const worldBits = 32;

export type TileId = { readonly z: number; readonly x: number; readonly y: number };

/** A position on the world square of web mercator: whole numbers from 0, x to the east, y to the south. */
export type WorldPosition = { readonly x: number; readonly y: number };

/**
 * The world position of a point in EPSG:4326.
 *
 * Longitude ±180 and latitudes beyond web mercator's 85.05° fall on the border of the square, never outside,
 * so that every point belongs to exactly one tile of each zoom.
 */
export function toWorld(lon: number, lat: number): WorldPosition {
  const sine = Math.sin((lat * Math.PI) / 180);
  const x = (lon + 180) / 360;
  const y = 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI);
  return { x: clampToWorld(x), y: clampToWorld(y) };
}

function clampToWorld(fraction: number): number {
  return Math.min(worldSize - 1, Math.max(0, Math.floor(fraction * worldSize)));
}

/** The point in EPSG:4326 at the north-west corner of a world position. */
export function toLonLat(x: number, y: number): [lon: number, lat: number] {
  const n = Math.PI * (1 - (2 * y) / worldSize);
  return [(x / worldSize) * 360 - 180, (Math.atan(Math.sinh(n)) * 180) / Math.PI];
}

/** Column or row of the tile of zoom `z` that holds a world coordinate. */
export function tileOf(coordinate: number, z: number): number {
  return z === 0 ? 0 : coordinate >>> (worldBits - z);
}

/** First world coordinate of a column or row of zoom `z`. */
export function tileStart(column: number, z: number): number {
  return column * 2 ** (worldBits - z);
}

/** How far to shift a world coordinate to get the position on the tile grid of zoom `z`. */
export function gridShift(z: number): number {
  return worldBits - tileExtentBits - z;
}

/**
 * Whether position a comes before b along the Z-order curve.
 *
 * Along it the positions of every tile, and of every square of a tile's grid, are one contiguous run.
 */
export function isBefore(ax: number, ay: number, bx: number, by: number): boolean {
  const dx = (ax ^ bx) >>> 0;
  const dy = (ay ^ by) >>> 0;
  const yDecides = dx < dy && dx < (dx ^ dy) >>> 0;
  return yDecides ? ay < by : ax < bx;
}

export type Run = { readonly start: number; readonly end: number };

/** The run of positions of a tile in arrays sorted along the Z-order curve; `length` of them count. */
export function tileRun(xs: Uint32Array, ys: Uint32Array, length: number, tile: TileId): Run {
  const size = 2 ** (worldBits - tile.z);
  const west = tileStart(tile.x, tile.z);
  const north = tileStart(tile.y, tile.z);
  const east = west + size - 1;
  const south = north + size - 1;
  const start = partition(length, (i) => isBefore(xs[i]!, ys[i]!, west, north));
  const end = partition(length, (i) => !isBefore(east, south, xs[i]!, ys[i]!));
  return { start, end };
}

/** The first index for which the test fails, where all that pass come first. */
function partition(length: number, passes: (index: number) => boolean): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (passes(middle)) low = middle + 1;
    else high = middle;
  }
  return low;
}
