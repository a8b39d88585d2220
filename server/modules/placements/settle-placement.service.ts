import { placeAndMatchAccounts } from '../../../geodata/matching/match-accounts.js';
import { decidePlacement } from '../../../geodata/placing/decide-placement.js';
import type { PlacementDecision } from '../../contract/placements.js';
import type { Database } from '../../db/database.js';
import { AppError } from '../../errors.js';
import type { RowPolicy } from '../../policy/row-policy.js';
import { changeVisibleAccount } from '../accounts/change-visible-account.js';

/**
 * Puts an account where a person says it is, locks it there and matches it, in one transaction.
 *
 * Throws not_found for an account that is not there or not visible, and conflict where there is nothing to
 * confirm, the candidate is gone, or the account would leave the asker's sight.
 */
export async function settlePlacement(
  database: Database,
  accountId: number,
  decision: PlacementDecision,
  policy: RowPolicy,
): Promise<void> {
  await changeVisibleAccount(database, accountId, policy, async (client) => {
    if (!(await decidePlacement(client, accountId, decision))) throw nothingThere(decision);
    await placeAndMatchAccounts(client, [accountId]);
  });
}

function nothingThere({ kind }: PlacementDecision): AppError {
  return new AppError(
    'conflict',
    kind === 'confirm'
      ? 'The account has no point that could be confirmed. Choose one.'
      : 'This candidate is gone: the address was looked up again. Load the list anew.',
  );
}
