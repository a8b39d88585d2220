import { fork } from 'node:child_process';
import type pg from 'pg';
import type { EngineKind } from '../../server/db/database.js';
import { nodeProcess } from '../../server/db/node-process.js';
import { AppError } from '../../server/errors.js';
import type {
  ImportTask,
  ImportTasks,
  TaskListener,
  TaskProgress,
  TaskResults,
} from './import-task.js';

/** How the process reaches the database. */
export type TaskConnection = {
  readonly connection: string | Pick<pg.PoolConfig, 'host' | 'port' | 'user' | 'database'>;
  readonly engine: EngineKind;
};

/** What the process is given. */
export type TaskJob = TaskConnection & { readonly task: ImportTask };

/** What the process tells. */
export type TaskMessage =
  | { readonly progress: TaskProgress }
  | { readonly importId: number }
  | { readonly result: TaskResults[ImportTask['kind']] }
  | { readonly failure: string; readonly isExpected: boolean };

/** A bomb or a broken file ends its own process, not the server. */
const memoryMegabytes = 1024;

/**
 * Has each task done in a process of its own: reading a file keeps a processor busy, and a server has requests to
 * answer meanwhile. A cancelled process takes back what it did before it ends.
 */
export function importTasksApart({ connection, engine }: TaskConnection): ImportTasks {
  return {
    run: <Task extends ImportTask>(task: Task, listener: TaskListener) =>
      runApart({ connection, engine, task }, listener) as Promise<TaskResults[Task['kind']]>,
  };
}

async function runApart(
  job: TaskJob,
  { onProgress, onStart, signal }: TaskListener,
): Promise<TaskResults[ImportTask['kind']]> {
  signal?.throwIfAborted();
  const { execArgv, file } = nodeProcess('geodata/tasks/import-process');
  const memory = `--max-old-space-size=${memoryMegabytes}`;
  const child = fork(file, { execArgv: [...execArgv, memory] });
  const cancel = () => child.kill('SIGTERM');
  signal?.addEventListener('abort', cancel, { once: true });
  try {
    return await new Promise((resolve, reject) => {
      child.on('message', (message: TaskMessage) => {
        if ('progress' in message) onProgress?.(message.progress);
        else if ('importId' in message) onStart?.(message.importId);
        else if ('result' in message) resolve(message.result);
        else reject(toError(message.failure, message.isExpected));
      });
      child.once('error', reject);
      child.once('exit', () => reject(new Error(endedEarly)));
      child.send(job);
    });
  } finally {
    signal?.removeEventListener('abort', cancel);
    if (child.connected) child.disconnect();
  }
}

const endedEarly =
  'The process that read the file ended before it was done: the file may need more memory than there is. ' +
  'Nothing of it was loaded.';

function toError(message: string, isExpected: boolean): Error {
  return isExpected ? new AppError('validation', message) : new Error(message);
}
