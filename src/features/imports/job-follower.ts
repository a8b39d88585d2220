import { messageOf } from '../../api/api-error.js';
import { cancelImportJob, getImportJob, startImportJob } from '../../api/import-jobs.js';
import type { ImportJobDetail, NewImportJob } from '../../../server/contract/import-jobs.js';
import { signal } from '../../lib/signals.js';
import { toasts } from '../../state/toasts.js';

const askEveryMs = 700;

/** A check or load that a screen started or found, followed until it is over. */
export class JobFollower {
  readonly #job = signal<ImportJobDetail | undefined>(undefined);
  readonly #problem = signal<string | undefined>(undefined);
  #abort = new AbortController();

  get job(): ImportJobDetail | undefined {
    return this.#job.get();
  }

  /** Why it could not be started, or cannot be followed at the moment. */
  get problem(): string | undefined {
    return this.#problem.get();
  }

  get isOver(): boolean {
    const status = this.#job.get()?.status;
    return status !== undefined && status !== 'queued' && status !== 'running';
  }

  async start(order: NewImportJob): Promise<void> {
    this.forget();
    try {
      const job = await startImportJob(order, this.#abort.signal);
      this.#job.set(job);
      await this.#follow(job.id, this.#abort.signal);
    } catch (error) {
      if (!this.#abort.signal.aborted) this.#problem.set(messageOf(error));
    }
  }

  async cancel(): Promise<void> {
    const job = this.#job.get();
    if (!job) return;
    await cancelImportJob(job.id).catch((error: unknown) => {
      toasts.show(messageOf(error), 'failed');
    });
  }

  /** Follows nothing any more; the job itself goes on. */
  forget(): void {
    this.#abort.abort();
    this.#abort = new AbortController();
    this.#job.set(undefined);
    this.#problem.set(undefined);
  }

  async #follow(id: number, abort: AbortSignal): Promise<void> {
    while (!abort.aborted && !this.isOver) {
      await new Promise((resolve) => setTimeout(resolve, askEveryMs));
      if (abort.aborted) return;
      try {
        this.#job.set(await getImportJob(id, abort));
        this.#problem.set(undefined);
      } catch (error) {
        // The job goes on without us: ask again.
        if (!abort.aborted) this.#problem.set(messageOf(error));
      }
    }
  }
}
