import { z } from 'zod';
import { principalOf } from '../../auth/principal.js';
import { accountFilter } from '../../contract/account-filter.js';
import {
  bulkEditBody,
  bulkEditSchema,
  bulkPreviewSchema,
  type BulkChanges,
  type BulkTarget,
} from '../../contract/bulk-edits.js';
import { idParams } from '../../contract/common.js';
import type { AppDependencies } from '../../dependencies.js';
import { AppError } from '../../errors.js';
import type { App } from '../../http/app.js';
import { AccountTable } from '../accounts/account-table.js';
import { assertUser } from '../accounts/patch-account.service.js';
import {
  createBulkEdit,
  findBulkEdit,
  listBulkEdits,
  listChangedIds,
} from './bulk-edits.repository.js';
import { BulkRunner } from './bulk-runner.js';
import { changeAccounts, restoreAccounts, type Editor } from './change-accounts.js';
import { previewChanges } from './preview.repository.js';

const MAX_ACCOUNTS = 100_000_000;

/** Changes of many accounts at once: look first, run with progress, cancel, take back. */
export async function bulkEditRoutes(
  app: App,
  { database, stores }: AppDependencies,
): Promise<void> {
  const tags = ['Bulk edits'];
  const runner = new BulkRunner(database);
  app.addHook('onClose', () => runner.stop());

  const idsOf = async (target: BulkTarget, editor: Editor): Promise<readonly number[]> => {
    if ('ids' in target) return [...new Set(target.ids)];
    const filter = accountFilter.safeParse(Object.fromEntries(new URLSearchParams(target.filter)));
    if (!filter.success) throw new AppError('validation', 'target.filter: not understood');
    await stores.freshen();
    const table = new AccountTable(stores, new Map());
    const list = await table.list({ filter: filter.data }, 'name', editor.policy);
    const except = new Set(target.except);
    return list.ids(0, MAX_ACCOUNTS, false).filter((id) => !except.has(id));
  };

  const assertAllowed = async ({ owner }: BulkChanges, { role, userId }: Editor) => {
    if (typeof owner === 'string') await assertUser(database.pool, owner);
    if (role !== 'prospector' || owner === undefined || owner === userId) return;
    throw new AppError('forbidden', 'Only a manager or planner gives accounts to somebody else.');
  };

  app.post(
    '/api/bulk-edits/preview',
    { schema: { tags, body: bulkEditBody, response: { 200: bulkPreviewSchema } } },
    async (request) => {
      const editor = principalOf(request);
      const { target, changes } = request.body;
      await assertAllowed(changes, editor);
      return previewChanges(database, await idsOf(target, editor), changes, editor);
    },
  );

  app.post(
    '/api/bulk-edits',
    { schema: { tags, body: bulkEditBody, response: { 202: bulkEditSchema } } },
    async (request, reply) => {
      const editor = principalOf(request);
      const { target, changes } = request.body;
      await assertAllowed(changes, editor);
      const ids = await idsOf(target, editor);
      const id = await createBulkEdit(database, { editor, changes, total: ids.length });
      runner.start(id, ids, (client, edit, part) =>
        changeAccounts(client, edit, part, { changes, editor }),
      );
      return reply.status(202).send(await findOwn(id, editor));
    },
  );

  app.get(
    '/api/bulk-edits',
    { schema: { tags, response: { 200: z.array(bulkEditSchema) } } },
    async (request) => listBulkEdits(database, principalOf(request).userId),
  );

  app.get(
    '/api/bulk-edits/:id',
    { schema: { tags, params: idParams, response: { 200: bulkEditSchema } } },
    async (request) => findOwn(request.params.id, principalOf(request)),
  );

  app.post(
    '/api/bulk-edits/:id/cancel',
    { schema: { tags, params: idParams, response: { 200: bulkEditSchema } } },
    async (request) => {
      const edit = await findOwn(request.params.id, principalOf(request));
      runner.cancel(edit.id);
      return edit;
    },
  );

  app.post(
    '/api/bulk-edits/:id/undo',
    { schema: { tags, params: idParams, response: { 202: bulkEditSchema } } },
    async (request, reply) => {
      const editor = principalOf(request);
      const edit = await findOwn(request.params.id, editor);
      if (edit.status === 'running' || edit.undoneBy !== null) {
        throw new AppError('conflict', 'It is still running, or was taken back already.');
      }
      const undoOf = edit.id;
      const ids = await listChangedIds(database, undoOf);
      const id = await createBulkEdit(database, { editor, changes: {}, total: ids.length, undoOf });
      runner.start(id, ids, (client, undo, part) =>
        restoreAccounts(client, undo, part, { undoOf, editor }),
      );
      return reply.status(202).send(await findOwn(id, editor));
    },
  );

  const findOwn = async (id: number, { userId }: Pick<Editor, 'userId'>) => {
    const edit = await findBulkEdit(database, id, userId);
    if (!edit) throw new AppError('not_found', 'There is no such change, or it is not yours.');
    return edit;
  };
}
