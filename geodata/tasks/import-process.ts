import { AppError } from '../../server/errors.js';
import { Database } from '../../server/db/database.js';
import { explainDiskFull } from '../../server/db/disk-full.js';
import type { TaskJob, TaskMessage } from './import-tasks-apart.js';
import { performTask } from './perform-task.js';

/** Does a task in a process of its own; tells progress and end to the parent, which then lets it go. */
async function run({ connection, engine, task }: TaskJob, signal: AbortSignal): Promise<void> {
  const tell = (message: TaskMessage) => process.send?.(message);
  const database = new Database(connection, engine);
  const end = await performTask(database, task, {
    signal,
    onProgress: (progress) => tell({ progress }),
    onStart: (importId) => tell({ importId }),
  }).then(
    (result): TaskMessage => ({ result }),
    (error: unknown): TaskMessage => ({
      failure: sentenceOf(error),
      isExpected: error instanceof AppError,
    }),
  );
  await database.close();
  // A large result takes its time on the way: the parent ends the connection, and so this process, when it has it.
  tell(end);
}

function sentenceOf(error: unknown): string {
  return explainDiskFull(error) ?? (error instanceof Error ? error.message : String(error));
}

const abort = new AbortController();
// Ctrl-C reaches the whole process group; the parent decides, and its end ends this process too.
process.on('SIGINT', () => undefined);
process.on('SIGTERM', () => abort.abort(new Error('Cancelled.')));
process.once('disconnect', () => process.exit());
process.once('message', (job) => void run(job as TaskJob, abort.signal));
