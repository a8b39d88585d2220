import { inBatches } from '../in-batches.js';
import type { ReadOptions, Reader, SourceDescription, SourceRow } from './source-row.js';

type Reading = { readonly options: ReadOptions; readonly described: SourceDescription };

/** The rows of a file in batches, the first of which can be looked at before they are read. */
export class PeekedBatches implements AsyncIterable<readonly SourceRow[]> {
  readonly #batches: AsyncIterator<readonly SourceRow[]>;
  #peeked: (readonly SourceRow[])[] = [];

  constructor(reader: Reader, path: string, { options, described }: Reading) {
    const batches = reader.readBatches
      ? reader.readBatches(path, options, described)
      : inBatches(reader.read(path, options, described));
    this.#batches = batches[Symbol.asyncIterator]();
  }

  /** Reads until so many rows are here, or there are no more. */
  async peek(rows: number): Promise<void> {
    while (this.sample.length < rows) {
      const next = await this.#batches.next();
      if (next.done) return;
      this.#peeked.push(next.value);
    }
  }

  get sample(): readonly SourceRow[] {
    return this.#peeked.flat();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<readonly SourceRow[]> {
    try {
      for (const batch of this.#peeked.splice(0)) yield batch;
      for (;;) {
        const next = await this.#batches.next();
        if (next.done) return;
        yield next.value;
      }
    } finally {
      await this.close();
    }
  }

  /** Stops reading. */
  async close(): Promise<void> {
    await this.#batches.return?.();
  }
}
