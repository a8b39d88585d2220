import { hasAntipodalEdge } from '../shapes/antipodal-edge.js';
import type { MergeTools } from './merge-layers.js';

/** Half the side of the square around an edge in which streets are counted; metres. */
const aroundM = 300;
/**
 * Streets in the square that make a place built up. Town centres of the test extracts have 40 and more,
 * villages some 15, single farms along a road fewer than ten.
 */
const townStreets = 20;

/** Classes whose density tells a town; footpaths and drives say little. */
const streetClasses = "('primary', 'secondary', 'tertiary', 'residential')";

const metresPerDegree = 111_320;

/**
 * Builds the edges of the roads just merged as they will be written, measured and with the speed of each
 * mode, and returns the name of their table. Land cover must have been merged.
 */
export async function prepareEdges({ client, writer }: MergeTools): Promise<string> {
  const staged = writer.tableName('edges');
  const measured = `${staged}_measured`;
  const ready = `${staged}_ready`;
  await client.query(
    `CREATE UNLOGGED TABLE ${measured} AS
     SELECT r.road_id, r.class, s.sequence, s.from_node_id, s.to_node_id, s.geom,
            ST_Length(s.geom::geography)::real AS length_m,
            ST_LineInterpolatePoint(s.geom, 0.5) AS middle,
            t.urban_forward, t.urban_backward, t.rural_forward, t.rural_backward, t.bicycle_forward,
            t.bicycle_backward, t.foot_kmh, COALESCE(t.limited_modes, 0)::smallint AS limited_modes, t.built_up,
            r.length_m * 3.6 / t.duration_s AS timed_kmh
     FROM (SELECT DISTINCT ON (s.source_key, s.sequence) s.*
           FROM ${staged} s WHERE NOT ${hasAntipodalEdge('s.geom')}
           ORDER BY s.source_key, s.sequence) s
     JOIN geo.roads r ON r.source_key = s.source_key
     LEFT JOIN (SELECT DISTINCT ON (t.source_key) t.*
                FROM ${writer.tableName('travel')} t ORDER BY t.source_key) t ON t.source_key = s.source_key`,
  );
  await client.query(
    `CREATE INDEX ON ${measured} USING gist (geom) WHERE class IN ${streetClasses}`,
  );
  await client.query(`ANALYZE ${measured}`);
  await client.query(
    `CREATE UNLOGGED TABLE ${ready} AS
     SELECT e.road_id, e.sequence, e.from_node_id, e.to_node_id, e.geom, e.length_m, e.limited_modes, b.built_up,
            ${speed('CASE WHEN b.built_up THEN e.urban_forward ELSE e.rural_forward END')} AS car_kmh_forward,
            ${speed('CASE WHEN b.built_up THEN e.urban_backward ELSE e.rural_backward END')} AS car_kmh_backward,
            ${speed('e.bicycle_forward')} AS bicycle_kmh_forward,
            ${speed('e.bicycle_backward')} AS bicycle_kmh_backward,
            ${speed('e.foot_kmh')} AS foot_kmh
     FROM ${measured} e CROSS JOIN LATERAL (SELECT COALESCE(e.built_up, ${isInTown(measured)}) AS built_up) b`,
  );
  await client.query(`CREATE UNIQUE INDEX ON ${ready} (road_id, sequence)`);
  await client.query(`ANALYZE ${ready}`);
  return ready;
}

/** A ferry with a duration takes that long, whoever travels. */
function speed(kmh: string): string {
  return `(CASE WHEN ${kmh} IS NULL THEN NULL ELSE COALESCE(e.timed_kmh, ${kmh}) END)::real`;
}

/** Whether the middle of edge `e` lies on residential land, or among many streets. */
function isInTown(measured: string): string {
  const half = aroundM / metresPerDegree;
  const box = `ST_Expand(e.middle, ${half} / cos(radians(least(85, abs(ST_Y(e.middle))))), ${half})`;
  return `(EXISTS (SELECT FROM geo.land_cover l
                   WHERE l.kind = 'residential' AND ST_Intersects(l.geom, e.middle))
     OR ${townStreets} = (SELECT count(*) FROM (
          SELECT FROM ${measured} n WHERE n.class IN ${streetClasses} AND n.geom && ${box}
          LIMIT ${townStreets}) near))`;
}
