import type { Queryable } from '../../server/db/database.js';
import type { ZoneKind } from '../osm/classify-zone.js';

/** Business land use as a source has it. */
export type ZonePart = {
  readonly id: number;
  readonly key: string;
  readonly kind: ZoneKind;
  readonly name: string | null;
  readonly areaM2: number;
  readonly importId: number | null;
};

/** Two parts that share more than a border. */
export type Overlap = {
  readonly a: number;
  readonly b: number;
  /** m² that both cover. */
  readonly areaM2: number;
};

/** Parts that share less than this, m², count as neighbours: borders that were drawn twice. */
const leastOverlapM2 = 1;

/** Every part, smallest first; of equal ones the one whose key comes first. */
export async function listParts(queryable: Queryable): Promise<ZonePart[]> {
  const { rows } = await queryable.query<ZonePart>(
    `SELECT part_id AS id, source_key AS key, kind, name, COALESCE(area_m2, 0)::float8 AS "areaM2",
            import_id AS "importId"
     FROM geo.zone_parts ORDER BY area_m2, source_key`,
  );
  return rows;
}

/** Every pair of parts that overlap. */
export async function listOverlaps(queryable: Queryable): Promise<Overlap[]> {
  const { rows } = await queryable.query<Overlap>(
    `SELECT a, b, metres AS "areaM2"
     FROM (
       SELECT p.part_id AS a, q.part_id AS b,
              ST_Area(ST_CollectionExtract(ST_Intersection(p.geom, q.geom), 3)::geography) AS metres
       FROM geo.zone_parts p
       JOIN geo.zone_parts q ON q.geom && p.geom AND q.part_id > p.part_id
       WHERE ST_Intersects(p.geom, q.geom) AND NOT ST_Touches(p.geom, q.geom)
     ) shared
     WHERE metres >= ${leastOverlapM2}`,
  );
  return rows;
}
