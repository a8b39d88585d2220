import type { ImportTasks } from '../../../../geodata/tasks/import-task.js';
import { principalOf, requireRole } from '../../../auth/principal.js';
import { inspectionSchema, readingSchema } from '../../../contract/import-files.js';
import { uploadParams } from '../../../contract/uploads.js';
import { AppError } from '../../../errors.js';
import type { App } from '../../../http/app.js';
import { importerRoles } from '../importer-roles.js';
import type { UploadFolder } from './upload-folder.js';

/** Longer than any honest file needs: only its beginning is read. */
const patienceMs = 60_000;

/** What an uploaded file holds and which imports it could be. */
export async function inspectionRoute(
  app: App,
  { uploads, tasks }: { readonly uploads: UploadFolder; readonly tasks: ImportTasks },
): Promise<void> {
  app.post(
    '/api/uploads/:id/inspection',
    {
      onRequest: requireRole(...importerRoles),
      schema: {
        tags: ['Imports'],
        params: uploadParams,
        body: readingSchema,
        response: { 200: inspectionSchema },
      },
    },
    async (request) => {
      const upload = await uploads.get(request.params.id, principalOf(request).userId);
      if (upload.received < upload.size) {
        throw new AppError('conflict', `${upload.name} is not here as a whole yet.`);
      }
      const task = { kind: 'examine', file: upload.file, options: request.body } as const;
      const found = await tasks.run(task, { signal: AbortSignal.timeout(patienceMs) });
      return inspectionSchema.parse(found);
    },
  );
}
