import { principalOf } from '../../auth/principal.js';
import {
  accountDetailSchema,
  accountListQuery,
  accountListSchema,
  accountPatchBody,
  accountSummaryQuery,
  accountSummarySchema,
  nearestAccountsQuery,
  nearestAccountsSchema,
} from '../../contract/accounts.js';
import { accountStorySchema } from '../../contract/account-story.js';
import { idParams } from '../../contract/common.js';
import type { AppDependencies } from '../../dependencies.js';
import type { App } from '../../http/app.js';
import { listEvents, monthlySales, topProducts } from './account-story.repository.js';
import { similarAccounts } from './similar-accounts.js';
import { findAccount } from './account-detail.repository.js';
import { accountNotFound } from './change-visible-account.js';
import { followChange } from './follow-change.js';
import { listAccounts } from './account-list.repository.js';
import { describeNearest } from './nearest-accounts.repository.js';
import { patchAccount } from './patch-account.service.js';

/** Money in the column store is whole hundredths. */
const HUNDREDTHS = 100;

/** Accounts within the asker's policy: list, totals, one of them, and corrections. */
export async function accountRoutes(app: App, deps: AppDependencies): Promise<void> {
  const { database, stores } = deps;
  const tags = ['Accounts'];

  app.get(
    '/api/accounts',
    { schema: { tags, querystring: accountListQuery, response: { 200: accountListSchema } } },
    async (request) => {
      const { policy } = principalOf(request);
      await stores.freshen();
      const page = await listAccounts(database, request.query, policy);
      return { ...page, total: stores.summary(request.query, policy, 'count').total };
    },
  );

  app.get(
    '/api/accounts/summary',
    { schema: { tags, querystring: accountSummaryQuery, response: { 200: accountSummarySchema } } },
    async (request) => {
      const { measure } = request.query;
      await stores.freshen();
      const sums = stores.summary(request.query, principalOf(request).policy, measure);
      const unit = measure === 'count' ? 1 : HUNDREDTHS;
      const { total, placed, notPlaced } = sums;
      return {
        total,
        placed,
        notPlaced,
        measure,
        value: sums.value / unit,
        placedValue: sums.placedValue / unit,
      };
    },
  );

  app.get(
    '/api/accounts/nearest',
    {
      schema: { tags, querystring: nearestAccountsQuery, response: { 200: nearestAccountsSchema } },
    },
    async (request) => {
      const { lon, lat, limit, ...filter } = request.query;
      const { policy } = principalOf(request);
      await stores.freshen();
      const nearest = stores.accounts.nearest(stores.select(filter, policy), [lon, lat], limit);
      return { items: await describeNearest(database, nearest, policy) };
    },
  );

  app.get(
    '/api/accounts/:id',
    { schema: { tags, params: idParams, response: { 200: accountDetailSchema } } },
    async (request) => {
      const account = await findAccount(database, request.params.id, principalOf(request).policy);
      if (!account) throw accountNotFound();
      return account;
    },
  );

  app.get(
    '/api/accounts/:id/story',
    { schema: { tags, params: idParams, response: { 200: accountStorySchema } } },
    async (request) => {
      const { policy } = principalOf(request);
      const account = await findAccount(database, request.params.id, policy);
      if (!account) throw accountNotFound();
      await stores.freshen();
      const [months, products, events, similar] = await Promise.all([
        monthlySales(database, account.id),
        topProducts(database, account.id),
        listEvents(database, account.id),
        similarAccounts(deps, account, policy),
      ]);
      return { months, products, events, similar };
    },
  );

  app.patch(
    '/api/accounts/:id',
    {
      schema: {
        tags,
        params: idParams,
        body: accountPatchBody,
        response: { 200: accountDetailSchema },
      },
    },
    async (request) => {
      const principal = principalOf(request);
      const { policy } = principal;
      const { id } = request.params;
      await patchAccount(database, id, request.body, principal);
      await followChange(deps, request.log);
      const account = await findAccount(database, id, policy);
      if (!account) throw accountNotFound();
      return account;
    },
  );
}
