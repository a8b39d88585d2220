import { setTimeout } from 'node:timers/promises';
import { hasAdministrator } from '../../auth/users.repository.js';
import { healthSchema, statusSchema, type Status } from '../../contract/status.js';
import type { AppDependencies } from '../../dependencies.js';
import type { App } from '../../http/app.js';
import { readProjectSetting } from '../session/project.repository.js';

const PATIENCE_MS = 500;

/** GET /api/status for the start screen and GET /healthz for load balancers; both without sign-in. */
export async function statusRoutes(app: App, deps: AppDependencies): Promise<void> {
  const { status } = deps;
  const readSetup = setupReader(deps);

  app.get(
    '/api/status',
    { schema: { tags: ['Status'], response: { 200: statusSchema } } },
    async (_request, reply) => {
      reply.header('Cache-Control', 'no-store');
      const { state, components, progress } = status;
      return { state, components, ...(progress && { progress }), ...(await readSetup()) };
    },
  );

  app.get(
    '/healthz',
    { schema: { tags: ['Status'], response: { 200: healthSchema, 503: healthSchema } } },
    async (_request, reply) => {
      reply.header('Cache-Control', 'no-store');
      const { components } = status;
      const health = {
        status: status.state === 'ready' ? ('ok' as const) : status.state,
        components,
      };
      // Without a database nothing can be answered; without Cube or tiles most can.
      return reply.status(components.database === 'ready' ? 200 : 503).send(health);
    },
  );
}

type Setup = Pick<Status, 'setup' | 'demo'>;

/**
 * Answers whether somebody has to set the project up, and whether it is the demo.
 *
 * A status is neither an error nor late: while the database cannot be asked, or a long import keeps it busy, the
 * answer is the last one known.
 */
function setupReader({ database, status }: AppDependencies): () => Promise<Setup> {
  let lastKnown: Setup = { setup: 'unknown', demo: false };
  let asking: Promise<Setup> | undefined;

  const ask = async (): Promise<Setup> => {
    try {
      const { isDemo } = await readProjectSetting(database);
      const isDone = isDemo || (await hasAdministrator(database.pool));
      lastKnown = { setup: isDone ? 'done' : 'needs_administrator', demo: isDemo };
    } catch {
      // The component's own state says what is wrong.
    } finally {
      asking = undefined;
    }
    return lastKnown;
  };

  return async () => {
    if (status.component('database') !== 'ready') return lastKnown;
    asking ??= ask();
    const waited = new AbortController();
    const late = setTimeout(PATIENCE_MS, undefined, { signal: waited.signal })
      .then(() => lastKnown)
      .catch(() => lastKnown);
    const answer = await Promise.race([asking, late]);
    waited.abort();
    return answer;
  };
}
