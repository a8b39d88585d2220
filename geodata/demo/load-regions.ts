import type { Database, Queryable } from '../../server/db/database.js';
import type { RegionRow } from './land/region-rows.js';
import { multiPolygonWkb } from './plane/wkb.js';
import { DEMO_LICENCE, DEMO_SOURCE } from './tables.js';

const LEVELS: readonly (readonly [level: number, name: string, plural: string])[] = [
  [0, 'Island', 'Islands'],
  [1, 'District', 'Districts'],
  [2, 'Municipality', 'Municipalities'],
  [3, 'Neighbourhood', 'Neighbourhoods'],
];

/** Stores all regions with their hierarchy in one transaction; answers their ids by code. */
export async function loadRegions(
  database: Database,
  regions: readonly RegionRow[],
  importId: number,
): Promise<Map<string, number>> {
  return database.transaction(async (client) => {
    await nameLevels(client);
    const ids = new Map<string, number>();
    for (const region of regions)
      ids.set(region.code, await storeRegion(client, region, ids, importId));
    await client.query('SELECT geo.refresh_region_members()');
    return ids;
  });
}

async function nameLevels(client: Queryable): Promise<void> {
  for (const [level, name, plural] of LEVELS) {
    await client.query(
      `INSERT INTO geo.region_levels (level, name, plural_name) VALUES ($1, $2, $3)
       ON CONFLICT (level) DO UPDATE SET name = excluded.name, plural_name = excluded.plural_name`,
      [level, name, plural],
    );
  }
}

async function storeRegion(
  client: Queryable,
  region: RegionRow,
  ids: ReadonlyMap<string, number>,
  importId: number,
): Promise<number> {
  const parentId = ids.get(region.parentCode ?? 'project') ?? null;
  const stored = await client.query<{ region_id: number }>(
    `INSERT INTO geo.regions (level, code, name, parent_id, geom, area_km2, population, households, dwellings,
                              income, dwelling_value, urbanity, statistics, source, licence, import_id)
     SELECT $1, $2, $3, $4, shape.geom, ST_Area(shape.geom::geography) / 1e6, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15
     FROM (SELECT $5::geometry AS geom) shape
     ON CONFLICT (level, code) DO UPDATE
     SET name = excluded.name, geom = excluded.geom, area_km2 = excluded.area_km2, population = excluded.population,
         households = excluded.households, dwellings = excluded.dwellings, income = excluded.income,
         dwelling_value = excluded.dwelling_value, urbanity = excluded.urbanity, statistics = excluded.statistics,
         source = excluded.source, licence = excluded.licence, import_id = excluded.import_id, updated_at = now()
     RETURNING region_id`,
    [
      region.level,
      region.code,
      region.name,
      parentId,
      multiPolygonWkb(region.polygons),
      region.population,
      region.households,
      region.dwellings,
      region.dwellings === 0 ? null : region.income,
      region.dwellings === 0 ? null : region.dwellingValue,
      region.urbanity,
      JSON.stringify(region.statistics),
      DEMO_SOURCE,
      DEMO_LICENCE,
      importId,
    ],
  );
  return stored.rows[0]!.region_id;
}
