import type { NearestRow } from '../../column-store/nearest.js';
import type { NearestAccounts } from '../../contract/accounts.js';
import type { Database } from '../../db/database.js';
import { toSqlCondition, type RowPolicy } from '../../policy/row-policy.js';
import { SqlParameters } from '../../policy/sql-parameters.js';
import { accountRowColumns, accountRowJoins } from './account-list.repository.js';

type Row = Omit<NearestAccounts['items'][number], 'updatedAt' | 'distanceM'> & {
  readonly updatedAt: Date;
};

/** The rows of the accounts found, in the order found; without those that went or that the policy hides by now. */
export async function describeNearest(
  database: Database,
  nearest: readonly NearestRow[],
  policy: RowPolicy,
): Promise<NearestAccounts['items']> {
  if (nearest.length === 0) return [];
  const parameters = new SqlParameters();
  const ids = parameters.add(nearest.map(({ id }) => id));
  const rows = await database.preparedRows<Row>(
    `SELECT ${accountRowColumns} FROM crm.accounts a ${accountRowJoins}
     WHERE a.account_id = ANY (${ids}::bigint[]) AND ${toSqlCondition(policy, parameters)}`,
    parameters.values,
  );
  const rowOf = new Map(rows.map((row) => [row.id, row]));
  return nearest.flatMap(({ id, distanceM }) => {
    const row = rowOf.get(id);
    return row ? [{ ...row, updatedAt: row.updatedAt.toISOString(), distanceM }] : [];
  });
}
