import {
  countPlacementsToReview,
  listPlacementsToReview,
} from '../../../geodata/placing/placements-to-review.js';
import { principalOf } from '../../auth/principal.js';
import { idParams } from '../../contract/common.js';
import {
  placementDecisionBody,
  placementReviewQuery,
  placementReviewSchema,
  reviewStatuses,
} from '../../contract/placements.js';
import type { AppDependencies } from '../../dependencies.js';
import type { App } from '../../http/app.js';
import { toSqlCondition } from '../../policy/row-policy.js';
import { SqlParameters } from '../../policy/sql-parameters.js';
import { followChange } from '../accounts/follow-change.js';
import { settlePlacement } from './settle-placement.service.js';

/** The placements that a person should look at, within the asker's policy, and what they decide. */
export async function placementRoutes(app: App, deps: AppDependencies): Promise<void> {
  const { database } = deps;
  const tags = ['Placements'];

  app.get(
    '/api/placements/review',
    {
      schema: { tags, querystring: placementReviewQuery, response: { 200: placementReviewSchema } },
    },
    async (request) => {
      const { status, after, limit } = request.query;
      const parameters = new SqlParameters();
      const condition = toSqlCondition(principalOf(request).policy, parameters);
      const among = { condition, values: parameters.values };
      const statuses = status ? [status] : reviewStatuses;
      const [counts, items] = await Promise.all([
        countPlacementsToReview(database, among),
        listPlacementsToReview(database, { ...among, statuses, after, limit }),
      ]);
      return {
        counts,
        items: items.map((item) => ({ ...item, candidates: [...item.candidates] })),
      };
    },
  );

  app.post(
    '/api/placements/:id',
    { schema: { tags, params: idParams, body: placementDecisionBody } },
    async (request, reply) => {
      const { policy } = principalOf(request);
      await settlePlacement(database, request.params.id, request.body, policy);
      await followChange(deps, request.log);
      return reply.status(204).send();
    },
  );
}
