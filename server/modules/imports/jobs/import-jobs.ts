import os from 'node:os';
import type { ImportOrder, ImportTasks } from '../../../../geodata/tasks/import-task.js';
import { cleanDeadImports } from '../../../../geodata/report/clean-dead-imports.js';
import type { JobProgress } from '../../../contract/import-jobs.js';
import type { Database } from '../../../db/database.js';
import { AppError } from '../../../errors.js';
import type { UploadFolder } from '../uploads/upload-folder.js';
import * as repository from './job.repository.js';
import type { JobEnd, NewJob, QueuedJob } from './job.repository.js';
import { checkResultOf } from './check-result.js';

const beatMs = 1_000;
/** How often a server looks whether another one left or ended a job. */
const lookMs = 10_000;

const lost =
  'The server that did this ended before it was done. Nothing of it was loaded; do it again.';

type JobTools = {
  readonly database: Database;
  readonly tasks: ImportTasks;
  readonly uploads: UploadFolder;
  readonly rejectedFolder: string;
  readonly onProblem: (error: unknown) => void;
};

/**
 * Checks and loads, one at a time in the whole project and in the order in which they were asked for. They are in
 * the database: they outlive the page, and what a server leaves behind when it ends is seen by the next.
 */
export class ImportJobs {
  readonly #tools: JobTools;
  readonly #process = { host: os.hostname(), pid: process.pid };
  readonly #stop = new AbortController();
  #current: { readonly id: number; readonly abort: AbortController } | undefined;
  #turn: Promise<void> = Promise.resolve();
  #timer: NodeJS.Timeout | undefined;

  constructor(tools: JobTools) {
    this.#tools = tools;
  }

  /** Takes up what is waiting, and looks now and then for what other servers left. */
  start(): void {
    this.#timer = setInterval(() => this.#wake(), lookMs);
    this.#timer.unref();
    this.#wake();
  }

  /** Ends the job under way, which is told as failed, and takes no further one. */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    this.#stop.abort(new Error('The server is stopping.'));
    this.#current?.abort.abort(this.#stop.signal.reason);
    await this.#turn;
  }

  /** Lets a job wait for its turn and returns its number. */
  async add(job: NewJob): Promise<number> {
    const id = await repository.addJob(this.#tools.database, job);
    this.#wake();
    return id;
  }

  /** @throws AppError `conflict` where the job is over */
  async cancel(id: number): Promise<void> {
    if (!(await repository.askToCancel(this.#tools.database, id))) {
      throw new AppError('conflict', 'This is over already; nothing is left to cancel.');
    }
    if (this.#current?.id === id) this.#current.abort.abort(new Error('Cancelled.'));
  }

  #wake(): void {
    this.#turn = this.#turn.then(() => this.#work()).catch(this.#tools.onProblem);
  }

  async #work(): Promise<void> {
    const { database } = this.#tools;
    while (!this.#stop.signal.aborted) {
      await this.#endLost();
      const job = await repository.takeJob(database, this.#process);
      if (!job) return;
      await this.#do(job);
    }
  }

  /** Ends a job whose server is gone, with the staging tables and the report that it left. */
  async #endLost(): Promise<void> {
    const { database } = this.#tools;
    const running = await repository.runningJob(database);
    if (!running) return;
    const { id, process: owner, is_silent: isSilent } = running;
    // Whoever asks does nothing itself: a job of this process is none that it still does.
    const isOurs =
      owner?.host === this.#process.host && (owner.pid === process.pid || !isAlive(owner.pid));
    if (!isOurs && !isSilent) return;
    await repository.finishJob(database, id, { status: 'failed', error: lost });
    await cleanDeadImports(database);
  }

  async #do(job: QueuedJob): Promise<void> {
    const { database } = this.#tools;
    const abort = new AbortController();
    this.#current = { id: job.id, abort };
    let progress: JobProgress | null = null;
    const beat = setInterval(() => {
      repository
        .noteProgress(database, job.id, progress)
        .then((isCancelled) => isCancelled && abort.abort(new Error('Cancelled.')))
        // A missed beat is no reason to end the job; the next one comes in a second.
        .catch(() => undefined);
    }, beatMs);
    try {
      const end = await this.#perform(job, abort.signal, (now) => (progress = now));
      await repository.finishJob(database, job.id, end);
    } catch (error) {
      await repository.finishJob(database, job.id, this.#failed(error, abort.signal));
    } finally {
      clearInterval(beat);
      this.#current = undefined;
    }
  }

  #failed(error: unknown, signal: AbortSignal): JobEnd {
    if (this.#stop.signal.aborted) return { status: 'failed', error: lost };
    if (signal.aborted) return { status: 'cancelled' };
    return { status: 'failed', error: error instanceof Error ? error.message : String(error) };
  }

  async #perform(
    job: QueuedJob,
    signal: AbortSignal,
    onProgress: (progress: JobProgress) => void,
  ): Promise<JobEnd> {
    const { database, tasks, rejectedFolder } = this.#tools;
    const order = await this.#orderOf(job);
    const onStart = (importId: number) => {
      repository.noteImport(database, job.id, importId).catch(this.#tools.onProblem);
    };
    const listener = { onProgress, onStart, signal };
    if (job.kind === 'check') {
      const found = await tasks.run({ kind: 'check', ...order }, listener);
      return { status: 'succeeded', result: { check: checkResultOf(found) } };
    }
    const load = { kind: 'load', ...order, rejectedFolder } as const;
    const { rejectedKept } = await tasks.run(load, listener);
    return { status: 'succeeded', result: { rejectedKept } };
  }

  async #orderOf({ importer, uploadId, request, userId }: QueuedJob): Promise<ImportOrder> {
    const { uploads } = this.#tools;
    const { options, source, licence, linesUploadId } = request;
    const { file } = await uploads.get(uploadId, userId);
    const lines = linesUploadId && (await uploads.get(linesUploadId, userId)).file;
    return {
      importer,
      source: { path: file, source, licence },
      options: lines ? { ...options, lines } : options,
      userId,
    };
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}
