import { principalOf } from '../../auth/principal.js';
import { postcodeDifferencesQuery, postcodeDifferencesSchema } from '../../contract/matching.js';
import type { AppDependencies } from '../../dependencies.js';
import type { App } from '../../http/app.js';
import { listPostcodeDifferences } from './postcode-differences.repository.js';

/** GET /api/matching/postcode-differences: where the map and the postcode disagree about an account. */
export async function matchingRoutes(app: App, { database }: AppDependencies): Promise<void> {
  app.get(
    '/api/matching/postcode-differences',
    {
      schema: {
        tags: ['Matching'],
        querystring: postcodeDifferencesQuery,
        response: { 200: postcodeDifferencesSchema },
      },
    },
    async (request) =>
      listPostcodeDifferences(database, request.query, principalOf(request).policy),
  );
}
