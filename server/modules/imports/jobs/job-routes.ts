import { z } from 'zod';
import { importKinds, type ImportKind } from '../../../../geodata/kinds/import-kinds.js';
import { principalOf, requireRole } from '../../../auth/principal.js';
import { idParams } from '../../../contract/common.js';
import { importKindSchema } from '../../../contract/import-files.js';
import {
  importJobDetailSchema,
  importJobSchema,
  jobListQuery,
  newJobBody,
} from '../../../contract/import-jobs.js';
import type { Database } from '../../../db/database.js';
import { AppError } from '../../../errors.js';
import type { App } from '../../../http/app.js';
import { importerRoles } from '../importer-roles.js';
import type { UploadFolder } from '../uploads/upload-folder.js';
import { checkedOptions } from './checked-order.js';
import type { ImportJobs } from './import-jobs.js';
import { findJob, listJobs } from './job.repository.js';

type JobServices = {
  readonly database: Database;
  readonly jobs: ImportJobs;
  readonly uploads: UploadFolder;
};

/** Kinds of import, and checks and loads of uploaded files. Whoever may import sees and cancels all of them. */
export async function jobRoutes(app: App, { database, jobs, uploads }: JobServices): Promise<void> {
  const tags = ['Imports'];
  const onRequest = requireRole(...importerRoles);
  const jobOf = async (id: number) => {
    const found = await findJob(database, id);
    if (found) return found;
    throw new AppError('not_found', 'There is no such job.');
  };

  app.get(
    '/api/import-kinds',
    { onRequest, schema: { tags, response: { 200: z.array(importKindSchema) } } },
    async () => importKinds.map(toEntry),
  );

  app.get(
    '/api/import-jobs',
    {
      onRequest,
      schema: { tags, querystring: jobListQuery, response: { 200: z.array(importJobSchema) } },
    },
    async (request) => listJobs(database, request.query.limit),
  );

  app.get(
    '/api/import-jobs/:id',
    { onRequest, schema: { tags, params: idParams, response: { 200: importJobDetailSchema } } },
    async (request) => jobOf(request.params.id),
  );

  app.post(
    '/api/import-jobs',
    { onRequest, schema: { tags, body: newJobBody, response: { 201: importJobDetailSchema } } },
    async (request, reply) => {
      const { userId } = principalOf(request);
      const { kind, uploadId, linesUploadId, importer, options, source, licence } = request.body;
      const upload = await uploads.get(uploadId, userId);
      const lines = linesUploadId ? await uploads.get(linesUploadId, userId) : undefined;
      for (const { name, received, size } of lines ? [upload, lines] : [upload]) {
        if (received === size) continue;
        throw new AppError('conflict', `${name} is not here as a whole yet. Send the rest first.`);
      }
      const order = { options: checkedOptions(importer, options), source, licence, linesUploadId };
      const job = { kind, importer, uploadId, fileName: upload.name, userId, request: order };
      return reply.status(201).send(await jobOf(await jobs.add(job)));
    },
  );

  app.post(
    '/api/import-jobs/:id/cancel',
    { onRequest, schema: { tags, params: idParams, response: { 200: importJobDetailSchema } } },
    async (request) => {
      await jobOf(request.params.id);
      await jobs.cancel(request.params.id);
      return jobOf(request.params.id);
    },
  );
}

function toEntry({ name, describe, fields, placeOf, options }: ImportKind) {
  return {
    name,
    describe,
    fields: Object.entries(fields).map(([field, { type, required = false, choices = {} }]) => ({
      name: field,
      type,
      required,
      choices: Object.keys(choices),
      place: placeOf[field] ?? 'map',
    })),
    options: options.map((option) => ({
      ...option,
      choices: option.choices && [...option.choices],
    })),
  };
}
