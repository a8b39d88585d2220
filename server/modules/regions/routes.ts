import { z } from 'zod';
import { idParams } from '../../contract/common.js';
import { regionDetailSchema, regionQuery, regionSchema } from '../../contract/regions.js';
import type { AppDependencies } from '../../dependencies.js';
import { AppError } from '../../errors.js';
import type { App } from '../../http/app.js';
import { findRegion, findRegionFeature, listRegions } from './regions.repository.js';

/** The region hierarchy, which everybody who is signed in may see. */
export async function regionRoutes(app: App, { database }: AppDependencies): Promise<void> {
  const tags = ['Regions'];
  const notFound = () => new AppError('not_found', 'There is no such region.');

  app.get(
    '/api/regions',
    { schema: { tags, querystring: regionQuery, response: { 200: z.array(regionSchema) } } },
    async (request) => listRegions(database, request.query),
  );

  app.get(
    '/api/regions/:id',
    { schema: { tags, params: idParams, response: { 200: regionDetailSchema } } },
    async (request) => {
      const region = await findRegion(database, request.params.id);
      if (!region) throw notFound();
      return region;
    },
  );

  app.get(
    '/api/regions/:id/geometry',
    { schema: { tags, params: idParams } },
    async (request, reply) => {
      const feature = await findRegionFeature(database, request.params.id);
      if (feature === undefined) throw notFound();
      return reply.type('application/geo+json').send(feature);
    },
  );
}
