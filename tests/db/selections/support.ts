import type { ColumnStores } from '../../../server/column-store/column-stores.js';
import type { SelectionDefinition } from '../../../server/contract/selections.js';
import type { Database } from '../../../server/db/database.js';
import { accountConditions } from '../../../server/modules/accounts/account-conditions.js';
import { createSelection } from '../../../server/modules/selections/selections.repository.js';
import type { RowPolicy } from '../../../server/policy/row-policy.js';
import { SqlParameters } from '../../../server/policy/sql-parameters.js';

const all: RowPolicy = { kind: 'all' };

/** Stores a selection of somebody; its id. */
export function aSelection(database: Database, definition: SelectionDefinition): Promise<number> {
  return database.transaction((client) => createSelection(client, 'somebody', { definition }));
}

/** Ids in a selection as SQL tells, in order. */
export async function idsBySql(database: Database, selection: number): Promise<number[]> {
  const parameters = new SqlParameters();
  const condition = accountConditions({ selection: [selection] }, all, parameters);
  const rows = await database.rows<{ id: number }>(
    `SELECT a.account_id AS id FROM crm.accounts a WHERE ${condition} ORDER BY 1`,
    parameters.values,
  );
  return rows.map(({ id }) => id);
}

/** Ids in a selection as the column store tells, in order. */
export async function idsByStore(stores: ColumnStores, selection: number): Promise<number[]> {
  await stores.catchUp();
  await stores.useSelection(selection);
  const { testOf } = stores.select({ selection: [selection] }, all);
  const { frozen, added } = stores.accounts.tables;
  const ids = new Set<number>();
  const changed = new Set<number>();
  for (let row = 0; row < added.length; row++) changed.add(added.ids[row]!);
  for (let row = 0; row < frozen.length; row++) {
    if (!changed.has(frozen.ids[row]!) && testOf(frozen)!(row)) ids.add(frozen.ids[row]!);
  }
  const testAdded = testOf(added)!;
  for (let row = 0; row < added.length; row++) {
    const id = added.ids[row]!;
    if (testAdded(row)) ids.add(id);
    else ids.delete(id);
  }
  return [...ids].sort((one, other) => one - other);
}
