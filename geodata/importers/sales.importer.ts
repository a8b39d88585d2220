import { z } from 'zod';
import type { Queryable } from '../../server/db/database.js';
import { defineImporter, type ImportContext, type ImportSource } from '../importer.js';
import type { StagingTable } from '../loaders/bulk-loader.js';
import { countRows, withIndexesAfter } from '../loaders/indexes-after.js';
import { mergeRows, type MergeColumn } from '../loaders/merge-rows.js';
import { rejectDuplicates, rejectStaged } from '../loaders/staged-issues.js';
import { mapOption } from '../mapping/mapping.js';
import type { RowMapper } from '../mapping/row-mapper.js';
import { fileOptions } from '../import-source.js';
import { stageMapped, type Staged } from '../mapping/stage-mapped.js';
import { lineFields, saleFields, saleWithLineFields } from './sale-fields.js';
import { mergeSaleLines } from './sale-lines.js';

const salesOptions = z.object({
  ...fileOptions,
  map: mapOption,
  lines: z.string().optional().describe('File of order lines, where FILE has the orders only'),
  linesMap: mapOption,
});

type SalesOptions = z.output<typeof salesOptions>;

/** Orders with their lines, in one file or two. */
export const salesImporter = defineImporter({
  name: 'sales',
  describe: 'Orders and their lines: one row a line, or a file of orders and one of lines (CSV)',
  options: salesOptions,
  fields: saleWithLineFields,
  checkedMerges: 2,
  run: importSales,
});

async function importSales(source: ImportSource, options: SalesOptions, context: ImportContext) {
  const { database, progress, signal } = context;
  const orders = await stageMapped(context, {
    source,
    options,
    purpose: 'sales',
    fields: options.lines === undefined ? saleWithLineFields : saleFields,
  });
  const lines =
    options.lines === undefined
      ? orders
      : await stageMapped(context, {
          source: { path: options.lines },
          options: { ...options, map: options.linesMap },
          purpose: 'lines',
          fields: lineFields,
        });
  if (orders.mapper === undefined) return { inserted: 0, updated: 0, unchanged: 0 };
  const hasOneFile = lines === orders;
  progress.stage('Writing sales');
  return database.transaction(async (client) => {
    await client.query(`SET LOCAL work_mem = '128MB'`);
    await rejectUnknownAccounts(client, context, orders.table);
    if (!hasOneFile) await rejectDuplicates(client, context, orders.table, ['external_id']);
    else await rejectOtherHeads(client, context, orders.table);
    const counts = await mergeSales(client, orders, context, hasOneFile);
    progress.stage('Writing order lines');
    const lineCounts = await mergeSaleLines(client, context, lines, hasOneFile);
    const linked = counts.inserted > 0 ? await linkPayments(client) : 0;
    const without = await countWithoutLines(client, orders.table);
    signal.throwIfAborted();
    return {
      ...counts,
      summary: {
        columns: columnsOf(orders.mapper, lines.mapper),
        lines: lineCounts,
        salesWithoutLines: without,
        paymentsLinked: linked,
      },
    };
  });
}

function columnsOf(orders: RowMapper | undefined, lines: RowMapper | undefined) {
  return orders === lines
    ? { sales: orders?.columns }
    : { sales: orders?.columns, lines: lines?.columns };
}

async function rejectUnknownAccounts(
  client: Queryable,
  context: ImportContext,
  table: StagingTable,
): Promise<void> {
  await client.query(`ALTER TABLE ${table.name} ADD account_id bigint`);
  await client.query(
    `UPDATE ${table.name} s SET account_id = a.account_id
     FROM crm.accounts a WHERE a.external_id = s.account`,
  );
  await client.query(`ANALYZE ${table.name}`);
  await rejectStaged(client, context, table, {
    where: 's.account_id IS NULL',
    field: 'account',
    value: 's.account',
    reason: `'no account has this external id'`,
  });
}

/** In a file with one row a line, all rows of an order must tell the same account and time. */
async function rejectOtherHeads(
  client: Queryable,
  context: ImportContext,
  table: StagingTable,
): Promise<void> {
  await rejectStaged(client, context, table, {
    where: `EXISTS (
      SELECT 1 FROM (SELECT DISTINCT ON (external_id) external_id, account_id, ordered_at
        FROM ${table.name} ORDER BY external_id, line) h
      WHERE h.external_id = s.external_id
        AND ROW(h.account_id, h.ordered_at) IS DISTINCT FROM ROW(s.account_id, s.ordered_at))`,
    field: 'external_id',
    value: 's.external_id',
    reason: `'has another account or time than the first line of this order'`,
  });
}

async function mergeSales(
  client: Queryable,
  { table, mapper }: Staged,
  context: ImportContext,
  hasOneFile: boolean,
) {
  const optional = ['status', 'channel'].filter((field) => mapper?.fields.includes(field));
  const columns: Record<string, MergeColumn> = {
    account_id: {},
    ordered_at: {},
    ...Object.fromEntries(optional.map((field) => [field, {}])),
  };
  const bulk = {
    table: 'crm.sales',
    rows: await countRows(client, table.name),
    columns: ['external_id', ...Object.keys(columns)],
  };
  return withIndexesAfter(client, bulk, () =>
    mergeRows(client, {
      target: 'crm.sales',
      key: ['external_id'],
      columns,
      stamps: { import_id: String(context.importId) },
      updateStamps: { updated_at: 'now()' },
      source: hasOneFile
        ? `(SELECT DISTINCT ON (external_id) * FROM ${table.name} ORDER BY external_id, line)`
        : table.name,
    }),
  );
}

/** Connects payments that waited for their sale. */
async function linkPayments(client: Queryable): Promise<number> {
  const waiting = await client.query<{ count: number }>(
    `SELECT count(*) AS count FROM crm.payments p
     JOIN crm.sales s ON s.external_id = p.sale_external_id WHERE p.sale_id IS NULL`,
  );
  const count = waiting.rows[0]?.count ?? 0;
  if (count === 0) return 0;
  await client.query(
    `UPDATE crm.payments p SET sale_id = s.sale_id
     FROM crm.sales s WHERE s.external_id = p.sale_external_id AND p.sale_id IS NULL`,
  );
  return count;
}

async function countWithoutLines(client: Queryable, table: StagingTable): Promise<number> {
  const found = await client.query<{ count: number }>(
    `SELECT count(*) AS count FROM crm.sales x
     WHERE x.external_id IN (SELECT external_id FROM ${table.name})
       AND NOT EXISTS (SELECT 1 FROM crm.sale_lines l WHERE l.sale_id = x.sale_id)`,
  );
  return found.rows[0]?.count ?? 0;
}
