import type { Queryable } from '../../server/db/database.js';
import { columnsOf, findStatement, type MatchAspect, type MatchWay } from './account-columns.js';
import { matchChunks, stagedPointsSql } from './match-chunks.js';
import type { MatchOptions } from './match-options.js';
import { createPointStage, dropPointStage, type PointStage } from './point-stage.js';
import { stageRegions } from './regions/stage-regions.js';

/** What was found about points that are not accounts yet. */
export type StagedMatches = {
  /** Table (row_id, position along a space-filling curve, and `columns`), one row a point. */
  readonly table: string;
  /** Matched columns of crm.accounts; those of layers without a feature are left out. */
  readonly columns: readonly string[];
  readonly drop: () => Promise<void>;
};

/**
 * Finds region, density, building, road and zone of the points of `source`, a query for (row_id, geom),
 * before they are written: an account that arrives with its match is written once.
 *
 * Undefined where no layer has a feature to match to. Works in many short statements of its own; call it
 * outside a transaction. Throws the signal's reason when aborted.
 */
export async function matchStaged(
  queryable: Queryable,
  source: string,
  options: MatchOptions = {},
): Promise<StagedMatches | undefined> {
  const aspects = await aspectsWithFeatures(queryable);
  if (aspects.length === 0) return undefined;
  const stage = await createPointStage(queryable, source, []);
  try {
    await findAll(queryable, stage, aspects, options);
  } catch (error) {
    await dropPointStage(queryable, stage);
    throw error;
  }
  return {
    table: stage.found,
    columns: columnsOf(aspects),
    drop: () => dropPointStage(queryable, stage),
  };
}

async function findAll(
  queryable: Queryable,
  stage: PointStage,
  aspects: readonly MatchAspect[],
  options: MatchOptions,
): Promise<void> {
  const columns = columnsOf(aspects).map((name) => `a.${name}`);
  await queryable.query(
    `CREATE UNLOGGED TABLE ${stage.found} AS
     SELECT 0::bigint AS row_id, 0 AS position, ${columns.join(', ')} FROM crm.accounts a WHERE false`,
  );
  if (aspects.includes('region')) await stageRegions(queryable, stage, options.signal);
  const points = stagedPointsSql(stage);
  const statementFor = (way: MatchWay) => findStatement({ aspects, points, way }, stage.found);
  await matchChunks(queryable, stage, { aspects, statementFor }, options);
  await queryable.query(`ANALYZE ${stage.found}`);
}

async function aspectsWithFeatures(queryable: Queryable): Promise<MatchAspect[]> {
  const { rows } = await queryable.query<Record<'region' | 'building' | 'road' | 'zone', boolean>>(
    `SELECT EXISTS (SELECT FROM geo.region_pieces) AS region,
       EXISTS (SELECT FROM geo.buildings) AS building,
       EXISTS (SELECT FROM geo.roads) AS road,
       EXISTS (SELECT FROM geo.business_zones) AS zone`,
  );
  const [present] = rows;
  return (['region', 'building', 'road', 'zone'] as const).filter((aspect) => present?.[aspect]);
}
