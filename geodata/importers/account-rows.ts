import type { Database, Queryable } from '../../server/db/database.js';
import type { ImportContext, ImportOutcome, ImportSource } from '../importer.js';
import type { StagingTable } from '../loaders/bulk-loader.js';
import { mergeRows, type MergeColumn } from '../loaders/merge-rows.js';
import { rejectDuplicates, warnStaged } from '../loaders/staged-issues.js';
import type { RowMapper } from '../mapping/row-mapper.js';
import { stageMapped } from '../mapping/stage-mapped.js';
import { placeAndMatchAccounts } from '../matching/match-accounts.js';
import { projectBounds } from '../values/project-bounds.js';
import { accountFields } from './account-fields.js';
import type { AccountOptions } from './accounts.importer.js';
import { rowPoint } from './row-point.js';

export type AccountImport = {
  readonly source: ImportSource;
  readonly options: AccountOptions;
  readonly context: ImportContext;
  /** Of new accounts where the file does not say. */
  readonly lifecycle: 'customer' | 'lead';
};

/** Columns of crm.accounts that carry the name of their field. */
const plainFields = Object.keys(accountFields).filter(
  (field) => !['external_id', 'owner', 'lon', 'lat', 'name'].includes(field),
);

/**
 * Brings a file of accounts into crm.accounts by external id, then places and matches those that changed.
 * Fields that a person corrected, and points that a person put, stay.
 */
export async function importAccountRows(request: AccountImport): Promise<ImportOutcome> {
  const { source, options, context } = request;
  const { database, issues, progress, signal } = context;
  const bounds = await projectBounds(database.pool);
  let hasPoints = false;
  const { table, mapper } = await stageMapped(context, {
    source,
    options,
    purpose: 'accounts',
    fields: accountFields,
    extra: {
      columns: { point: 'geometry', owner_id: 'text' },
      values: (row, mapped) => {
        if (row.geometry) hasPoints = true;
        const point = rowPoint(row, mapped, { bounds, issues });
        return point instanceof Promise ? point.then(() => [null, null]) : [point, null];
      },
    },
  });
  if (mapper === undefined) return { inserted: 0, updated: 0, unchanged: 0 };
  hasPoints ||= mapper.fields.includes('lon');
  progress.stage('Writing accounts');
  await findOwners(database, table, mapper);
  return database.transaction(async (client) => {
    await rejectDuplicates(client, context, table, ['external_id']);
    if (mapper.fields.includes('owner')) {
      await warnStaged(client, context, table, {
        where: 's.owner IS NOT NULL AND s.owner_id IS NULL',
        field: 'owner',
        value: 's.owner',
        reason: `'no user has this e-mail address; left without owner'`,
      });
    }
    await addPlacement(client, table, { source, precision: options.precision });
    const counts = await mergeRows(client, {
      target: 'crm.accounts',
      key: ['external_id'],
      columns: {
        ...fieldColumns(mapper, request.lifecycle),
        ...(hasPoints ? pointColumns(options.precision) : {}),
      },
      stamps: { import_id: String(context.importId), matched_at: 'NULL' },
      updateStamps: { updated_at: 'now()' },
      insertOnly: mapper.fields.includes('lifecycle')
        ? {}
        : { lifecycle: `'${request.lifecycle}'` },
      source: table.name,
    });
    if (counts.inserted + counts.updated > 0) await placeAndMatch(client, context);
    signal.throwIfAborted();
    return { ...counts, summary: await summarise(client, table, mapper) };
  });
}

async function placeAndMatch(client: Queryable, context: ImportContext): Promise<void> {
  context.progress.stage('Placing and matching accounts');
  await placeAndMatchAccounts(client, 'stale', {
    signal: context.signal,
    progress: (done, total) => context.progress.fraction(done / Math.max(1, total)),
  });
}

/** Sets `owner_id` of staged rows by the e-mail address of the user. */
async function findOwners(
  database: Database,
  table: StagingTable,
  mapper: RowMapper,
): Promise<void> {
  if (!mapper.fields.includes('owner')) return;
  await database.pool.query(
    `UPDATE ${table.name} s SET owner_id = u.id FROM app.users u WHERE lower(u.email) = lower(s.owner)`,
  );
}

type PlacementRequest = { readonly source: ImportSource; readonly precision: string };

async function addPlacement(
  client: Queryable,
  table: StagingTable,
  { source, precision }: PlacementRequest,
): Promise<void> {
  await client.query(
    `ALTER TABLE ${table.name} ADD placement text, ADD placement_source text, ADD placement_licence text`,
  );
  await client.query(
    `UPDATE ${table.name} SET placement = $1, placement_source = $2, placement_licence = $3
     WHERE point IS NOT NULL`,
    [precision, source.source ?? null, source.licence ?? null],
  );
}

function fieldColumns(mapper: RowMapper, lifecycle: string): Record<string, MergeColumn> {
  const columns: Record<string, MergeColumn> = {
    name: {
      value: 'COALESCE(s.name, s.external_id)',
      updateValue: mapper.fields.includes('name') ? 'COALESCE(s.name, t.name)' : 't.name',
      keepWhen: isLocked('name'),
    },
  };
  for (const field of plainFields) {
    if (mapper.fields.includes(field)) columns[field] = plainColumn(field, lifecycle);
  }
  if (mapper.fields.includes('owner')) columns['owner_id'] = { keepWhen: isLocked('owner_id') };
  if (mapper.hasAttributes) columns['attributes'] = { keepWhen: isLocked('attributes') };
  return columns;
}

/** `kind` and `lifecycle` cannot be empty: where the file leaves them out, what was there stays. */
function plainColumn(field: string, lifecycle: string): MergeColumn {
  const keepWhen = isLocked(field);
  if (field === 'kind') {
    return {
      keepWhen,
      value: `COALESCE(s.kind, 'organisation')`,
      updateValue: 'COALESCE(s.kind, t.kind)',
    };
  }
  if (field === 'lifecycle') {
    return {
      keepWhen,
      value: `COALESCE(s.lifecycle, '${lifecycle}')`,
      updateValue: 'COALESCE(s.lifecycle, t.lifecycle)',
    };
  }
  return { keepWhen };
}

/** A row without a good point leaves points that were found in another way than by this file's kind. */
function pointColumns(precision: string): Record<string, MergeColumn> {
  const keepWhen = `t.placement_locked OR (s.point IS NULL AND t.placement <> '${precision}')`;
  return {
    geom: { value: 's.point::geometry(Point, 4326)', keepWhen },
    placement: { value: `COALESCE(s.placement, 'not_placed')`, keepWhen },
    placement_source: { keepWhen },
    placement_licence: { keepWhen },
  };
}

function isLocked(column: string): string {
  return `'${column}' = ANY (t.locked_fields)`;
}

async function summarise(client: Queryable, table: StagingTable, mapper: RowMapper) {
  const found = await client.query<{ placement: string; accounts: number }>(
    `SELECT a.placement, count(*) AS accounts
     FROM crm.accounts a JOIN ${table.name} s ON s.external_id = a.external_id
     GROUP BY a.placement ORDER BY a.placement`,
  );
  const placements = found.rows.map(({ placement, accounts }) => [placement, accounts]);
  return { columns: mapper.columns, placements: Object.fromEntries(placements) };
}
