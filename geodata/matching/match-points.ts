import type { Queryable } from '../../server/db/database.js';
import { clearStatement, matchStatement, type MatchAspect } from './account-columns.js';
import { h3CellText } from './h3-cells.js';
import type { MatchOptions, MatchReport } from './match-options.js';
import { createPointStage, dropPointStage, stageRegions, type PointStage } from './point-stage.js';

/** Which accounts to match: a condition over alias `a` of crm.accounts with its parameters from $1. */
type AccountCondition = {
  readonly condition: string;
  readonly values: readonly unknown[];
};

type Point = { account_id: number; lon: number; lat: number };

/** Up to here accounts are looked up one by one: a few ms each, without a working table. */
const directLimit = 500;

/** Large enough that a statement's own cost vanishes, small enough to cancel within seconds. */
const chunkSize = 10_000;

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
async function listPoints(queryable: Queryable, accounts: AccountCondition): Promise<Point[]> {
  const { rows } = await queryable.query<Point>(
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
  points: readonly Point[],
  aspects: readonly MatchAspect[],
): Promise<MatchReport> {
  if (points.length === 0) return { examined: 0, changed: 0 };
  const source = `
    SELECT a.account_id, a.geom, r.region_id
    FROM crm.accounts a
    LEFT JOIN LATERAL geo.region_at(a.geom) r ON true
    WHERE a.account_id = ANY ($1)`;
  const updated = await queryable.query(matchStatement(aspects, source), cellParameters(points));
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
  const statement = matchStatement(
    aspects,
    `SELECT s.row_id AS account_id, s.geom, t.region_id
     FROM ${stage.points} s
     LEFT JOIN ${stage.regions} t ON t.position = s.position
     WHERE s.position BETWEEN $3 AND $4`,
  );
  let changed = 0;
  for (let first = 1; first <= stage.count; first += chunkSize) {
    options.signal?.throwIfAborted();
    const last = Math.min(first + chunkSize - 1, stage.count);
    const points = aspects.includes('cell')
      ? await stagedPoints(queryable, stage, first, last)
      : [];
    const updated = await queryable.query(statement, [...cellParameters(points), first, last]);
    changed += updated.rowCount ?? 0;
    options.progress?.(last, stage.count);
  }
  return changed;
}

async function stagedPoints(
  queryable: Queryable,
  stage: PointStage,
  first: number,
  last: number,
): Promise<Point[]> {
  const { rows } = await queryable.query<Point>(
    `SELECT row_id AS account_id, ST_X(geom) AS lon, ST_Y(geom) AS lat
     FROM ${stage.points} WHERE position BETWEEN $1 AND $2`,
    [first, last],
  );
  return rows;
}

function cellParameters(points: readonly Point[]): [number[], string[]] {
  return [
    points.map((point) => point.account_id),
    points.map((point) => h3CellText(point.lon, point.lat)),
  ];
}
