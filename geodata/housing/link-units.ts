import type { Queryable } from '../../server/db/database.js';

export type LinkReport = {
  readonly byReference: number;
  readonly byPoint: number;
  readonly unlinked: number;
  /** Buildings whose units, dwellings or year are different now. */
  readonly buildingsChanged: number;
};

/**
 * Links units of the register to buildings, by the building's id in the register, else by the footprint
 * that holds the unit's point, and sums them up on the buildings. Looks at units without a building and,
 * with an import, at those that it brought or changed.
 */
export async function linkUnits(queryable: Queryable, importId?: number): Promise<LinkReport> {
  const scope = `(u.building_id IS NULL OR u.import_id = $1)`;
  const values = [importId ?? null];
  await queryable.query(
    `UPDATE geo.dwelling_units u SET building_id = NULL, link = 'none'
     WHERE u.import_id = $1 AND u.building_id IS NOT NULL`,
    values,
  );
  const byReference = await queryable.query(
    `UPDATE geo.dwelling_units u SET building_id = b.building_id, link = 'reference'
     FROM (SELECT register_ref, min(building_id) AS building_id FROM geo.buildings
           WHERE register_ref IS NOT NULL GROUP BY 1) b
     WHERE ${scope} AND b.register_ref = u.building_ref`,
    values,
  );
  const byPoint = await queryable.query(
    `UPDATE geo.dwelling_units u SET building_id = f.building_id, link = 'point'
     FROM (SELECT w.unit_id, min(b.building_id) AS building_id
           FROM geo.dwelling_units w JOIN geo.buildings b ON ST_Intersects(b.geom, w.geom)
           WHERE w.building_id IS NULL GROUP BY 1) f
     WHERE u.unit_id = f.unit_id`,
  );
  const unlinked = await queryable.query<{ count: number }>(
    'SELECT count(*) AS count FROM geo.dwelling_units WHERE building_id IS NULL',
  );
  return {
    byReference: byReference.rowCount ?? 0,
    byPoint: byPoint.rowCount ?? 0,
    unlinked: unlinked.rows[0]?.count ?? 0,
    buildingsChanged: await sumUp(queryable),
  };
}

async function sumUp(queryable: Queryable): Promise<number> {
  const updated = await queryable.query(
    `UPDATE geo.buildings b
     SET register_units = s.units, register_dwellings = s.dwellings, register_year = s.year
     FROM (
       SELECT h.building_id, nullif(count(u.unit_id), 0)::int AS units,
              CASE WHEN count(u.unit_id) > 0 THEN count(*) FILTER (WHERE u.is_dwelling) END::int AS dwellings,
              min(u.year) AS year
       FROM (SELECT building_id FROM geo.dwelling_units WHERE building_id IS NOT NULL
             UNION SELECT building_id FROM geo.buildings WHERE register_units IS NOT NULL) h
       LEFT JOIN geo.dwelling_units u ON u.building_id = h.building_id AND u.in_use
       GROUP BY 1
     ) s
     WHERE b.building_id = s.building_id
       AND (b.register_units, b.register_dwellings, b.register_year)
           IS DISTINCT FROM (s.units, s.dwellings, s.year)`,
  );
  return updated.rowCount ?? 0;
}
