import { principalOf } from '../../auth/principal.js';
import { AccountSet } from '../../column-store/areas/account-set.js';
import { idParams } from '../../contract/common.js';
import {
  selectionBody,
  selectionFigures,
  selectionFiguresQuery,
  selectionListSchema,
  selectionPatchBody,
  selectionPreviewBody,
  selectionPreviewSchema,
  selectionSchema,
} from '../../contract/selections.js';
import type { AppDependencies } from '../../dependencies.js';
import type { App } from '../../http/app.js';
import { followChange } from '../accounts/follow-change.js';
import { selectionNotFound } from './check-selections.js';
import { figuresOf } from './figures.js';
import { resolveShapes } from './resolve-shapes.js';
import {
  createSelection,
  findSelection,
  listSelections,
  removeSelection,
  updateSelection,
} from './selections.repository.js';
import { toMembership } from './to-membership.js';

/** Selections: what somebody drew or picked, to be used in the account filter as `selection=ID`. */
export async function selectionRoutes(app: App, deps: AppDependencies): Promise<void> {
  const { database, stores } = deps;
  const tags = ['Selections'];

  const found = async (id: number, userId: string) => {
    const selection = await findSelection(database, id, userId);
    if (!selection) throw selectionNotFound();
    return selection;
  };

  app.get(
    '/api/selections',
    { schema: { tags, response: { 200: selectionListSchema } } },
    async (request) => ({ items: await listSelections(database, principalOf(request).userId) }),
  );

  app.post(
    '/api/selections',
    { schema: { tags, body: selectionBody, response: { 201: selectionSchema } } },
    async (request, reply) => {
      const { userId } = principalOf(request);
      const id = await database.transaction((client) =>
        createSelection(client, userId, request.body),
      );
      reply.status(201);
      return found(id, userId);
    },
  );

  app.post(
    '/api/selections/preview',
    {
      schema: {
        tags,
        summary: 'What a selection would hold, without storing it',
        body: selectionPreviewBody,
        querystring: selectionFiguresQuery,
        response: { 200: selectionPreviewSchema },
      },
    },
    async (request) => {
      const resolvable = toMembership(request.body.definition);
      const { shapes, geometry, areaKm2 } = await resolveShapes(database.pool, resolvable);
      const accounts = new AccountSet(resolvable.membership, shapes);
      const { policy } = principalOf(request);
      const tallies = await stores.tallyOf(accounts, request.query, policy);
      return {
        figures: figuresOf(tallies),
        areaKm2,
        geometry: geometry === null ? null : JSON.parse(geometry),
      };
    },
  );

  app.get(
    '/api/selections/:id',
    { schema: { tags, params: idParams, response: { 200: selectionSchema } } },
    async (request) => found(request.params.id, principalOf(request).userId),
  );

  app.get(
    '/api/selections/:id/summary',
    {
      schema: {
        tags,
        summary: 'How many accounts it holds now, and their figures',
        params: idParams,
        querystring: selectionFiguresQuery,
        response: { 200: selectionFigures },
      },
    },
    async (request) => {
      const { id } = request.params;
      const { userId, policy } = principalOf(request);
      await found(id, userId);
      await stores.freshen();
      if (!(await stores.useSelection(id))) throw selectionNotFound();
      return figuresOf(stores.tally({ ...request.query, selection: [id] }, policy));
    },
  );

  app.patch(
    '/api/selections/:id',
    {
      schema: {
        tags,
        params: idParams,
        body: selectionPatchBody,
        response: { 200: selectionSchema },
      },
    },
    async (request) => {
      const { id } = request.params;
      const { userId } = principalOf(request);
      const isMine = await database.transaction((client) =>
        updateSelection(client, { id, userId }, request.body),
      );
      if (!isMine) throw selectionNotFound();
      await followChange(deps, request.log);
      return found(id, userId);
    },
  );

  app.delete(
    '/api/selections/:id',
    { schema: { tags, params: idParams } },
    async (request, reply) => {
      const isMine = await removeSelection(
        database,
        request.params.id,
        principalOf(request).userId,
      );
      if (!isMine) throw selectionNotFound();
      await followChange(deps, request.log);
      return reply.status(204).send();
    },
  );
}
