import type { Region, RegionDetail, RegionQuery } from '../../contract/regions.js';
import type { Database } from '../../db/database.js';
import { SqlParameters } from '../../policy/sql-parameters.js';
import { findRegionPath } from './region-path.repository.js';

// geometry::box2d is the box stored with the shape; a box3d straight from it would read every vertex.
const regionColumns = `
  r.region_id AS id, r.level, r.code, r.name, own.parent_id AS "parentId",
  CASE WHEN r.geom IS NOT NULL THEN
    ARRAY[ST_XMin(r.geom::box2d::box3d), ST_YMin(r.geom::box2d::box3d),
          ST_XMax(r.geom::box2d::box3d), ST_YMax(r.geom::box2d::box3d)] END AS bbox,
  r.population, r.households, r.dwellings, r.area_km2 AS "areaKm2",
  EXISTS (SELECT FROM geo.region_members child
          WHERE child.parent_id = r.region_id AND child.region_id = child.descendant_id) AS "hasChildren"`;

const fromRegions = `
  FROM geo.regions r
  JOIN geo.region_members own ON own.descendant_id = r.region_id AND own.level = r.level`;

/** Children of a region (of the project by default), or all regions of a level, in order of their names. */
export async function listRegions(database: Database, query: RegionQuery): Promise<Region[]> {
  const parameters = new SqlParameters();
  return database.rows<Region>(
    `SELECT ${regionColumns} ${fromRegions}
     WHERE ${listCondition(query, parameters)} ORDER BY r.name, r.region_id`,
    parameters.values,
  );
}

function listCondition({ parent, level }: RegionQuery, parameters: SqlParameters): string {
  if (level === undefined) {
    return parent === undefined
      ? 'own.parent_id = (SELECT root.region_id FROM geo.regions root WHERE root.level = 0)'
      : `own.parent_id = ${parameters.add(parent)}`;
  }
  const atLevel = `r.level = ${parameters.add(level)}`;
  if (parent === undefined) return atLevel;
  return `${atLevel} AND EXISTS (SELECT FROM geo.region_members inside
    WHERE inside.descendant_id = r.region_id AND inside.region_id = ${parameters.add(parent)})`;
}

/** A region with its statistics and the way to it; undefined where there is none. */
export async function findRegion(
  database: Database,
  regionId: number,
): Promise<RegionDetail | undefined> {
  const region = await database.row<Omit<RegionDetail, 'path'>>(
    `SELECT ${regionColumns}, r.income, r.dwelling_value AS "dwellingValue", r.urbanity,
            r.statistics, r.source, r.licence
     ${fromRegions} WHERE r.region_id = $1`,
    [regionId],
  );
  return region && { ...region, path: await findRegionPath(database, regionId) };
}

/**
 * The shape of a region as text of a GeoJSON Feature, EPSG:4326 with six decimals (about 0.1 m).
 *
 * Undefined where there is no such region; the geometry is null where it has no shape.
 */
export async function findRegionFeature(
  database: Database,
  regionId: number,
): Promise<string | undefined> {
  const row = await database.row<{
    name: string;
    code: string;
    level: number;
    shape: string | null;
  }>(
    `SELECT name, code, level, ST_AsGeoJSON(geom, 6) AS shape FROM geo.regions WHERE region_id = $1`,
    [regionId],
  );
  if (!row) return undefined;
  const { shape, ...properties } = row;
  return (
    `{"type":"Feature","id":${regionId},"properties":${JSON.stringify(properties)},` +
    `"geometry":${shape ?? 'null'}}`
  );
}
