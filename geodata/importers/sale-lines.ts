import type { Queryable } from '../../server/db/database.js';
import type { ImportContext } from '../importer.js';
import type { StagingTable } from '../loaders/bulk-loader.js';
import { countRows, withIndexesAfter } from '../loaders/indexes-after.js';
import { mergeRows, type MergeCounts } from '../loaders/merge-rows.js';
import { rejectDuplicates, rejectStaged, warnStaged } from '../loaders/staged-issues.js';
import type { Staged } from '../mapping/stage-mapped.js';

export type LineCounts = MergeCounts & { readonly removed: number };

/**
 * Brings staged order lines to their sales, and removes lines that the file does not have any more for
 * the sales it names. A line whose product is not known stays, without product, so that totals are right.
 */
export async function mergeSaleLines(
  client: Queryable,
  context: ImportContext,
  { table, mapper }: Staged,
  hasOneFile: boolean,
): Promise<LineCounts> {
  const isNumbered = mapper?.fields.includes('line_number') ?? false;
  await findSalesAndProducts(client, table, isNumbered);
  if (!hasOneFile) {
    await rejectStaged(client, context, table, {
      where: 's.sale_id IS NULL',
      field: 'external_id',
      value: 's.external_id',
      reason: `'file of lines: the order is not in the file of orders, or was rejected'`,
    });
  }
  await rejectStaged(client, context, table, {
    where: 's.revenue IS NULL AND s.unit_price IS NULL',
    field: 'revenue',
    value: 's.external_id',
    reason: `'neither revenue nor unit price is given'`,
  });
  await numberLines(client, table);
  await rejectDuplicates(client, context, table, ['external_id', 'number']);
  await warnStaged(client, context, table, {
    where: 's.product IS NOT NULL AND s.product_id IS NULL',
    field: 'product',
    value: 's.product',
    reason: `'no product has this external id; the line is kept without product'`,
  });
  return writeLines(client, table);
}

/** Sets sale, product and the number given of every line, all at once: each update writes the whole table. */
async function findSalesAndProducts(
  client: Queryable,
  table: StagingTable,
  isNumbered: boolean,
): Promise<void> {
  await client.query(
    `ALTER TABLE ${table.name} ADD sale_id bigint, ADD product_id bigint, ADD number integer`,
  );
  await client.query(
    `UPDATE ${table.name} s
     SET sale_id = x.sale_id, product_id = x.product_id, number = ${isNumbered ? 's.line_number' : 'NULL'}
     FROM (SELECT l.ctid AS row_id, o.sale_id, p.product_id
           FROM ${table.name} l
           LEFT JOIN crm.sales o ON o.external_id = l.external_id
           LEFT JOIN crm.products p ON p.external_id = l.product) x
     WHERE x.row_id = s.ctid`,
  );
  await client.query(`ANALYZE ${table.name}`);
}

/** Numbers the lines that the file does not number, after those of the same order that it does. */
async function numberLines(client: Queryable, table: StagingTable): Promise<void> {
  const open = await client.query(`SELECT 1 FROM ${table.name} WHERE number IS NULL LIMIT 1`);
  if (open.rows.length === 0) return;
  await client.query(
    `UPDATE ${table.name} s SET number = n.number
     FROM (SELECT ctid AS row_id,
             COALESCE(max(number) OVER (PARTITION BY external_id), 0)
               + row_number() OVER (PARTITION BY external_id, number IS NULL ORDER BY line) AS number
           FROM ${table.name}) n
     WHERE n.row_id = s.ctid AND s.number IS NULL`,
  );
}

async function writeLines(client: Queryable, table: StagingTable): Promise<LineCounts> {
  const gone = `crm.sale_lines l
    WHERE l.sale_id IN (SELECT sale_id FROM ${table.name})
      AND NOT EXISTS (SELECT 1 FROM ${table.name} s
                      WHERE s.sale_id = l.sale_id AND s.number = l.line_number)`;
  const surplus = await client.query<{ count: number }>(`SELECT count(*) AS count FROM ${gone}`);
  const removed = surplus.rows[0]?.count ?? 0;
  if (removed > 0) await client.query(`DELETE FROM ${gone}`);
  const columns = { product_id: {}, quantity: {}, revenue: {}, cost: {} };
  const bulk = {
    table: 'crm.sale_lines',
    rows: await countRows(client, table.name),
    columns: ['sale_id', 'line_number', ...Object.keys(columns)],
  };
  const counts = await withIndexesAfter(client, bulk, () =>
    mergeRows(client, {
      target: bulk.table,
      key: ['sale_id', 'line_number'],
      columns,
      source: `(SELECT sale_id, number AS line_number, product_id,
          COALESCE(quantity, 1)::numeric(14, 3) AS quantity,
          COALESCE(revenue, unit_price * COALESCE(quantity, 1))::numeric(14, 2) AS revenue,
          cost::numeric(14, 2) AS cost
        FROM ${table.name})`,
    }),
  );
  return { ...counts, removed };
}
