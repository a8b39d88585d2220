import type { PoolClient } from 'pg';
import type { AccountFilter } from '../../contract/account-filter.js';
import type { Database } from '../../db/database.js';
import type { RowPolicy } from '../../policy/row-policy.js';
import { SqlParameters } from '../../policy/sql-parameters.js';
import { accountConditions } from '../accounts/account-conditions.js';
import {
  accountColumns,
  accountRowsFrom,
  type ExportColumn,
  type ExportRow,
  type SqlColumn,
} from './export-columns.js';

const ROWS_A_PAGE = 1_000;

/** Where data come from and under which licence. */
export type DataSource = { readonly source: string | null; readonly licence: string | null };

/** A set of accounts as it was at one moment. */
export type AccountExport = {
  /** Name of the project. */
  readonly title: string;
  readonly columns: readonly ExportColumn[];
  /** How many rows `pages` gives. */
  readonly total: number;
  /** [west, south, east, north] of the points, EPSG:4326; null where no account has one. */
  readonly bounds: readonly [number, number, number, number] | null;
  /** Of the points, and of what was loaded into the project, as regions, roads and zones come from there. */
  readonly sources: readonly DataSource[];
  /** The rows in the order of their ids; to be read once, before `work` ends. */
  readonly pages: AsyncIterable<readonly ExportRow[]>;
};

type ExportRequest = {
  readonly filter: Partial<AccountFilter>;
  readonly policy: RowPolicy;
  /** Ends the statement that runs, and with it the export. */
  readonly signal: AbortSignal;
};

/**
 * Gives `work` every account in the filter that the policy shows, placed or not.
 *
 * All of it is read from one snapshot, so that total, bounds and rows agree whatever is written meanwhile; rows
 * come through a cursor, a page at a time. The snapshot lives until `work` is done. Throws what `work` throws,
 * and the reason of the signal.
 */
export async function exportAccounts(
  database: Database,
  request: ExportRequest,
  work: (accounts: AccountExport) => Promise<void>,
): Promise<void> {
  const { signal } = request;
  signal.throwIfAborted();
  await database.transaction(async (client) => {
    await client.query('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY');
    const stopListening = await cancelOnAbort(database, client, signal);
    try {
      await work(await openExport(client, request));
      signal.throwIfAborted();
    } finally {
      stopListening();
    }
  });
}

async function openExport(client: PoolClient, request: ExportRequest): Promise<AccountExport> {
  const columns = await accountColumns(client);
  const summary = await summarise(client, request);
  return { ...summary, columns, pages: readPages(client, columns, request) };
}

type SourceRow = DataSource & {
  readonly accounts: number;
  readonly west: number | null;
  readonly south: number | null;
  readonly east: number | null;
  readonly north: number | null;
};

async function summarise(
  client: PoolClient,
  { filter, policy }: ExportRequest,
): Promise<Omit<AccountExport, 'columns' | 'pages'>> {
  const parameters = new SqlParameters();
  const { rows } = await client.query<SourceRow>(
    `SELECT source, licence, accounts, ST_XMin(box) AS west, ST_YMin(box) AS south,
            ST_XMax(box) AS east, ST_YMax(box) AS north
     FROM (SELECT a.placement_source AS source, a.placement_licence AS licence,
             count(*)::int AS accounts, ST_Extent(a.geom) AS box
           FROM crm.accounts a WHERE ${accountConditions(filter, policy, parameters)}
           GROUP BY 1, 2) s
     ORDER BY source, licence`,
    parameters.values,
  );
  const project = await client.query<{ name: string | null }>(
    `SELECT value ->> 'name' AS name FROM app.settings WHERE name = 'project'`,
  );
  const loaded = await client.query<DataSource>(
    `SELECT DISTINCT options ->> 'source' AS source, options ->> 'licence' AS licence
     FROM app.imports WHERE status = 'succeeded' ORDER BY 1, 2`,
  );
  return {
    title: project.rows[0]?.name ?? 'Catchment',
    total: rows.reduce((sum, { accounts }) => sum + accounts, 0),
    bounds: boundsOf(rows),
    sources: distinctSources([...rows, ...loaded.rows]),
  };
}

function distinctSources(sources: readonly DataSource[]): DataSource[] {
  const known = sources.filter(({ source, licence }) => source !== null || licence !== null);
  const byKey = new Map(
    known.map(({ source, licence }) => [`${source}\n${licence}`, { source, licence }]),
  );
  return [...byKey.values()];
}

function boundsOf(rows: readonly SourceRow[]): AccountExport['bounds'] {
  const boxes = rows.flatMap(({ west, south, east, north }) =>
    west === null || south === null || east === null || north === null
      ? []
      : [{ west, south, east, north }],
  );
  if (boxes.length === 0) return null;
  return [
    Math.min(...boxes.map(({ west }) => west)),
    Math.min(...boxes.map(({ south }) => south)),
    Math.max(...boxes.map(({ east }) => east)),
    Math.max(...boxes.map(({ north }) => north)),
  ];
}

async function* readPages(
  client: PoolClient,
  columns: readonly SqlColumn[],
  { filter, policy, signal }: ExportRequest,
): AsyncGenerator<readonly ExportRow[]> {
  const parameters = new SqlParameters();
  await client.query(
    `DECLARE account_rows NO SCROLL CURSOR FOR
     SELECT ${columns.map(({ expression }) => expression).join(', ')}
     FROM crm.accounts a ${accountRowsFrom}
     WHERE ${accountConditions(filter, policy, parameters)}
     ORDER BY a.account_id`,
    parameters.values,
  );
  for (;;) {
    signal.throwIfAborted();
    const { rows } = await client.query<ExportRow>({
      text: `FETCH ${ROWS_A_PAGE} FROM account_rows`,
      rowMode: 'array',
    } as never);
    if (rows.length > 0) yield rows;
    if (rows.length < ROWS_A_PAGE) return;
  }
}

/** Lets an abort end the statement that runs; the embedded engine, which cannot, ends at the next page. */
async function cancelOnAbort(
  database: Database,
  client: PoolClient,
  signal: AbortSignal,
): Promise<() => void> {
  if (database.engine === 'embedded') return () => undefined;
  const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
  const cancel = () => {
    // Where the statement is done by then, or the database is away, there is nothing to cancel.
    database.pool.query('SELECT pg_cancel_backend($1)', [rows[0]?.pid]).catch(() => undefined);
  };
  signal.addEventListener('abort', cancel, { once: true });
  return () => signal.removeEventListener('abort', cancel);
}
