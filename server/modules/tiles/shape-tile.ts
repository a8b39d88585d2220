import { tileExtent } from '../../column-store/world.js';
import type { TileId } from '../../column-store/world.js';
import type { Database } from '../../db/database.js';
import { LayerEncoder } from './layer-encoder.js';
import type { ShapeLayer } from './shape-layers.js';
import { listShapes, type ShapeRow } from './shapes.repository.js';
import { readTwkb } from './twkb.js';

/** No tile is larger, uncompressed. */
export const maxTileBytes = 500_000;

export type ShapeTile = {
  readonly bytes: Uint8Array;
  /** Shapes left out because the tile would have become too large: the smallest ones. */
  readonly omitted: number;
};

/** Coarser and coarser grids, in tile units; the last is a pixel of a 512-pixel tile. */
const grids = [1, 4, 8] as const;

/** Room for the note that says what was left out. */
const noteBytes = 1000;

/**
 * A tile of shapes.
 *
 * One that would be too large is made of coarser shapes; where that is not enough the smallest are left
 * out, and the tile says how many in a layer `<id>:omitted` with one point.
 */
export async function shapeTile(
  database: Database,
  layer: ShapeLayer,
  tile: TileId,
  level: number | null,
): Promise<ShapeTile> {
  const rows = await listShapes(database, { layer, tile, level });
  for (const grid of grids) {
    const isLast = grid === grids.at(-1);
    const result = encodeShapes(layer, rows, grid);
    if (isLast || result.omitted === 0) return result;
  }
  throw new RangeError('There is no grid to make tiles with');
}

/** Encodes shapes and their label points, the largest first, until the tile is full. */
export function encodeShapes(
  layer: ShapeLayer,
  rows: readonly ShapeRow[],
  grid: number,
  maxBytes = maxTileBytes,
): ShapeTile {
  const encoder = new LayerEncoder(layer.id, [layer.idColumn, ...layer.columns]);
  const labelKeys = [layer.idColumn, ...(layer.labelColumns ?? []), 'size'];
  const labels = new LayerEncoder(`${layer.id}:labels`, labelKeys);
  const limit = maxBytes - noteBytes;
  let omitted = 0;
  for (const [index, { id, tags, twkb, label }] of rows.entries()) {
    const rollback = encoder.mark();
    const rollbackLabels = labels.mark();
    const geometry = readTwkb(twkb, layer.geometry, grid);
    if (geometry !== undefined) encoder.add(id, geometry, tags);
    if (label !== null) labels.addPoint(id, label.x, label.y, label.tags);
    if (encoder.size + labels.size <= limit) continue;
    rollback();
    rollbackLabels();
    omitted = rows.length - index;
    break;
  }
  const bytes = Buffer.concat([encoder.finish(), labels.finish()]);
  return omitted === 0 ? { bytes, omitted } : { bytes: withNote(layer, bytes, omitted), omitted };
}

function withNote(layer: ShapeLayer, bytes: Uint8Array, omitted: number): Uint8Array {
  const note = new LayerEncoder(`${layer.id}:omitted`, ['omitted']);
  note.addPoint(null, tileExtent / 2, tileExtent / 2, [omitted]);
  return Buffer.concat([bytes, note.finish()]);
}
