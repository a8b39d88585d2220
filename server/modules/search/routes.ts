import { z } from 'zod';
import { principalOf } from '../../auth/principal.js';
import { searchQuery, searchResultSchema } from '../../contract/search.js';
import type { AppDependencies } from '../../dependencies.js';
import type { App } from '../../http/app.js';
import { search } from './search.repository.js';

/** GET /api/search: one box for accounts, regions, places and addresses. */
export async function searchRoutes(app: App, { database }: AppDependencies): Promise<void> {
  app.get(
    '/api/search',
    {
      schema: {
        tags: ['Search'],
        querystring: searchQuery,
        response: { 200: z.array(searchResultSchema) },
      },
    },
    async (request) => search(database, request.query, principalOf(request).policy),
  );
}
