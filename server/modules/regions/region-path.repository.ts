import type { RegionStep } from '../../contract/regions.js';
import type { Database } from '../../db/database.js';

/** Regions from the project down to this one; empty for null and for an unknown region. */
export async function findRegionPath(
  database: Database,
  regionId: number | null,
): Promise<RegionStep[]> {
  if (regionId === null) return [];
  return database.rows<RegionStep>(
    `SELECT r.region_id AS id, r.level, r.name
     FROM geo.region_paths p JOIN geo.regions r ON r.region_id = ANY (p.path_ids)
     WHERE p.region_id = $1 ORDER BY r.level`,
    [regionId],
  );
}
