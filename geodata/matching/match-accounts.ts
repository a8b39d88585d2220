import type { Queryable } from '../../server/db/database.js';
import { placeAccounts, scopeCondition, type AccountScope } from '../placing/place-accounts.js';
import { allAspects } from './account-columns.js';
import type { MatchOptions, MatchReport } from './match-options.js';
import { matchPoints } from './match-points.js';

/**
 * Places accounts (by coordinates, address, street, postcode or town) and matches them to region, building, road,
 * business zone, population density and H3 cell. Only rows that differ are written.
 *
 * Scope: ids, `'stale'` (never matched, or moved since) or `'all'`. A few ids take milliseconds, so an
 * edit can call it in its own transaction. Throws the signal's reason when aborted.
 */
export async function placeAndMatchAccounts(
  queryable: Queryable,
  scope: AccountScope,
  options: MatchOptions = {},
): Promise<MatchReport> {
  await placeAccounts(queryable, scope, options.signal);
  return matchAccounts(queryable, scope, options);
}

/** As `placeAndMatchAccounts` for accounts whose points are known to be right. */
export async function matchAccounts(
  queryable: Queryable,
  scope: AccountScope,
  options: MatchOptions = {},
): Promise<MatchReport> {
  const { sql, values } = scopeCondition(scope);
  return matchPoints(queryable, { condition: sql, values }, allAspects, options);
}
