import { z } from 'zod';
import { principalOf } from '../../auth/principal.js';
import {
  ownerSchema,
  tableGroupsQuery,
  tableGroupsSchema,
  tableIdsQuery,
  tableIdsSchema,
  tableRowsQuery,
  tableRowsSchema,
} from '../../contract/account-table.js';
import type { AppDependencies } from '../../dependencies.js';
import type { App } from '../../http/app.js';
import { AccountTable, isDescending } from './account-table.js';
import { readOwnerNames, readTableRows } from './table-rows.repository.js';

/** Accounts as a table: any part of the sorted list by its position, and counts and sums by group. */
export async function accountTableRoutes(app: App, deps: AppDependencies): Promise<void> {
  const { database, stores } = deps;
  const tags = ['Accounts'];

  const openTable = async () => {
    await stores.freshen();
    return new AccountTable(stores, await readOwnerNames(database));
  };

  app.get(
    '/api/accounts/rows',
    { schema: { tags, querystring: tableRowsQuery, response: { 200: tableRowsSchema } } },
    async (request) => {
      const { policy } = principalOf(request);
      const { sort, group, groupValue, offset, limit, ...filter } = request.query;
      const table = await openTable();
      const list = await table.list({ filter, group, groupValue }, sort, policy);
      const ids = list.ids(offset, limit, isDescending(sort));
      return { items: await readTableRows(database, ids, policy), offset, total: list.length };
    },
  );

  app.get(
    '/api/accounts/ids',
    { schema: { tags, querystring: tableIdsQuery, response: { 200: tableIdsSchema } } },
    async (request) => {
      const { policy } = principalOf(request);
      const { sort, group, groupValue, offset, limit, ...filter } = request.query;
      const table = await openTable();
      const list = await table.list({ filter, group, groupValue }, sort, policy);
      return { ids: list.ids(offset, limit, isDescending(sort)), total: list.length };
    },
  );

  app.get('/api/owners', { schema: { tags, response: { 200: z.array(ownerSchema) } } }, async () =>
    [...(await readOwnerNames(database))].map(([id, name]) => ({ id, name })),
  );

  app.get(
    '/api/accounts/groups',
    { schema: { tags, querystring: tableGroupsQuery, response: { 200: tableGroupsSchema } } },
    async (request) => {
      const { policy } = principalOf(request);
      const { by, ...filter } = request.query;
      const table = await openTable();
      const items = table.groups(filter, by, policy);
      const { total } = stores.summary(filter, policy, 'count');
      return { total, overlapping: by === 'tag', items };
    },
  );
}
