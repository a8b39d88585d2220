import { requireRole } from '../../auth/principal.js';
import { idParams } from '../../contract/common.js';
import { importDetailSchema, importListQuery, importListSchema } from '../../contract/imports.js';
import type { AppDependencies } from '../../dependencies.js';
import { AppError } from '../../errors.js';
import type { App } from '../../http/app.js';
import { sendCsv } from '../../http/csv-reply.js';
import { findImport, issueColumns, listImports, readIssues } from './imports.repository.js';

/** Reports of imports. Issues quote rows of any account, so they are for those who may see all of them. */
export async function importRoutes(app: App, { database }: AppDependencies): Promise<void> {
  const tags = ['Imports'];
  const onRequest = requireRole('administrator', 'planner');
  const notFound = () => new AppError('not_found', 'There is no such import.');

  app.get(
    '/api/imports',
    {
      onRequest,
      schema: { tags, querystring: importListQuery, response: { 200: importListSchema } },
    },
    async (request) => listImports(database, request.query.limit),
  );

  app.get(
    '/api/imports/:id',
    { onRequest, schema: { tags, params: idParams, response: { 200: importDetailSchema } } },
    async (request) => {
      const found = await findImport(database, request.params.id);
      if (!found) throw notFound();
      return found;
    },
  );

  app.get(
    '/api/imports/:id/issues.csv',
    { onRequest, schema: { tags, params: idParams } },
    async (request, reply) => {
      const { id } = request.params;
      if (!(await findImport(database, id))) throw notFound();
      return sendCsv(reply, `import-${id}-issues.csv`, issueColumns, readIssues(database, id));
    },
  );
}
