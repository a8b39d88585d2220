import type { Database } from '../../server/db/database.js';
import { placeAndMatchAccounts } from './match-accounts.js';
import type { MatchOptions, MatchReport } from './match-options.js';

/** Accounts a transaction: on the embedded engine everybody waits for it. */
const chunkSizes = { postgres: 5_000, embedded: 200 } as const;

/**
 * Places and matches the accounts that changed since they were matched, in short transactions by
 * themselves. What is done stays done when it is stopped: the rest keeps `matched_at` null, and the next
 * call goes on there. Throws the signal's reason when aborted.
 */
export async function matchStaleAccounts(
  database: Database,
  { signal, progress }: MatchOptions = {},
): Promise<MatchReport> {
  const counted = await database.row<{ total: number }>(
    'SELECT count(*) AS total FROM crm.accounts WHERE matched_at IS NULL',
  );
  const total = counted?.total ?? 0;
  let examined = 0;
  let changed = 0;
  let done = 0;
  for (let after = Number.MIN_SAFE_INTEGER; ;) {
    signal?.throwIfAborted();
    const ids = await staleIds(database, after);
    const last = ids.at(-1);
    if (last === undefined) return { examined, changed };
    const report = await database.transaction((client) => placeAndMatchAccounts(client, ids));
    examined += report.examined;
    changed += report.changed;
    done += ids.length;
    progress?.(Math.min(done, total), total);
    after = last;
  }
}

async function staleIds(database: Database, after: number): Promise<number[]> {
  const rows = await database.rows<{ account_id: number }>(
    `SELECT account_id FROM crm.accounts WHERE matched_at IS NULL AND account_id > $1
     ORDER BY account_id LIMIT $2`,
    [after, chunkSizes[database.engine]],
  );
  return rows.map(({ account_id: id }) => id);
}
