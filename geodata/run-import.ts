import { randomUUID } from 'node:crypto';
import path from 'node:path';
import type { Database } from '../server/db/database.js';
import { onceBack } from '../server/db/database-away.js';
import { explainDiskFull } from '../server/db/disk-full.js';
import { prepareSearch } from './geocoding/prepare-search.js';
import type {
  Importer,
  ImportContext,
  ImportOutcome,
  ImportSource,
  SourceNote,
} from './importer.js';
import { bulkLoaderFor, dropStagingTables } from './loaders/bulk-loader.js';
import { silentProgress, type Progress } from './progress.js';
import { cleanDeadImports } from './report/clean-dead-imports.js';
import { startHeartbeat, thisProcess } from './report/heartbeat.js';
import {
  finishImportRecord,
  startImportRecord,
  type ImportReport,
  type ImportStatus,
} from './report/import-record.js';
import { IssueLog } from './report/issue-log.js';
import { refreshStaleShapes } from './shapes/refresh-shapes.js';

export type ImportRequest = {
  readonly database: Database;
  readonly importer: Importer;
  readonly source: ImportSource;
  readonly options: unknown;
  readonly progress?: Progress;
  readonly signal?: AbortSignal;
  /** Who asked for it; undefined from the command line. */
  readonly userId?: string;
  /** Told the number of its report as soon as there is one. */
  readonly onStart?: (importId: number) => void;
};

/** An import that did not get to its end; the data are as they were before. */
export class ImportFailure extends Error {
  readonly report: ImportReport;

  constructor(report: ImportReport, cause: unknown) {
    super(report.error ?? 'The import failed.', { cause });
    this.name = 'ImportFailure';
    this.report = report;
  }
}

/**
 * Runs one import from its entry in app.imports to its report.
 *
 * Throws an AppError where the options are not valid (nothing is entered then), and an ImportFailure
 * where the import failed or was cancelled: the data are as before, the report says why.
 */
export async function runImport(request: ImportRequest): Promise<ImportReport> {
  const { importer, source } = request;
  return recordImport(request, { isCheck: false }, async (context, options) => {
    const outcome = await importer.run(source, options, context);
    const found = { ...(await prepareMap(context)), ...(await prepareSearch(context)) };
    return { ...outcome, summary: { ...outcome.summary, ...found } };
  });
}

/** Does the work of an import and reports of it; throws as `runImport` does. */
export async function recordImport(
  request: ImportRequest,
  { isCheck }: { readonly isCheck: boolean },
  work: (context: ImportContext, options: Record<string, unknown>) => Promise<ImportOutcome>,
): Promise<ImportReport> {
  const { database, importer, source } = request;
  const options = importer.parseOptions(request.options);
  await cleanDeadImports(database);
  const sourceName = path.basename(source.path);
  const importId = await startImportRecord(database, {
    importer: importer.name,
    sourceName,
    source,
    options,
    userId: request.userId,
    isCheck,
    process: { ...thisProcess, run: randomUUID() },
  });
  request.onStart?.(importId);
  const issues = new IssueLog(database, importId);
  const sources: SourceNote[] = [];
  let read = 0;
  const context: ImportContext = {
    database,
    importId,
    stagingTransaction: (staging) => database.transaction(staging),
    loader: bulkLoaderFor(database),
    progress: request.progress ?? silentProgress,
    issues,
    isCheck,
    signal: request.signal ?? new AbortController().signal,
    countRead: (rows) => {
      read += rows;
      context.progress.advance(rows);
    },
    noteSource: (note) => sources.push(note),
  };
  const stopHeartbeat = startHeartbeat(database, importId, () => read);
  const finish = async (status: ImportStatus, outcome: ImportOutcome, error: string | null) => {
    await stopHeartbeat();
    const told = await onceBack(() => issues.counts());
    const { inserted, updated, unchanged } = outcome;
    const notKept = issues.notKept === 0 ? {} : { issuesNotKept: issues.notKept };
    const report: ImportReport = {
      importId,
      importer: importer.name,
      sourceName,
      status,
      counts: { read, inserted, updated, unchanged, ...told },
      summary: { ...outcome.summary, ...(sources.length > 0 ? { sources } : {}), ...notKept },
      error,
    };
    await onceBack(() => dropStagingTables(database.pool, importId));
    await onceBack(() => finishImportRecord(database, report));
    return report;
  };
  try {
    return await finish('succeeded', await work(context, options), null);
  } catch (error) {
    const isCancelled = context.signal.aborted;
    const message = isCancelled ? 'The import was cancelled.' : explainFailure(error, source.path);
    throw new ImportFailure(
      await finish(isCancelled ? 'cancelled' : 'failed', nothing, message),
      error,
    );
  }
}

/**
 * Makes the shapes of layers that the import changed; answers what the report has to say of it. The data are
 * loaded by then: what does not get done, the next import or request for the map does.
 */
async function prepareMap(context: ImportContext): Promise<ImportOutcome['summary']> {
  const { database, progress, signal } = context;
  progress.stage('Preparing the map');
  const onProgress = (fraction: number) => progress.fraction(fraction);
  try {
    await refreshStaleShapes(database, { signal, onProgress });
    return {};
  } catch (error) {
    return { mapNotPrepared: signal.aborted ? 'cancelled' : (error as Error).message };
  }
}

const nothing: ImportOutcome = { inserted: 0, updated: 0, unchanged: 0 };

/** The sentence of an error; the report names the file as its owner knows it, not where it lay. */
function explainFailure(error: unknown, file: string): string {
  return explainDiskFull(error) ?? (error as Error).message.replaceAll(file, path.basename(file));
}
