import type { Here } from '../../contract/here.js';
import type { Database } from '../../db/database.js';

const roadReachMeters = 1000;
const point = 'ST_SetSRID(ST_MakePoint($1, $2), 4326)';

type Around = Pick<Here, 'road' | 'building' | 'population'>;

/** The nearest road, the building and the population at a point; null each where nothing is known. */
export async function findAround(
  database: Database,
  [lon, lat]: readonly [number, number],
  regionIds: readonly number[],
): Promise<Around> {
  const row = await database.row<Around>(
    `WITH at AS MATERIALIZED (SELECT ${point} AS geom)
     SELECT (
       SELECT jsonb_build_object('id', n.road_id, 'class', n.class, 'condition', n.condition,
         'conditionSource', n.condition_source, 'name', n.name, 'ref', n.ref,
         'distanceM', round(n.metres::numeric, 1))
       FROM (SELECT r.*, ST_Distance(r.geom::geography, at.geom::geography) AS metres
             FROM geo.roads r WHERE r.geom && geo.metres_box(at.geom, ${roadReachMeters})) n
       WHERE n.metres <= ${roadReachMeters} ORDER BY n.metres, n.road_id LIMIT 1
     ) AS road, (
       SELECT jsonb_build_object('id', b.building_id, 'housingType', b.housing_type, 'name', b.name,
         'year', COALESCE(b.year, b.register_year), 'levels', b.levels)
       FROM geo.buildings b WHERE ST_Covers(b.geom, at.geom)
       ORDER BY b.area_m2 NULLS LAST, b.building_id LIMIT 1
     ) AS building, (
       SELECT jsonb_build_object('regionId', r.region_id, 'regionName', r.name,
         'inhabitants', r.population, 'densityKm2', r.population / NULLIF(r.area_km2, 0))
       FROM geo.regions r WHERE r.region_id = ANY ($3::bigint[]) AND r.population IS NOT NULL
       ORDER BY r.level DESC LIMIT 1
     ) AS population
     FROM at`,
    [lon, lat, regionIds],
  );
  return row!;
}
