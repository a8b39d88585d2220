import type { RowTable } from './row-table.js';
import { maxTileZoom } from './world.js';

/** A zoom shows points only when none of its tiles holds more positions than this, else cells. */
export const maxPositionsInTile = 5000;

/** Tells of a row whether it counts; undefined means that every row does. */
export type RowTest = ((row: number) => boolean) | undefined;

/**
 * For every zoom the largest number of different positions in one of its tiles.
 *
 * Reads the first `length` rows of a table sorted along the Z-order curve, where the rows of a tile stand
 * together: two neighbours differ from some zoom on, and there each finer tile ends.
 */
export function crowdingByZoom(table: RowTable, length: number, accepts: RowTest): Uint32Array {
  const { xs, ys } = table;
  const most = new Uint32Array(maxTileZoom + 1);
  const startOfTile = new Float64Array(maxTileZoom + 1);
  let positions = 0;
  let last = -1;
  for (let row = 0; row < length; row++) {
    if (accepts !== undefined && !accepts(row)) continue;
    const difference = last < 0 ? 0xffffffff : (xs[row]! ^ xs[last]!) | (ys[row]! ^ ys[last]!);
    last = row;
    if (difference === 0) continue;
    const firstNewZoom = Math.clz32(difference) + 1;
    closeTiles(firstNewZoom, positions, most, startOfTile);
    positions++;
  }
  closeTiles(0, positions, most, startOfTile);
  return most;
}

function closeTiles(
  firstZoom: number,
  positions: number,
  most: Uint32Array,
  startOfTile: Float64Array,
): void {
  for (let z = firstZoom; z <= maxTileZoom; z++) {
    most[z] = Math.max(most[z]!, positions - startOfTile[z]!);
    startOfTile[z] = positions;
  }
}
