import path from 'node:path';
import type { AppDependencies } from '../../dependencies.js';
import type { App } from '../../http/app.js';
import { ImportJobs } from './jobs/import-jobs.js';
import { jobRoutes } from './jobs/job-routes.js';
import { neededUploads } from './jobs/job.repository.js';
import { recipeRoutes } from './recipes/recipe-routes.js';
import { reportRoutes } from './report-routes.js';
import { inspectionRoute } from './uploads/inspection-route.js';
import { UploadFolder } from './uploads/upload-folder.js';
import { uploadRoutes } from './uploads/upload-routes.js';

const keepUploadsMs = 7 * 24 * 3_600_000;
const sweepEveryMs = 3_600_000;

/** From a file that somebody brings to its report: uploads, what they hold, checks, loads and recipes. */
export async function importRoutes(app: App, deps: AppDependencies): Promise<void> {
  const { config, database, importTasks: tasks } = deps;
  const uploads = new UploadFolder(path.join(config.dataFolder, 'uploads'), config.uploadMaxBytes);
  const rejectedFolder = path.join(config.dataFolder, 'rejected-rows');
  const onProblem = (error: unknown) => app.log.error({ err: error }, 'import job');
  const jobs = new ImportJobs({ database, tasks, uploads, rejectedFolder, onProblem });

  const sweep = async () => {
    await uploads.sweep(new Date(Date.now() - keepUploadsMs), await neededUploads(database));
  };
  const sweeping = setInterval(() => void sweep().catch(onProblem), sweepEveryMs);
  sweeping.unref();
  // The database may still be opening when the application is put together.
  app.addHook('onListen', async () => jobs.start());
  app.addHook('onClose', async () => {
    clearInterval(sweeping);
    await jobs.stop();
  });

  await uploadRoutes(app, uploads);
  await inspectionRoute(app, { uploads, tasks });
  await jobRoutes(app, { database, jobs, uploads });
  await recipeRoutes(app, { database });
  await reportRoutes(app, { database, rejectedFolder });
}
