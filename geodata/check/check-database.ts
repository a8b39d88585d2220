import type pg from 'pg';
import { Database } from '../../server/db/database.js';
import { countMerges, MergesCounted, stopCounting } from '../loaders/counted-merges.js';
import type { MergeCounts } from '../loaders/merge-rows.js';

/** Ends the run of an importer that is only checked; carries what was found. */
export class CheckEnd<Found> extends Error {
  readonly found: Found;

  constructor(found: Found) {
    super('The check is done.');
    this.name = 'CheckEnd';
    this.found = found;
  }
}

/** What became of the merges: undefined where the importer does not let them be counted. */
export type Counted = readonly MergeCounts[] | undefined;

type Examine<Found> = (client: pg.PoolClient, counted: Counted) => Promise<Found>;

/**
 * The database as an importer sees it in a check. Its staging tables are real; its one transaction, in which it
 * rejects rows and writes, goes as far as the comparison with the stored rows, is examined, and is always
 * taken back. `transaction` then throws a CheckEnd.
 */
export class CheckDatabase<Found> extends Database {
  readonly #merges: number;
  readonly #before: () => Promise<void>;
  readonly #examine: Examine<Found>;

  /**
   * @param before done before the transaction: on the embedded engine nobody else gets a turn within it
   * @param examine looks at what the importer staged, at the end of the transaction
   */
  constructor(
    real: Database,
    merges: number,
    { before, examine }: { before: () => Promise<void>; examine: Examine<Found> },
  ) {
    super({ ...real.pool.options }, real.engine);
    this.#merges = merges;
    this.#before = before;
    this.#examine = examine;
  }

  override async transaction<Result>(
    work: (client: pg.PoolClient) => Promise<Result>,
  ): Promise<Result> {
    await this.#before();
    return super.transaction(async (client): Promise<Result> => {
      const counted = this.#merges === 0 ? undefined : await this.#count(client, work);
      throw new CheckEnd(await this.#examine(client, counted));
    });
  }

  async #count(client: pg.PoolClient, work: (client: pg.PoolClient) => Promise<unknown>) {
    countMerges(client, this.#merges);
    try {
      const outcome = await work(client);
      // The importer wrote in its own way, or had nothing to merge.
      return [outcome as MergeCounts];
    } catch (error) {
      if (error instanceof MergesCounted) return error.counts;
      throw error;
    } finally {
      stopCounting(client);
    }
  }
}
