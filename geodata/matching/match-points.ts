import type { Queryable } from '../../server/db/database.js';
import {
  clearStatement,
  matchStatement,
  type MatchAspect,
  type MatchWay,
} from './account-columns.js';
import { cellParameters, matchChunks, stagedPointsSql } from './match-chunks.js';
import type { MatchOptions, MatchReport } from './match-options.js';
import type { PointToMatch } from './nearest/find-nearest.js';
import { createPointStage, dropPointStage, type PointStage } from './point-stage.js';
import { stageRegions } from './regions/stage-regions.js';

/** Which accounts to match: a condition over alias `a` of crm.accounts with its parameters from $1. */
type AccountCondition = {
  readonly condition: string;
  readonly values: readonly unknown[];
};

/** Up to here accounts are looked up one by one: a few ms each, without a working table. */
const directLimit = 500;

/**
 * Finds the given aspects of every placed account that meets the condition, and writes the rows that
 * differ; accounts without a point lose what was found before.
 */
export async function matchPoints(
  queryable: Queryable,
  accounts: AccountCondition,
  aspects: readonly MatchAspect[],
  options: MatchOptions = {},
): Promise<MatchReport> {
  const cleared = await queryable.query(clearStatement(accounts.condition), [...accounts.values]);
  const points = await listPoints(queryable, accounts);
  const matched =
    points.length <= directLimit
      ? await matchDirectly(queryable, points, aspects)
      : await matchInChunks(queryable, accounts, aspects, options);
  return {
    examined: points.length <= directLimit ? points.length : matched.examined,
    changed: (cleared.rowCount ?? 0) + matched.changed,
  };
}

/** At most one point more than the direct limit: enough to know which way to go. */
async function listPoints(
  queryable: Queryable,
  accounts: AccountCondition,
): Promise<PointToMatch[]> {
  const { rows } = await queryable.query<PointToMatch>(
    `SELECT a.account_id, ST_X(a.geom) AS lon, ST_Y(a.geom) AS lat
     FROM crm.accounts a
     WHERE a.geom IS NOT NULL AND (${accounts.condition})
     LIMIT ${directLimit + 1}`,
    [...accounts.values],
  );
  return rows;
}

async function matchDirectly(
  queryable: Queryable,
  points: readonly PointToMatch[],
  aspects: readonly MatchAspect[],
): Promise<MatchReport> {
  if (points.length === 0) return { examined: 0, changed: 0 };
  const source = `
    SELECT a.account_id, a.geom, r.region_id, 0 AS position
    FROM crm.accounts a
    LEFT JOIN LATERAL geo.region_at(a.geom) r ON true
    WHERE a.account_id = ANY ($1)`;
  const updated = await queryable.query(
    matchStatement({ aspects, points: source, way: 'singly' }),
    cellParameters(points),
  );
  return { examined: points.length, changed: updated.rowCount ?? 0 };
}

async function matchInChunks(
  queryable: Queryable,
  accounts: AccountCondition,
  aspects: readonly MatchAspect[],
  options: MatchOptions,
): Promise<MatchReport> {
  const stage = await createPointStage(
    queryable,
    `SELECT a.account_id AS row_id, a.geom FROM crm.accounts a
     WHERE a.geom IS NOT NULL AND (${accounts.condition})`,
    accounts.values,
  );
  try {
    const changed = await matchStage(queryable, stage, aspects, options);
    await dropPointStage(queryable, stage);
    return { examined: stage.count, changed };
  } catch (error) {
    // Inside a failed transaction the drop fails too; the rollback then removes the table.
    await dropPointStage(queryable, stage).catch(() => undefined);
    throw error;
  }
}

async function matchStage(
  queryable: Queryable,
  stage: PointStage,
  aspects: readonly MatchAspect[],
  options: MatchOptions,
): Promise<number> {
  if (aspects.includes('region')) await stageRegions(queryable, stage, options.signal);
  const points = stagedPointsSql(stage);
  const statementFor = (way: MatchWay) => matchStatement({ aspects, points, way });
  return matchChunks(queryable, stage, { aspects, statementFor }, options);
}
