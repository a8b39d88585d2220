import { principalOf } from '../../auth/principal.js';
import { sessionSchema } from '../../contract/session.js';
import type { AppDependencies } from '../../dependencies.js';
import type { App } from '../../http/app.js';
import { projectReader } from './project.repository.js';

/** GET /api/session: who is signed in, and the project they are in. */
export async function sessionRoutes(app: App, { database }: AppDependencies): Promise<void> {
  const readProject = projectReader(database);

  app.get(
    '/api/session',
    { schema: { tags: ['Session'], response: { 200: sessionSchema } } },
    async (request) => {
      const { userId: id, name, email, role } = principalOf(request);
      return { user: { id, name, email, role }, project: await readProject() };
    },
  );
}
