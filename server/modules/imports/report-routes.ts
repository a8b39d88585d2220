import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { requireRole } from '../../auth/principal.js';
import { idParams } from '../../contract/common.js';
import {
  importDetailSchema,
  importListQuery,
  importListSchema,
  issueListQuery,
  issueListSchema,
} from '../../contract/imports.js';
import type { Database } from '../../db/database.js';
import { AppError } from '../../errors.js';
import type { App } from '../../http/app.js';
import { sendCsv } from '../../http/csv-reply.js';
import { importerRoles } from './importer-roles.js';
import {
  findImport,
  issueColumns,
  listImports,
  listIssues,
  readIssues,
} from './imports.repository.js';

type ReportServices = { readonly database: Database; readonly rejectedFolder: string };

/** Reports of imports. Issues quote rows of any account, so they are for those who may see all of them. */
export async function reportRoutes(
  app: App,
  { database, rejectedFolder }: ReportServices,
): Promise<void> {
  const tags = ['Imports'];
  const onRequest = requireRole(...importerRoles);
  const rejectedFileOf = (id: number) => path.join(rejectedFolder, `${id}.csv`);
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
      return { ...found, hasRejectedRows: await isThere(rejectedFileOf(found.id)) };
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

  app.get(
    '/api/imports/:id/issues',
    {
      onRequest,
      schema: {
        tags,
        params: idParams,
        querystring: issueListQuery,
        response: { 200: issueListSchema },
      },
    },
    async (request) => {
      const { id } = request.params;
      if (!(await findImport(database, id))) throw notFound();
      return listIssues(database, id, request.query);
    },
  );

  app.get(
    '/api/imports/:id/rejected.csv',
    { onRequest, schema: { tags, params: idParams } },
    async (request, reply) => {
      const { id } = request.params;
      const file = rejectedFileOf(id);
      const found = await findImport(database, id);
      if (!found || !(await isThere(file))) {
        throw new AppError('not_found', 'No rejected rows of this import are kept.');
      }
      const stem = found.sourceName
        .replace(/(\.[a-z0-9]{1,10}){1,2}$/i, '')
        .replace(/[^\w.-]+/g, '_');
      return reply
        .type('text/csv; charset=utf-8')
        .header('Content-Disposition', `attachment; filename="${stem}-rejected.csv"`)
        .header('Cache-Control', 'no-store')
        .send(createReadStream(file));
    },
  );
}

async function isThere(file: string): Promise<boolean> {
  return (await stat(file).catch(() => undefined)) !== undefined;
}
