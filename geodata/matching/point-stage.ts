import { randomUUID } from 'node:crypto';
import type { Queryable } from '../../server/db/database.js';

/** Points laid out along a space-filling curve, with the deepest region of each. */
export type PointStage = {
  /** Table (position, row_id, geom); positions run from 1. */
  readonly points: string;
  /** Table (position, region_id), only rows inside a region. */
  readonly regions: string;
  /** Name for a table of what else is found; made by who needs it. */
  readonly found: string;
  readonly count: number;
};

/**
 * Copies the points of `source`, a query for (row_id, geom), into a working table of its own name.
 *
 * A real unlogged table and not a temporary one: the connections of the embedded engine share a
 * session. Remove it with `dropPointStage`; in a transaction a rollback does so too.
 */
export async function createPointStage(
  queryable: Queryable,
  source: string,
  values: readonly unknown[],
): Promise<PointStage> {
  await dropAbandonedStages(queryable);
  const madeSeconds = Math.floor(Date.now() / 1000);
  const name = `crm.matching_${madeSeconds}_${randomUUID().slice(0, 8)}`;
  const points = name;
  const regions = `${name}_regions`;
  await queryable.query(
    `CREATE UNLOGGED TABLE ${points} (position integer, row_id bigint, geom geometry(Point, 4326))`,
  );
  const inserted = await queryable.query(
    `INSERT INTO ${points} (position, row_id, geom)
     SELECT row_number() OVER (ORDER BY s.geom, s.row_id), s.row_id, s.geom FROM (${source}) s`,
    [...values],
  );
  await queryable.query(`CREATE UNIQUE INDEX ON ${points} (position)`);
  await queryable.query(`CREATE UNLOGGED TABLE ${regions} (position integer, region_id bigint)`);
  return { points, regions, found: `${name}_found`, count: inserted.rowCount ?? 0 };
}

export async function dropPointStage(queryable: Queryable, stage: PointStage): Promise<void> {
  await queryable.query(`DROP TABLE IF EXISTS ${stage.points}, ${stage.regions}, ${stage.found}`);
}

const abandonedAfterSeconds = 24 * 3600;

/** Drops what a process that was killed left behind; the name tells when a table was made. */
async function dropAbandonedStages(queryable: Queryable): Promise<void> {
  const { rows } = await queryable.query<{ tablename: string }>(
    `SELECT tablename FROM pg_tables
     WHERE schemaname = 'crm' AND tablename ~ '^matching_[0-9]+_[0-9a-f]{8}(_regions|_found)?$'
       AND split_part(tablename, '_', 2)::bigint < extract(epoch FROM now()) - $1`,
    [abandonedAfterSeconds],
  );
  for (const { tablename } of rows) await queryable.query(`DROP TABLE IF EXISTS crm.${tablename}`);
}
