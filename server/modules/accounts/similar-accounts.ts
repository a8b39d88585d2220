import type { ColumnStores } from '../../column-store/column-stores.js';
import { NONE, type AccountFilter } from '../../contract/account-filter.js';
import type { AccountDetail } from '../../contract/accounts.js';
import type { AccountStory } from '../../contract/account-story.js';
import type { Database } from '../../db/database.js';
import type { RowPolicy } from '../../policy/row-policy.js';
import { describeNearest } from './nearest-accounts.repository.js';
import { readTableRows } from './table-rows.repository.js';

const SIMILAR = 6;

/**
 * The accounts most like one: of the same kind, segment, housing type and kind of business zone, the nearest to
 * it first. None where it is not on the map.
 */
export async function similarAccounts(
  { database, stores }: { readonly database: Database; readonly stores: ColumnStores },
  account: AccountDetail,
  policy: RowPolicy,
): Promise<AccountStory['similar']> {
  const { id, lon, lat } = account;
  if (lon === null || lat === null) return [];
  const filter = {
    kind: [account.kind],
    segment: [account.segment ?? NONE],
    housingType: [account.housingType ?? NONE],
    zoneKind: [account.zoneKind ?? NONE],
  } as Partial<AccountFilter>;
  const selection = stores.select(filter, policy);
  const nearest = stores.accounts
    .nearest(selection, [lon, lat], SIMILAR + 1)
    .filter((row) => row.id !== id)
    .slice(0, SIMILAR);
  const rows = await describeNearest(database, nearest, policy);
  const sold = await readTableRows(
    database,
    rows.map((row) => row.id),
    policy,
  );
  const revenueOf = new Map(sold.map((row) => [row.id, row.revenue12m]));
  return rows.map((row) => ({ ...row, revenue12m: revenueOf.get(row.id) ?? 0 }));
}
