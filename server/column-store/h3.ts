import { cellToLatLng, latLngToCell } from 'h3-js';
import { toWorld, type WorldPosition } from './world.js';

/** The resolution of the cell that every row carries; coarser ones follow from it. */
export const storedResolution = 10;

/**
 * H3 resolution of the cells of each zoom: the finest whose cells are at least 1/40 of a tile apart at the
 * equator, so that a cell is 13 to 34 pixels wide on a 512-pixel tile and a tile holds at most some 1,900.
 */
const resolutionByZoom = [1, 1, 2, 2, 3, 4, 5, 5, 6, 7, 7, 8, 9, 10, 10, 10, 10] as const;

/** H3 resolution of the cells of a zoom. */
export function resolutionAt(z: number): number {
  return resolutionByZoom[z] ?? storedResolution;
}

/**
 * The number that identifies a cell within its resolution and sorts cells so that children stand together:
 * base cell and digits of the H3 index (7 + 3 × resolution bits), which fits a double exactly.
 */
export type CellKey = number;

/** The key at the stored resolution of the cell that holds a point. */
export function cellKeyAt(lon: number, lat: number): CellKey {
  const index = BigInt(`0x${latLngToCell(lat, lon, storedResolution)}`);
  return Number((index >> 15n) & ((1n << 37n) - 1n));
}

/** The key of the coarser cell that holds a cell of the stored resolution. */
export function parentKey(key: CellKey, resolution: number): CellKey {
  return Math.floor(key / childrenOfKey(resolution));
}

/** How many keys of the stored resolution begin with one key of a resolution. */
export function childrenOfKey(resolution: number): number {
  return 8 ** (storedResolution - resolution);
}

/** The H3 index of a cell in its usual spelling, 15 hexadecimal digits. */
export function toH3Index(key: CellKey, resolution: number): string {
  const unusedBits = BigInt(3 * (15 - resolution));
  const index =
    (1n << 59n) |
    (BigInt(resolution) << 52n) |
    (BigInt(key) << unusedBits) |
    ((1n << unusedBits) - 1n);
  return index.toString(16);
}

/** World position of the centre of a cell. */
export function cellCentre(key: CellKey, resolution: number): WorldPosition {
  const [lat, lon] = cellToLatLng(toSplitIndex(key, resolution));
  return toWorld(lon, lat);
}

const half = 32;
const modeBit = 2 ** 27;
const resolutionUnit = 2 ** 20;

/** The H3 index as its lower and upper 32 bits, which the library takes without reading text. */
function toSplitIndex(key: CellKey, resolution: number): [lower: number, upper: number] {
  const unused = 3 * (15 - resolution);
  const head = modeBit + resolution * resolutionUnit;
  if (unused >= half) return [2 ** half - 1, head + (key + 1) * 2 ** (unused - half) - 1];
  const keysInLower = 2 ** (half - unused);
  const lower = ((key % keysInLower) + 1) * 2 ** unused - 1;
  return [lower, head + Math.floor(key / keysInLower)];
}
