import type { FastifyReply, FastifyRequest } from 'fastify';
import { principalOf } from '../../auth/principal.js';
import { accountFilter } from '../../contract/account-filter.js';
import {
  pointColumnParams,
  pointRowParams,
  pointRowSchema,
} from '../../contract/account-points.js';
import type { AppDependencies } from '../../dependencies.js';
import type { App } from '../../http/app.js';
import { askEachTime, binaryHeaders, sendPacked } from '../tiles/send-packed.js';
import type { CachedTile } from '../tiles/tile-cache.js';
import { PointsService } from './points.service.js';

/** The accounts within the asker's policy one by one: columns in a fixed order, and masks that filter them. */
export async function pointRoutes(app: App, { database, stores }: AppDependencies): Promise<void> {
  const service = new PointsService(database, stores);
  const tags = ['Accounts'];
  // Packed already, and no page that a browser would run.
  const binary = { helmet: false, compress: false, config: { rateLimit: false } } as const;

  app.get(
    '/api/accounts/points/mask',
    { schema: { tags, querystring: accountFilter }, ...binary },
    async (request, reply) => {
      await stores.freshen();
      const { policy } = principalOf(request);
      return sendBinary(request, reply, await service.mask(request.query, policy));
    },
  );

  app.get(
    '/api/accounts/points/:edition/columns/:column',
    { schema: { tags, params: pointColumnParams }, ...binary },
    async (request, reply) => {
      await stores.freshen();
      const { edition, column } = request.params;
      const { policy } = principalOf(request);
      return sendBinary(request, reply, await service.column(edition, column, policy));
    },
  );

  app.get(
    '/api/accounts/points/:edition/rows/:row',
    { schema: { tags, params: pointRowParams, response: { 200: pointRowSchema } } },
    async (request) => {
      await stores.freshen();
      const { edition, row } = request.params;
      return { id: service.idOf(edition, row, principalOf(request).policy) };
    },
  );
}

function sendBinary(
  request: FastifyRequest,
  reply: FastifyReply,
  packed: CachedTile,
): FastifyReply {
  reply.headers(binaryHeaders).header('Cache-Control', askEachTime);
  return sendPacked(request, reply, { packed, type: 'application/octet-stream' });
}
