import type { FastifyReply, FastifyRequest } from 'fastify';
import { principalOf } from '../../auth/principal.js';
import type { AppDependencies } from '../../dependencies.js';
import { AppError } from '../../errors.js';
import type { App } from '../../http/app.js';
import { visibleSelections } from '../selections/selections.repository.js';
import { askCube, cubeActions, type CubeAction } from './cube-client.js';
import { selectionsIn } from './query-selections.js';

/** Room for filters by some 10,000 ids. */
const MAX_BODY_BYTES = 256 * 1024;

/**
 * /cubejs-api/v1/{load,meta,dry-run} for any client of Cube: asked as the principal, whose rights go along in a
 * token made here. An `Authorization` of the client's own has said who the principal is and goes no further.
 */
export async function cubeRoutes(app: App, { cube, database }: AppDependencies): Promise<void> {
  const forward =
    (action: CubeAction) =>
    async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
      const principal = principalOf(request);
      const named = selectionsIn(request.method === 'POST' ? request.body : request.query);
      const selections =
        named.length === 0 ? [] : await visibleSelections(database, named, principal.userId);
      const { status, json } = await askCube(cube, principal, {
        action,
        search: searchOf(request.url),
        ...(request.method === 'POST' ? { body: request.body ?? {} } : {}),
        selections,
        signal: whenGone(reply),
      });
      return reply
        .status(status)
        .header('Cache-Control', 'no-store')
        .type('application/json; charset=utf-8')
        .send(json);
    };

  for (const action of cubeActions) {
    const schema = { tags: ['Cube'], summary: summaries[action] };
    app.get(`/cubejs-api/v1/${action}`, { schema }, forward(action));
    if (action === 'meta') continue;
    app.post(`/cubejs-api/v1/${action}`, { schema, bodyLimit: MAX_BODY_BYTES }, forward(action));
  }

  app.all('/cubejs-api/*', { schema: { hide: true } }, async () => {
    throw new AppError('not_found', `Cube offers ${cubeActions.join(', ')} here.`);
  });
}

const summaries: Record<CubeAction, string> = {
  load: 'Answer a query (format of Cube REST)',
  meta: 'Views with their measures and dimensions',
  'dry-run': 'Check a query without running it',
};

function searchOf(url: string): string {
  const start = url.indexOf('?');
  return start === -1 ? '' : url.slice(start);
}

/** A signal for when the client left: nobody waits for the answer then. */
function whenGone(reply: FastifyReply): AbortSignal {
  const abort = new AbortController();
  reply.raw.once('close', () => abort.abort());
  return abort.signal;
}
