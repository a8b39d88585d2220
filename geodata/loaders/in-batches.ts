import type { StagingRow } from './bulk-loader.js';

const batchRows = 500;

/** Rows in batches of some hundred. */
export async function* inBatches(rows: AsyncIterable<StagingRow>): AsyncGenerator<StagingRow[]> {
  let batch: StagingRow[] = [];
  for await (const row of rows) {
    batch.push(row);
    if (batch.length < batchRows) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}
