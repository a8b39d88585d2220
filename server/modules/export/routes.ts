import { principalOf } from '../../auth/principal.js';
import { accountFilter } from '../../contract/account-filter.js';
import type { AppDependencies } from '../../dependencies.js';
import type { App } from '../../http/app.js';
import { sendCsv } from '../../http/csv-reply.js';
import { exportAccounts } from './account-export.repository.js';

/** GET /api/exports/accounts.csv: exactly the accounts in the filter that the asker may see. */
export async function exportRoutes(app: App, { database }: AppDependencies): Promise<void> {
  app.get(
    '/api/exports/accounts.csv',
    { schema: { tags: ['Exports'], querystring: accountFilter } },
    async (request, reply) => {
      const { policy } = principalOf(request);
      const { header, pages } = await exportAccounts(database, request.query, policy);
      return sendCsv(reply, 'accounts.csv', header, pages);
    },
  );
}
