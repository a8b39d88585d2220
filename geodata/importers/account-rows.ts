import type { Queryable } from '../../server/db/database.js';
import type { ImportContext, ImportOutcome } from '../importer.js';
import type { StagingTable } from '../loaders/bulk-loader.js';
import { buildWaitingIndexes, indexWaitingTexts } from '../loaders/indexes-after.js';
import type { MergeCounts } from '../loaders/merge-rows.js';
import { rejectDuplicates, warnStaged } from '../loaders/staged-issues.js';
import type { RowMapper } from '../mapping/row-mapper.js';
import { matchStaged, type StagedMatches } from '../matching/match-staged.js';
import { matchStaleAccounts } from '../matching/match-stale.js';
import { stageAccounts, type AccountImport } from './stage-accounts.js';
import { writeAccounts } from './write-accounts.js';

/**
 * Brings a file of accounts into crm.accounts by external id, placed and matched. Fields that a person
 * corrected, and points that a person put, stay.
 *
 * New accounts with coordinates are matched before they are written, all rows are written in one
 * transaction, and what is left to place or to match follows in short ones of its own.
 */
export async function importAccountRows(request: AccountImport): Promise<ImportOutcome> {
  const { context } = request;
  const { database, progress, signal } = context;
  const { table, mapper, hasPoints } = await stageAccounts(request);
  if (mapper === undefined) return { inserted: 0, updated: 0, unchanged: 0 };
  await checkStaged(context, table, mapper);
  const matches =
    hasPoints && !context.isCheck ? await matchNewAccounts(context, table) : undefined;
  progress.stage('Writing accounts');
  let counts: MergeCounts;
  try {
    counts = await database.transaction(async (client) => {
      const written = await writeAccounts(client, {
        ...request,
        table,
        mapper,
        hasPoints,
        matches,
      });
      signal.throwIfAborted();
      return written;
    });
  } finally {
    await matches?.drop();
  }
  const left = await finishAccounts(context);
  const placements = await countPlacements(context, table, counts);
  return { ...counts, summary: { columns: mapper.columns, placements, ...left } };
}

/** Tells of keys that stand twice and of owners that are not known. */
async function checkStaged(
  context: ImportContext,
  table: StagingTable,
  mapper: RowMapper,
): Promise<void> {
  const { pool } = context.database;
  context.progress.stage('Checking accounts');
  await findOwners(pool, table, mapper);
  await context.stagingTransaction(async (client) => {
    await client.query(`SET LOCAL work_mem = '128MB'`);
    await rejectDuplicates(client, context, table, ['external_id']);
  });
  context.signal.throwIfAborted();
  if (!mapper.fields.includes('owner')) return;
  await warnStaged(pool, context, table, {
    where: 's.owner IS NOT NULL AND s.owner_id IS NULL',
    field: 'owner',
    value: 's.owner',
    reason: `'no user has this e-mail address; left without owner'`,
  });
}

/** Points a statement; on the embedded engine everybody waits for it. */
const matchChunkSizes = { postgres: 10_000, embedded: 500 } as const;

async function matchNewAccounts(
  { database, progress, signal }: ImportContext,
  table: StagingTable,
): Promise<StagedMatches | undefined> {
  progress.stage('Matching accounts');
  return matchStaged(
    database.pool,
    `SELECT s.line AS row_id, s.point::geometry(Point, 4326) AS geom FROM ${table.name} s
     WHERE s.point IS NOT NULL
       AND NOT EXISTS (SELECT FROM crm.accounts a WHERE a.external_id = s.external_id)`,
    {
      signal,
      chunkSize: matchChunkSizes[database.engine],
      progress: (done, total) => progress.fraction(done / Math.max(1, total)),
    },
  );
}

/**
 * Places and matches what was written without a match. The accounts are in by then: what does not get done
 * stays marked, and `catchment match --stale` or the next import does it.
 */
async function finishAccounts({
  database,
  progress,
  signal,
}: ImportContext): Promise<Readonly<Record<string, unknown>>> {
  try {
    progress.stage('Placing and matching accounts');
    await matchStaleAccounts(database, {
      signal,
      progress: (done, total) => progress.fraction(done / Math.max(1, total)),
    });
    progress.stage('Preparing search');
    await buildWaitingIndexes(database);
    await indexWaitingTexts(database, 'crm.accounts');
    return {};
  } catch (error) {
    return { matchingNotFinished: signal.aborted ? 'cancelled' : (error as Error).message };
  }
}

/** Sets `owner_id` of staged rows by the e-mail address of the user. */
async function findOwners(
  queryable: Queryable,
  table: StagingTable,
  mapper: RowMapper,
): Promise<void> {
  if (!mapper.fields.includes('owner')) return;
  await queryable.query(
    `UPDATE ${table.name} s SET owner_id = u.id FROM app.users u WHERE lower(u.email) = lower(s.owner)`,
  );
}

/** How the accounts of the file are placed. Those that the import wrote carry its number. */
async function countPlacements(
  { database, importId }: ImportContext,
  table: StagingTable,
  { unchanged }: MergeCounts,
): Promise<Readonly<Record<string, number>>> {
  const ofFile =
    unchanged === 0
      ? 'a.import_id = $1'
      : `a.external_id IN (SELECT s.external_id FROM ${table.name} s) AND $1 > 0`;
  const found = await database.rows<{ placement: string; accounts: number }>(
    `SELECT a.placement, count(*) AS accounts FROM crm.accounts a WHERE ${ofFile}
     GROUP BY a.placement ORDER BY a.placement`,
    [importId],
  );
  return Object.fromEntries(found.map(({ placement, accounts }) => [placement, accounts]));
}
