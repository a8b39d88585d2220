import { projectToday } from '../../column-store/accounts.source.js';
import type { TableRow } from '../../contract/account-table.js';
import type { Database } from '../../db/database.js';
import { toSqlCondition, type RowPolicy } from '../../policy/row-policy.js';
import { SqlParameters } from '../../policy/sql-parameters.js';
import { accountRowColumns, accountRowJoins } from './account-list.repository.js';

type Row = Omit<TableRow, 'updatedAt' | 'lastOrderedAt'> & {
  readonly updatedAt: Date;
  readonly lastOrderedAt: Date | null;
};

/** Rows of the table by id, in the order of the ids; without those that went or that the policy hides by now. */
export async function readTableRows(
  database: Database,
  ids: readonly number[],
  policy: RowPolicy,
): Promise<TableRow[]> {
  if (ids.length === 0) return [];
  const parameters = new SqlParameters();
  const rows = await database.rows<Row>(
    `SELECT ${accountRowColumns}, a.email, a.phone, sold.*
     FROM crm.accounts a ${accountRowJoins}
     CROSS JOIN LATERAL (
       SELECT COALESCE(sum(l.revenue), 0) AS revenue,
         COALESCE(sum(l.revenue) FILTER (WHERE s.ordered_at >= ${projectToday} - interval '12 months'
           AND s.ordered_at < ${projectToday} + interval '1 day'), 0) AS revenue12m,
         max(s.ordered_at) AS "lastOrderedAt"
       FROM crm.sales s JOIN crm.sale_lines l USING (sale_id) WHERE s.account_id = a.account_id
     ) sold
     WHERE a.account_id = ANY (${parameters.add(ids)}::bigint[])
       AND ${toSqlCondition(policy, parameters)}`,
    parameters.values,
  );
  const rowOf = new Map(rows.map((row) => [row.id, row]));
  return ids.flatMap((id) => {
    const row = rowOf.get(id);
    return row ? [toTableRow(row)] : [];
  });
}

function toTableRow(row: Row): TableRow {
  return {
    ...row,
    updatedAt: row.updatedAt.toISOString(),
    lastOrderedAt: row.lastOrderedAt?.toISOString() ?? null,
  };
}

/** Names of everybody who may own accounts, by id. */
export async function readOwnerNames(database: Database): Promise<ReadonlyMap<string, string>> {
  const users = await database.rows<{ id: string; name: string }>(
    'SELECT id, name FROM app.users ORDER BY name, id',
  );
  return new Map(users.map(({ id, name }) => [id, name]));
}
