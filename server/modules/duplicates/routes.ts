import { principalOf } from '../../auth/principal.js';
import { accountDetailSchema } from '../../contract/accounts.js';
import { idParams } from '../../contract/common.js';
import { duplicatesSchema, mergeBody } from '../../contract/duplicates.js';
import type { AppDependencies } from '../../dependencies.js';
import type { App } from '../../http/app.js';
import { findAccount } from '../accounts/account-detail.repository.js';
import { accountNotFound } from '../accounts/change-visible-account.js';
import { followChange } from '../accounts/follow-change.js';
import { findDuplicates, listMerges } from './find-duplicates.repository.js';
import { mergeAccounts, undoMerge } from './merge-accounts.service.js';

/** Accounts that may be the same, making them one, and taking that back. */
export async function duplicateRoutes(app: App, deps: AppDependencies): Promise<void> {
  const { database } = deps;
  const tags = ['Duplicates'];

  app.get(
    '/api/accounts/:id/duplicates',
    { schema: { tags, params: idParams, response: { 200: duplicatesSchema } } },
    async (request) => {
      const { policy } = principalOf(request);
      const { id } = request.params;
      if (!(await findAccount(database, id, policy))) throw accountNotFound();
      const [items, merges] = await Promise.all([
        findDuplicates(database, id, policy),
        listMerges(database, id),
      ]);
      return { items, merges };
    },
  );

  app.post(
    '/api/accounts/:id/merge',
    {
      schema: { tags, params: idParams, body: mergeBody, response: { 200: accountDetailSchema } },
    },
    async (request) => {
      const editor = principalOf(request);
      const { id } = request.params;
      await mergeAccounts(database, id, request.body, editor);
      await followChange(deps, request.log);
      const account = await findAccount(database, id, editor.policy);
      if (!account) throw accountNotFound();
      return account;
    },
  );

  app.post(
    '/api/account-merges/:id/undo',
    { schema: { tags, params: idParams, response: { 200: accountDetailSchema } } },
    async (request) => {
      const editor = principalOf(request);
      const survivorId = await undoMerge(database, request.params.id, editor);
      await followChange(deps, request.log);
      const account = await findAccount(database, survivorId, editor.policy);
      if (!account) throw accountNotFound();
      return account;
    },
  );
}
