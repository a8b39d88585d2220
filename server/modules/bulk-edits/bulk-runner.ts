import type { Database, Queryable } from '../../db/database.js';
import { finishBulkEdit } from './bulk-edits.repository.js';

/** Accounts a transaction; on the embedded engine everybody waits for it. */
const chunkSizes = { postgres: 1000, embedded: 200 } as const;

type Work = (client: Queryable, bulkEditId: number, ids: readonly number[]) => Promise<number>;

/** Runs bulk edits in the background of this server, a part of the accounts at a time. */
export class BulkRunner {
  readonly #database: Database;
  readonly #running = new Map<number, { isCancelled: boolean; done: Promise<void> }>();

  constructor(database: Database) {
    this.#database = database;
  }

  start(bulkEditId: number, ids: readonly number[], work: Work): void {
    const job = { isCancelled: false, done: Promise.resolve() };
    this.#running.set(bulkEditId, job);
    job.done = this.#run(bulkEditId, ids, work, () => job.isCancelled).finally(() =>
      this.#running.delete(bulkEditId),
    );
  }

  /** Ends a bulk edit after the part that is being written; what was done stays. */
  cancel(bulkEditId: number): void {
    const job = this.#running.get(bulkEditId);
    if (job) job.isCancelled = true;
  }

  /** Cancels all and waits for them. */
  async stop(): Promise<void> {
    for (const id of this.#running.keys()) this.cancel(id);
    await Promise.all([...this.#running.values()].map(({ done }) => done));
  }

  async #run(
    bulkEditId: number,
    ids: readonly number[],
    work: Work,
    isCancelled: () => boolean,
  ): Promise<void> {
    const size = chunkSizes[this.#database.engine];
    try {
      for (let from = 0; from < ids.length; from += size) {
        if (isCancelled())
          return await finishBulkEdit(this.#database, bulkEditId, 'cancelled', null);
        await this.#chunk(bulkEditId, ids.slice(from, from + size), work);
      }
      await finishBulkEdit(this.#database, bulkEditId, 'succeeded', null);
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      // Where the database is away its heartbeat tells that it did not end well.
      await finishBulkEdit(this.#database, bulkEditId, 'failed', message).catch(() => undefined);
    }
  }

  async #chunk(bulkEditId: number, ids: readonly number[], work: Work): Promise<void> {
    await this.#database.transaction(async (client) => {
      const changed = await work(client, bulkEditId, ids);
      await client.query(
        `UPDATE app.bulk_edits SET done = done + $2, changed = changed + $3, skipped = skipped + $2 - $3,
           alive_at = now() WHERE bulk_edit_id = $1`,
        [bulkEditId, ids.length, changed],
      );
    });
  }
}
