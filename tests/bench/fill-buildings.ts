import type { Database } from '../../server/db/database.js';

const buildingCount = 20_000;

/** A dense block of small buildings around 96° west, 40° north, ready for tiles. */
export async function fillBuildings(database: Database): Promise<void> {
  await database.rows(
    `INSERT INTO geo.buildings (source_key, housing_type, year, levels, geom)
     SELECT 'b' || n, 'terrace', 1900 + n % 120, n % 5,
            ST_Multi(ST_SetSRID(ST_MakeEnvelope(lon, lat, lon + 0.0001, lat + 0.00006), 4326))
     FROM generate_series(0, ${buildingCount - 1}) n,
          LATERAL (SELECT -96.02 + (n % 200) * 0.0002 AS lon, 39.99 + (n / 200) * 0.0002 AS lat) at`,
  );
  await database.rows(`SELECT geo.refresh_shapes('buildings')`);
}
