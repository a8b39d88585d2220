import type { Queryable } from '../../server/db/database.js';
import type { MergeCounts } from './merge-rows.js';

/** Ends a check at the last merge that it is to count; carries the numbers of all of them. */
export class MergesCounted extends Error {
  readonly counts: readonly MergeCounts[];

  constructor(counts: readonly MergeCounts[]) {
    super('The merges of the check are counted.');
    this.name = 'MergesCounted';
    this.counts = counts;
  }
}

type Counting = { readonly merges: number; readonly counts: MergeCounts[] };

const countings = new WeakMap<Queryable, Counting>();

/**
 * From now on merges on this connection are counted, and the last of so many is not carried out any more. The ones
 * before it are, as later ones build on their rows: the caller takes the transaction back.
 */
export function countMerges(client: Queryable, merges: number): void {
  countings.set(client, { merges, counts: [] });
}

/** Whether merges on this connection are only counted. */
export function isCounting(queryable: Queryable): boolean {
  return countings.has(queryable);
}

/** Told by `mergeRows` before it writes. @throws MergesCounted at the last merge of a check */
export function noteMerge(queryable: Queryable, counts: MergeCounts): void {
  const counting = countings.get(queryable);
  if (!counting) return;
  counting.counts.push(counts);
  if (counting.counts.length >= counting.merges) throw new MergesCounted(counting.counts);
}

/** Lets merges on this connection write again. */
export function stopCounting(client: Queryable): void {
  countings.delete(client);
}
