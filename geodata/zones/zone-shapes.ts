import { randomUUID } from 'node:crypto';
import type { Queryable } from '../../server/db/database.js';
import type { ZonePlan } from './plan-zones.js';

/** Working tables of one run; a rollback removes them, `dropZoneShapes` else. */
export type ZoneShapes = {
  /** (part_id, part_ids, cutter_ids, geom): one row a zone; geom is null where smaller ones cover it. */
  readonly zones: string;
  /** (part_id, area_m2, geom): slivers that cutting left. */
  readonly slivers: string;
};

export type SliverReport = {
  readonly merged: number;
  readonly mergedM2: number;
  readonly dropped: number;
  readonly droppedM2: number;
};

const chunkZones = 100;

/** What cutting leaves of a zone counts as a sliver when nobody could use it as ground. */
const sliverM2 = 25;
const thinSliverM2 = 2_500;
const thinMetres = 3;

/** Cuts the shapes of planned zones; `progress` is told how many are done. */
export async function cutZones(
  queryable: Queryable,
  plans: readonly ZonePlan[],
  { signal, progress }: { signal?: AbortSignal | undefined; progress?: (done: number) => void },
): Promise<ZoneShapes> {
  // A table and not a temporary one: the connections of the embedded engine share a session.
  const name = `app.zone_work_${randomUUID().slice(0, 8)}`;
  const shapes = { zones: name, slivers: `${name}_slivers` };
  await queryable.query(
    `CREATE UNLOGGED TABLE ${shapes.zones} (part_id bigint PRIMARY KEY, part_ids bigint[],
       cutter_ids bigint[], geom geometry)`,
  );
  await queryable.query(
    `CREATE UNLOGGED TABLE ${shapes.slivers} (part_id bigint, area_m2 double precision, geom geometry)`,
  );
  for (let start = 0; start < plans.length; start += chunkZones) {
    signal?.throwIfAborted();
    await cutChunk(queryable, shapes, plans.slice(start, start + chunkZones));
    progress?.(Math.min(plans.length, start + chunkZones));
  }
  await queryable.query(`CREATE INDEX ON ${shapes.zones} USING gist (geom)`);
  await queryable.query(`ANALYZE ${shapes.zones}`);
  return shapes;
}

export async function dropZoneShapes(queryable: Queryable, shapes: ZoneShapes): Promise<void> {
  await queryable.query(`DROP TABLE ${shapes.zones}, ${shapes.slivers}`);
}

async function cutChunk(
  queryable: Queryable,
  shapes: ZoneShapes,
  plans: readonly ZonePlan[],
): Promise<void> {
  const idArray = (ids: readonly number[]) => `{${ids.join(',')}}`;
  const ids = plans.map(({ part }) => part.id);
  await queryable.query(
    `INSERT INTO ${shapes.zones} (part_id, part_ids, cutter_ids, geom)
     SELECT p.part_id, p.part_ids::bigint[], p.cutter_ids::bigint[],
            CASE WHEN p.cutter_ids = '{}' THEN whole.geom
                 ELSE ST_CollectionExtract(ST_Difference(whole.geom, cutter.geom), 3) END
     FROM unnest($1::bigint[], $2::text[], $3::text[]) AS p (part_id, part_ids, cutter_ids)
     CROSS JOIN LATERAL (SELECT CASE WHEN count(*) = 1 THEN (array_agg(z.geom))[1] ELSE ST_Union(z.geom) END AS geom
                         FROM geo.zone_parts z WHERE z.part_id = ANY (p.part_ids::bigint[])) whole
     CROSS JOIN LATERAL (SELECT ST_Union(z.geom) AS geom FROM geo.zone_parts z
                         WHERE z.part_id = ANY (p.cutter_ids::bigint[])) cutter`,
    [
      ids,
      plans.map(({ part, absorbed }) => idArray([part.id, ...absorbed.map(({ id }) => id)])),
      plans.map(({ cutters }) => idArray(cutters.map(({ id }) => id))),
    ],
  );
  await queryable.query(
    `INSERT INTO ${shapes.slivers} (part_id, area_m2, geom)
     SELECT z.part_id, m.area_m2, piece.geom
     FROM ${shapes.zones} z
     CROSS JOIN LATERAL ST_Dump(z.geom) piece
     CROSS JOIN LATERAL (SELECT ST_Area(piece.geom::geography) AS area_m2,
                                ST_Perimeter(piece.geom::geography) AS perimeter OFFSET 0) m
     WHERE z.part_id = ANY ($1) AND z.cutter_ids <> '{}'
       AND (m.area_m2 < ${sliverM2}
            OR (m.area_m2 < ${thinSliverM2} AND 2 * m.area_m2 < ${thinMetres} * m.perimeter))`,
    [ids],
  );
  await queryable.query(
    `UPDATE ${shapes.zones} z
     SET geom = (SELECT ST_Multi(ST_Collect(piece.geom)) FROM ST_Dump(z.geom) piece
                 WHERE NOT EXISTS (SELECT FROM ${shapes.slivers} s
                                   WHERE s.part_id = z.part_id AND s.geom ~= piece.geom
                                     AND ST_Equals(s.geom, piece.geom)))
     WHERE z.part_id = ANY ($1) AND z.cutter_ids <> '{}'`,
    [ids],
  );
}

/** Gives each sliver to the zone with which it shares the longest border; drops those that border none. */
export async function mergeSlivers(
  queryable: Queryable,
  { zones, slivers }: ZoneShapes,
): Promise<SliverReport> {
  const { rows } = await queryable.query<SliverReport>(
    `WITH target AS MATERIALIZED (
       SELECT s.part_id AS sliver_of, s.area_m2, s.geom, best.part_id
       FROM ${slivers} s
       LEFT JOIN LATERAL (
         SELECT z.part_id
         FROM ${zones} z
         CROSS JOIN LATERAL (
           SELECT ST_Length(ST_Intersection(ST_Boundary(s.geom), ST_Buffer(z.geom, 1e-7))::geography) AS metres
           OFFSET 0
         ) border
         WHERE z.geom && ST_Expand(s.geom, 1e-6) AND border.metres > 0.1
         ORDER BY border.metres DESC, z.part_id
         LIMIT 1
       ) best ON true
     ), merged AS (
       UPDATE ${zones} z
       SET geom = ST_CollectionExtract(ST_Union(z.geom, t.geom), 3), part_ids = z.part_ids || t.part_ids
       FROM (SELECT part_id, ST_Union(geom) AS geom, array_agg(DISTINCT sliver_of) AS part_ids
             FROM target WHERE part_id IS NOT NULL GROUP BY 1) t
       WHERE z.part_id = t.part_id
     )
     SELECT count(part_id) AS merged, COALESCE(sum(area_m2) FILTER (WHERE part_id IS NOT NULL), 0) AS "mergedM2",
            count(*) FILTER (WHERE part_id IS NULL) AS dropped,
            COALESCE(sum(area_m2) FILTER (WHERE part_id IS NULL), 0) AS "droppedM2"
     FROM target`,
  );
  return rows[0] ?? { merged: 0, mergedM2: 0, dropped: 0, droppedM2: 0 };
}
