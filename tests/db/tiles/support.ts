import { VectorTile } from '@mapbox/vector-tile';
import { PbfReader } from 'pbf';
import { maxTileZoom, tileOf, toWorld, type TileId } from '../../../server/column-store/world.js';
import type { Database } from '../../../server/db/database.js';

export type DecodedFeature = {
  readonly id: number | undefined;
  readonly x: number;
  readonly y: number;
  readonly properties: Record<string, string | number | boolean>;
};

/** The points of a layer of a tile. */
export function decodePoints(bytes: Uint8Array, layerName: string): DecodedFeature[] {
  const layer = new VectorTile(new PbfReader(bytes)).layers[layerName];
  if (layer === undefined) return [];
  return Array.from({ length: layer.length }, (_, index) => {
    const feature = layer.feature(index);
    const point = feature.loadGeometry()[0]![0]!;
    return { id: feature.id, x: point.x, y: point.y, properties: feature.properties };
  });
}

/** A generator of numbers from 0 to 1 that gives the same ones for the same seed. */
export function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/**
 * Tiles of a zoom, among them all that can hold one of the positions or the cell around it: every tile up
 * to zoom 5, then those near a position, and the rows at the poles, where cells reach across many columns.
 */
export function tilesAround(
  positions: readonly (readonly [number, number])[],
  z: number,
): TileId[] {
  const tiles = new Map<string, TileId>();
  const size = 2 ** z;
  const reach = z > maxTileZoom - 3 ? 2 : 1;
  for (const [lon, lat] of positions) {
    const position = toWorld(lon, lat);
    const column = tileOf(position.x, z);
    const row = tileOf(position.y, z);
    for (let dx = -reach; dx <= reach; dx++) {
      for (let dy = -reach; dy <= reach; dy++) {
        const x = (column + dx + size) % size;
        const y = row + dy;
        if (y < 0 || y >= size) continue;
        tiles.set(`${x}/${y}`, { z, x, y });
      }
    }
  }
  for (let x = 0; z < 12 && x < size; x++) {
    for (let y = 0; y < size; y += z <= 5 ? 1 : size - 1) tiles.set(`${x}/${y}`, { z, x, y });
  }
  return [...tiles.values()];
}

export const lifecycles = ['lead', 'prospect', 'customer', 'former'] as const;
export const segments = ['a', 'b', null] as const;
export const owners = ['anna', 'ben', null] as const;

export type TestAccount = {
  readonly lon: number | null;
  readonly lat: number | null;
  readonly lifecycle?: string;
  readonly segment?: string | null;
  readonly owner?: string | null;
  readonly regionId?: number | null;
  readonly revenue?: number;
};

/** Inserts accounts, each with one sale where it has revenue; answers their ids in order. */
export async function insertAccounts(
  database: Database,
  accounts: readonly TestAccount[],
): Promise<number[]> {
  const column = <Value>(read: (account: TestAccount) => Value) => accounts.map(read);
  const rows = await database.rows<{ account_id: number }>(
    `INSERT INTO crm.accounts (name, geom, placement, lifecycle, segment, owner_id, region_id)
     SELECT 'Account ' || n, ST_SetSRID(ST_MakePoint(lon, lat), 4326),
            CASE WHEN lon IS NULL THEN 'not_placed' ELSE 'exact' END, lifecycle, segment, owner, region
     FROM unnest($1::float8[], $2::float8[], $3::text[], $4::text[], $5::text[], $6::bigint[])
       WITH ORDINALITY AS t (lon, lat, lifecycle, segment, owner, region, n)
     ORDER BY n RETURNING account_id`,
    [
      column((account) => account.lon),
      column((account) => account.lat),
      column((account) => account.lifecycle ?? 'customer'),
      column((account) => account.segment ?? null),
      column((account) => account.owner ?? null),
      column((account) => account.regionId ?? null),
    ],
  );
  const ids = rows.map((row) => row.account_id);
  await database.rows(
    `WITH sold AS (
       INSERT INTO crm.sales (account_id, ordered_at)
       SELECT id, '2026-01-15' FROM unnest($1::bigint[], $2::numeric[]) AS t (id, revenue)
       WHERE revenue IS NOT NULL
       RETURNING sale_id, account_id)
     INSERT INTO crm.sale_lines (sale_id, line_number, revenue)
     SELECT sale_id, 1, revenue
     FROM sold JOIN unnest($1::bigint[], $2::numeric[]) AS t (id, revenue) ON t.id = account_id`,
    [ids, column((account) => account.revenue ?? null)],
  );
  return ids;
}
