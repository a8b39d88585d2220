import type { Queryable } from '../../server/db/database.js';
import type { MatchOptions, MatchReport } from './match-options.js';
import { createPointStage, dropPointStage, type PointStage } from './point-stage.js';
import { stageRegions } from './regions/stage-regions.js';

/**
 * Gives places their deepest region and the business zone that holds them; only rows that differ are
 * written. `condition` is SQL over alias `p` of geo.places with its parameters from $1.
 */
export async function matchPlaces(
  queryable: Queryable,
  condition = 'true',
  values: readonly unknown[] = [],
  options: MatchOptions = {},
): Promise<MatchReport> {
  const stage = await createPointStage(
    queryable,
    `SELECT p.place_id AS row_id, p.geom FROM geo.places p WHERE ${condition}`,
    values,
  );
  try {
    await stageRegions(queryable, stage, options.signal);
    const changed = await writePlaces(queryable, stage);
    await dropPointStage(queryable, stage);
    return { examined: stage.count, changed };
  } catch (error) {
    // Inside a failed transaction the drop fails too; the rollback then removes the table.
    await dropPointStage(queryable, stage).catch(() => undefined);
    throw error;
  }
}

async function writePlaces(queryable: Queryable, stage: PointStage): Promise<number> {
  const updated = await queryable.query(
    `UPDATE geo.places p
     SET region_id = f.region_id, zone_id = f.zone_id
     FROM (
       SELECT s.row_id, t.region_id, z.zone_id
       FROM ${stage.points} s
       LEFT JOIN ${stage.regions} t ON t.position = s.position
       LEFT JOIN LATERAL geo.zone_at(s.geom) z ON true
       OFFSET 0
     ) f
     WHERE p.place_id = f.row_id
       AND (p.region_id, p.zone_id) IS DISTINCT FROM (f.region_id, f.zone_id)`,
  );
  return updated.rowCount ?? 0;
}
