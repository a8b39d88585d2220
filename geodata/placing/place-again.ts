import type { Database } from '../../server/db/database.js';
import { matchStaleAccounts } from '../matching/match-stale.js';
import type { MatchOptions } from '../matching/match-options.js';
import { placeByAddress, placedByUs } from './place-by-address.js';

/** Accounts a transaction: on the embedded engine everybody waits for it. */
const chunkSizes = { postgres: 2_000, embedded: 200 } as const;

/** Accounts that what was loaded since may place, or place better. */
const mayGain = `${placedByUs}
  AND (a.placement_status IS DISTINCT FROM 'certain' OR a.placement <> 'address')
  AND (a.street IS NOT NULL OR a.placement IN ('not_placed', 'place')
       AND (a.city IS NOT NULL OR a.postcode IS NOT NULL))`;

/**
 * Looks up again the accounts that are not placed by a certain address, after addresses, roads, postcodes or
 * towns were loaded, and matches those that moved. Short transactions: what is done stays done when it is
 * stopped. Answers how many changed; throws the signal's reason when aborted.
 */
export async function placeAgain(
  database: Database,
  { signal, progress }: MatchOptions = {},
): Promise<number> {
  const counted = await database.row<{ total: number }>(
    `SELECT count(*) AS total FROM crm.accounts a WHERE ${mayGain}`,
  );
  const total = counted?.total ?? 0;
  let changed = 0;
  let done = 0;
  for (let after = Number.MIN_SAFE_INTEGER; total > 0;) {
    signal?.throwIfAborted();
    const ids = await nextIds(database, after);
    const last = ids.at(-1);
    if (last === undefined) break;
    changed += await database.transaction((client) =>
      placeByAddress(client, { condition: 'a.account_id = ANY ($1::bigint[])', values: [ids] }),
    );
    done += ids.length;
    progress?.(Math.min(done, total), total);
    after = last;
  }
  if (changed > 0) await matchStaleAccounts(database, { ...(signal && { signal }) });
  return changed;
}

async function nextIds(database: Database, after: number): Promise<number[]> {
  const rows = await database.rows<{ account_id: number }>(
    `SELECT a.account_id FROM crm.accounts a WHERE ${mayGain} AND a.account_id > $1
     ORDER BY a.account_id LIMIT $2`,
    [after, chunkSizes[database.engine]],
  );
  return rows.map(({ account_id: id }) => id);
}
