import type { Database } from '../../server/db/database.js';

/** Layers that tiles show as shapes, by the name of their table in schema geo. */
export const shapeLayerIds = [
  'regions',
  'roads',
  'buildings',
  'business_zones',
  'land_cover',
] as const;

export type ShapeLayerId = (typeof shapeLayerIds)[number];

/** Rows whose shapes one statement makes: short enough for the embedded engine to serve others in between. */
const rowsAtOnce: Record<ShapeLayerId, number> = {
  regions: 150,
  roads: 2000,
  buildings: 2000,
  business_zones: 400,
  land_cover: 200,
};

const idColumns: Record<ShapeLayerId, string> = {
  regions: 'region_id',
  roads: 'road_id',
  buildings: 'building_id',
  business_zones: 'zone_id',
  land_cover: 'land_cover_id',
};

type Options = {
  readonly signal?: AbortSignal | undefined;
  /** Told the share that is done, 0 to 1. */
  readonly onProgress?: (fraction: number) => void;
};

type Part = { readonly layer: ShapeLayerId; readonly after: string; readonly to: string };

/**
 * Makes the shapes that tiles are cut from anew for the layers whose rows changed since; answers them.
 *
 * Each part is a transaction of its own. What is cut off half-way stays stale and is made again by the next
 * call; rows that change meanwhile leave their layer stale as well.
 */
export async function refreshStaleShapes(
  database: Database,
  { signal, onProgress = () => undefined }: Options = {},
): Promise<readonly ShapeLayerId[]> {
  const stale = await database.rows<{ layer: ShapeLayerId; changes: number }>(
    'SELECT layer, changes FROM geo.layer_versions WHERE is_stale ORDER BY layer',
  );
  const parts: Part[] = [];
  for (const { layer } of stale) parts.push(...(await partsOf(database, layer)));
  let done = 0;
  for (const { layer, changes } of stale) {
    for (const { after, to } of parts.filter((part) => part.layer === layer)) {
      signal?.throwIfAborted();
      await database.rows('SELECT geo.shape_rows($1, $2, $3)', [layer, after, to]);
      onProgress(++done / parts.length);
    }
    await database.rows('SELECT geo.finish_shapes($1, $2)', [layer, changes]);
  }
  return stale.map(({ layer }) => layer);
}

const lowest = '-9223372036854775808';
const highest = '9223372036854775807';

/** Stretches of ids that together hold every id there is, so that rows which went lose their shapes too. */
async function partsOf(database: Database, layer: ShapeLayerId): Promise<Part[]> {
  const id = idColumns[layer];
  const ends = await database.rows<{ id: string }>(
    `SELECT ${id}::text AS id
     FROM (SELECT ${id}, row_number() OVER (ORDER BY ${id}) AS place FROM geo.${layer}) placed
     WHERE place % $1 = 0 ORDER BY place`,
    [rowsAtOnce[layer]],
  );
  const bounds = [lowest, ...ends.map((row) => row.id), highest];
  return bounds.slice(1).map((to, index) => ({ layer, after: bounds[index]!, to }));
}
