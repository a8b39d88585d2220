import type { Database, Queryable } from '../../db/database.js';
import { AppError } from '../../errors.js';
import type { RowPolicy } from '../../policy/row-policy.js';
import { lockVisibleAccount } from './account-detail.repository.js';

/**
 * Changes an account that the asker may see, in one transaction, which is undone where the change would take the
 * account out of their sight (conflict). Throws not_found for one that is not there or not visible.
 */
export async function changeVisibleAccount(
  database: Database,
  accountId: number,
  policy: RowPolicy,
  change: (client: Queryable) => Promise<void>,
): Promise<void> {
  await database.transaction(async (client) => {
    if (!(await lockVisibleAccount(client, accountId, policy))) throw accountNotFound();
    await change(client);
    if (await lockVisibleAccount(client, accountId, policy)) return;
    throw new AppError(
      'conflict',
      'With this change the account would no longer be among those that you may see. Ask a planner.',
    );
  });
}

/** The same answer for an account that is not there and for one that the asker may not see. */
export function accountNotFound(): AppError {
  return new AppError('not_found', 'There is no such account, or it is not yours to see.');
}
