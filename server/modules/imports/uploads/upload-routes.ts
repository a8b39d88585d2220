import type { Readable } from 'node:stream';
import { z } from 'zod';
import { principalOf, requireRole } from '../../../auth/principal.js';
import { newUploadBody, partQuery, uploadParams, uploadSchema } from '../../../contract/uploads.js';
import { AppError } from '../../../errors.js';
import type { App } from '../../../http/app.js';
import { importerRoles } from '../importer-roles.js';
import type { StoredUpload, UploadFolder } from './upload-folder.js';

/** Files on their way to an import; everybody has their own. */
export async function uploadRoutes(app: App, uploads: UploadFolder): Promise<void> {
  const tags = ['Imports'];
  const onRequest = requireRole(...importerRoles);

  // The bytes of a part go to the disk as they come; nothing is held in memory.
  app.addContentTypeParser('application/octet-stream', (_request, payload, done) => {
    done(null, payload);
  });

  app.get(
    '/api/uploads',
    { onRequest, schema: { tags, response: { 200: z.array(uploadSchema) } } },
    async (request) => (await uploads.list(principalOf(request).userId)).map(toUpload),
  );

  app.post(
    '/api/uploads',
    { onRequest, schema: { tags, body: newUploadBody, response: { 201: uploadSchema } } },
    async (request, reply) => {
      const created = await uploads.create(request.body, principalOf(request).userId);
      return reply.status(201).send(toUpload(created));
    },
  );

  app.get(
    '/api/uploads/:id',
    { onRequest, schema: { tags, params: uploadParams, response: { 200: uploadSchema } } },
    async (request) => toUpload(await uploads.get(request.params.id, principalOf(request).userId)),
  );

  app.put(
    '/api/uploads/:id/content',
    {
      onRequest,
      schema: {
        tags,
        params: uploadParams,
        querystring: partQuery,
        response: { 200: uploadSchema },
      },
    },
    async (request) => {
      const upload = await uploads.get(request.params.id, principalOf(request).userId);
      const part = request.body as Readable | null | undefined;
      if (typeof part?.pipe !== 'function') {
        throw new AppError('validation', 'Send the bytes as application/octet-stream.');
      }
      const received = await uploads.append(upload, request.query.offset, part);
      return toUpload({ ...upload, received });
    },
  );

  app.delete(
    '/api/uploads/:id',
    { onRequest, schema: { tags, params: uploadParams } },
    async (request, reply) => {
      const { id } = await uploads.get(request.params.id, principalOf(request).userId);
      await uploads.remove(id);
      return reply.status(204).send();
    },
  );
}

function toUpload({ id, name, size, received, createdAt }: StoredUpload) {
  return { id, name, size, received, createdAt };
}
