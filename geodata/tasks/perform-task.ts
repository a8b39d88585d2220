import path from 'node:path';
import type { Database } from '../../server/db/database.js';
import { checkImport } from '../check/check-import.js';
import { databaseProjections } from '../crs/projections.js';
import { importerNamed } from '../importers.js';
import { examineFile } from '../kinds/examine-file.js';
import { ProgressMeter } from '../progress.js';
import { runImport, type ImportRequest } from '../run-import.js';
import type {
  ImportOrder,
  ImportTask,
  ImportTasks,
  TaskListener,
  TaskResults,
} from './import-task.js';
import { writeRejectedRows } from './rejected-rows.js';

/** Does a task in this process. */
export async function performTask(
  database: Database,
  task: ImportTask,
  listener: TaskListener = {},
): Promise<TaskResults[ImportTask['kind']]> {
  const { signal } = listener;
  switch (task.kind) {
    case 'examine': {
      const projections = databaseProjections(database.pool);
      return examineFile(task.file, { ...task.options, projections, signal });
    }
    case 'check':
      return checkImport(requestOf(database, task, listener));
    case 'load': {
      const report = await runImport(requestOf(database, task, listener));
      const rejectedKept = await writeRejectedRows(database, report.importId, {
        file: task.source.path,
        options: task.options,
        target: path.join(task.rejectedFolder, `${report.importId}.csv`),
      });
      return { report, rejectedKept };
    }
  }
}

/** Has tasks done in this process: for tests, and wherever nobody waits for answers meanwhile. */
export function importTasksHere(database: Database): ImportTasks {
  return {
    run: <Task extends ImportTask>(task: Task, listener: TaskListener) =>
      performTask(database, task, listener) as Promise<TaskResults[Task['kind']]>,
  };
}

function requestOf(
  database: Database,
  { importer, source, options, userId }: ImportOrder,
  { onProgress, onStart, signal }: TaskListener,
): ImportRequest {
  const progress = new ProgressMeter([
    ({ label, rows, fraction = null, secondsLeft = null }) =>
      onProgress?.({ label, rows, fraction, secondsLeft }),
  ]);
  return {
    database,
    importer: importerNamed(importer),
    source,
    options,
    progress,
    ...(signal ? { signal } : {}),
    ...(onStart ? { onStart } : {}),
    ...(userId === undefined ? {} : { userId }),
  };
}
