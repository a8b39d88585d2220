import type { ImportJob, ImportJobDetail, JobProgress } from '../../../contract/import-jobs.js';
import type { Database } from '../../../db/database.js';
import type { ImportOrder } from '../../../../geodata/tasks/import-task.js';

/** What a job needs to be done, as it was asked for. */
export type JobRequest = Pick<ImportOrder, 'options'> & {
  readonly source?: string | undefined;
  readonly licence?: string | undefined;
  readonly linesUploadId?: string | undefined;
};

export type NewJob = {
  readonly kind: 'check' | 'load';
  readonly importer: string;
  readonly fileName: string;
  readonly uploadId: string;
  readonly request: JobRequest;
  readonly userId: string;
};

/** A job that waits for its turn, or has it. */
export type QueuedJob = NewJob & { readonly id: number };

export type JobProcess = { readonly host: string; readonly pid: number };

const jobColumns = `
  j.import_job_id AS id, j.kind, j.status, j.importer, j.file_name AS "fileName",
  j.upload_id AS "uploadId", u.name AS "userName", j.import_id AS "importId", j.progress, j.error,
  j.created_at AS "createdAt", j.started_at AS "startedAt", j.finished_at AS "finishedAt",
  CASE WHEN j.status = 'queued' THEN (SELECT count(*) FROM app.import_jobs b
    WHERE b.status IN ('queued', 'running') AND b.import_job_id < j.import_job_id) ELSE 0 END AS ahead`;

type Stored<Row> = Omit<Row, 'createdAt' | 'startedAt' | 'finishedAt'> & {
  readonly createdAt: Date;
  readonly startedAt: Date | null;
  readonly finishedAt: Date | null;
};

/** The newest jobs, those that wait or run included. */
export async function listJobs(database: Database, limit: number): Promise<ImportJob[]> {
  const rows = await database.rows<Stored<ImportJob>>(
    `SELECT ${jobColumns} FROM app.import_jobs j LEFT JOIN app.users u ON u.id = j.user_id
     ORDER BY j.import_job_id DESC LIMIT $1`,
    [limit],
  );
  return rows.map((row) => ({ ...row, ...timesOf(row) }));
}

/** A job with what it found; undefined where there is none. */
export async function findJob(
  database: Database,
  id: number,
): Promise<ImportJobDetail | undefined> {
  const row = await database.row<
    Stored<ImportJob> & {
      readonly result: Partial<Pick<ImportJobDetail, 'check' | 'rejectedKept'>> | null;
    }
  >(
    `SELECT ${jobColumns}, j.result FROM app.import_jobs j LEFT JOIN app.users u ON u.id = j.user_id
     WHERE j.import_job_id = $1`,
    [id],
  );
  if (!row) return undefined;
  const { result, ...job } = row;
  const { check = null, rejectedKept = null } = result ?? {};
  return { ...job, ...timesOf(row), check, rejectedKept };
}

function timesOf(row: Pick<Stored<ImportJob>, 'createdAt' | 'startedAt' | 'finishedAt'>) {
  return {
    createdAt: row.createdAt.toISOString(),
    startedAt: row.startedAt?.toISOString() ?? null,
    finishedAt: row.finishedAt?.toISOString() ?? null,
  };
}

/** Lets a job wait for its turn and returns its number. */
export async function addJob(database: Database, job: NewJob): Promise<number> {
  const row = await database.row<{ id: number }>(
    `INSERT INTO app.import_jobs (kind, importer, file_name, upload_id, request, user_id)
     VALUES ($1, $2, $3, $4, $5, $6) RETURNING import_job_id AS id`,
    [job.kind, job.importer, job.fileName, job.uploadId, JSON.stringify(job.request), job.userId],
  );
  if (!row) throw new Error('The job could not be entered.');
  return row.id;
}

/**
 * Gives the oldest waiting job its turn, unless one runs already, on this server or another; undefined where
 * nothing is to be done.
 */
export async function takeJob(
  database: Database,
  process: JobProcess,
): Promise<QueuedJob | undefined> {
  const taking = database.row<QueuedJob>(
    `UPDATE app.import_jobs SET status = 'running', started_at = now(), heartbeat_at = now(), process = $1
     WHERE import_job_id = (SELECT import_job_id FROM app.import_jobs WHERE status = 'queued'
                            ORDER BY import_job_id LIMIT 1)
       AND NOT EXISTS (SELECT FROM app.import_jobs WHERE status = 'running')
     RETURNING import_job_id AS id, kind, importer, file_name AS "fileName",
       upload_id AS "uploadId", request, user_id AS "userId"`,
    [JSON.stringify(process)],
  );
  return taking.catch((error: unknown) => {
    // Another server was quicker.
    if ((error as { code?: string }).code === uniqueViolation) return undefined;
    throw error;
  });
}

/** Enters how far a job is, with a sign of life; answers whether somebody asked to cancel it. */
export async function noteProgress(
  database: Database,
  id: number,
  progress: JobProgress | null,
): Promise<boolean> {
  const row = await database.row<{ cancel_asked: boolean }>(
    `UPDATE app.import_jobs SET progress = $2, heartbeat_at = now()
     WHERE import_job_id = $1 AND status = 'running' RETURNING cancel_asked`,
    [id, progress && JSON.stringify(progress)],
  );
  return row?.cancel_asked ?? false;
}

/** Connects a job with its report, which others can then follow. */
export async function noteImport(database: Database, id: number, importId: number): Promise<void> {
  await database.rows('UPDATE app.import_jobs SET import_id = $2 WHERE import_job_id = $1', [
    id,
    importId,
  ]);
}

export type JobEnd = {
  readonly status: 'succeeded' | 'failed' | 'cancelled';
  readonly result?: Partial<Pick<ImportJobDetail, 'check' | 'rejectedKept'>>;
  readonly error?: string;
};

export async function finishJob(
  database: Database,
  id: number,
  { status, result, error }: JobEnd,
): Promise<void> {
  await database.rows(
    `UPDATE app.import_jobs SET status = $2, finished_at = now(), result = $3, error = $4
     WHERE import_job_id = $1 AND status = 'running'`,
    [id, status, result ? JSON.stringify(result) : null, error ?? null],
  );
}

/** Cancels a job that waits, or asks the server that runs it to. Answers false where it is over already. */
export async function askToCancel(database: Database, id: number): Promise<boolean> {
  const rows = await database.rows(
    `UPDATE app.import_jobs SET cancel_asked = true,
       status = CASE WHEN status = 'queued' THEN 'cancelled' ELSE status END,
       finished_at = CASE WHEN status = 'queued' THEN now() END
     WHERE import_job_id = $1 AND status IN ('queued', 'running') RETURNING 1`,
    [id],
  );
  return rows.length > 0;
}

const uniqueViolation = '23505';
const silenceSeconds = 60;

type RunningJob = {
  readonly id: number;
  readonly process: JobProcess | null;
  readonly is_silent: boolean;
};

/** The job that runs, and whether nothing was heard of it for a minute. */
export async function runningJob(database: Database): Promise<RunningJob | undefined> {
  return database.row<RunningJob>(
    `SELECT import_job_id AS id, process,
       heartbeat_at < now() - make_interval(secs => $1) AS is_silent
     FROM app.import_jobs WHERE status = 'running'`,
    [silenceSeconds],
  );
}

/** Uploads that waiting and running jobs read. */
export async function neededUploads(database: Database): Promise<ReadonlySet<string>> {
  const rows = await database.rows<{ id: string }>(
    `SELECT upload_id::text AS id FROM app.import_jobs WHERE status IN ('queued', 'running')
     UNION SELECT request ->> 'linesUploadId' FROM app.import_jobs WHERE status IN ('queued', 'running')`,
  );
  return new Set(rows.map(({ id }) => id));
}
