import { z } from 'zod';
import { principalOf, type Principal } from '../../auth/principal.js';
import { idParams } from '../../contract/common.js';
import {
  newSavedViewBody,
  savedViewPatchBody,
  savedViewSchema,
  type SavedView,
} from '../../contract/saved-views.js';
import type { AppDependencies } from '../../dependencies.js';
import { AppError } from '../../errors.js';
import type { App } from '../../http/app.js';
import {
  createSavedView,
  findSavedView,
  listSavedViews,
  readThumbnail,
  removeSavedView,
  updateSavedView,
  type SavedViewRow,
} from './saved-views.repository.js';

/** Named addresses of the application, with a picture, an owner and who else may open them. */
export async function savedViewRoutes(app: App, { database }: AppDependencies): Promise<void> {
  const tags = ['Saved views'];

  app.get(
    '/api/views',
    { schema: { tags, response: { 200: z.array(savedViewSchema) } } },
    async (request) => {
      const principal = principalOf(request);
      const rows = await listSavedViews(database, principal.userId);
      return rows.map((row) => toView(row, principal));
    },
  );

  app.post(
    '/api/views',
    { schema: { tags, body: newSavedViewBody, response: { 201: savedViewSchema } } },
    async (request, reply) => {
      const principal = principalOf(request);
      if (principal.userId.startsWith('service:')) {
        throw new AppError(
          'forbidden',
          'A view belongs to a person; this token belongs to nobody.',
        );
      }
      const id = await createSavedView(database, principal.userId, request.body);
      const row = await findSavedView(database, principal.userId, id);
      return reply.status(201).send(toView(row!, principal));
    },
  );

  app.patch(
    '/api/views/:id',
    {
      schema: {
        tags,
        params: idParams,
        body: savedViewPatchBody,
        response: { 200: savedViewSchema },
      },
    },
    async (request) => {
      const principal = principalOf(request);
      const row = await changeable(request.params.id, principal);
      await updateSavedView(database, row.id, request.body);
      return toView((await findSavedView(database, principal.userId, row.id))!, principal);
    },
  );

  app.delete('/api/views/:id', { schema: { tags, params: idParams } }, async (request, reply) => {
    const row = await changeable(request.params.id, principalOf(request));
    await removeSavedView(database, row.id);
    return reply.status(204).send();
  });

  app.get(
    '/api/views/:id/thumbnail',
    { schema: { tags, params: idParams } },
    async (request, reply) => {
      const { userId } = principalOf(request);
      const picture = await readThumbnail(database, userId, request.params.id);
      if (!picture) throw new AppError('not_found', 'This view has no picture.');
      const isJpeg = picture[0] === 0xff;
      return reply
        .header('Cache-Control', 'private, no-cache')
        .type(isJpeg ? 'image/jpeg' : 'image/webp')
        .send(picture);
    },
  );

  /** The view, where the principal may change it; throws not_found or forbidden elsewhere. */
  async function changeable(viewId: number, principal: Principal): Promise<SavedViewRow> {
    const row = await findSavedView(database, principal.userId, viewId);
    if (!row) throw new AppError('not_found', 'There is no such view.');
    if (mayChange(row, principal)) return row;
    throw new AppError(
      'forbidden',
      `This view belongs to ${row.owner_name}. Save one of your own.`,
    );
  }
}

function mayChange(row: SavedViewRow, { userId, role }: Principal): boolean {
  return row.owner_id === userId || role === 'administrator';
}

function toView(row: SavedViewRow, principal: Principal): SavedView {
  return {
    id: row.id,
    name: row.name,
    address: row.address,
    sharing: row.sharing,
    ownerId: row.owner_id,
    ownerName: row.owner_name,
    mayChange: mayChange(row, principal),
    hasThumbnail: row.has_thumbnail,
    updatedAt: row.updated_at.toISOString(),
  };
}
