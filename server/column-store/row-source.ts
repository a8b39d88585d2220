import QueryStream from 'pg-query-stream';
import type { Database } from '../db/database.js';
import type { StoreRow, StoreSchema } from './row-table.js';

/** Where a store gets its rows from. */
export type RowSource = {
  /** Name of the layer in app.changes. */
  readonly layer: string;
  readonly schema: StoreSchema;
  /** Every row, in batches and in any order. */
  readonly readAll: (database: Database) => AsyncIterable<StoreRow[]>;
  /** The rows of these ids that exist. */
  readonly readByIds: (database: Database, ids: readonly number[]) => Promise<StoreRow[]>;
};

/** How many rows one statement reads on the embedded engine, where all others wait for it: some 50 ms. */
const pageSize = 2000;
const batchSize = 1000;

/** Values of a row in the order of the columns of the statement; the first is the id. */
export type RawRow = readonly unknown[];

/** Rows of one long statement, read through a cursor so that they are never all in memory. */
export async function* streamRows(database: Database, text: string): AsyncGenerator<RawRow[]> {
  const client = await database.pool.connect();
  const stream = client.query(new QueryStream(text, [], { batchSize, rowMode: 'array' }));
  let broken = true;
  try {
    let batch: RawRow[] = [];
    for await (const row of stream as AsyncIterable<RawRow>) {
      batch.push(row);
      if (batch.length < batchSize) continue;
      yield batch;
      batch = [];
    }
    yield batch;
    broken = false;
  } finally {
    client.release(broken);
  }
}

/** Rows of a statement with the parameters $1 (after this id) and $2 (at most so many), page by page. */
export async function* pageRows(database: Database, text: string): AsyncGenerator<RawRow[]> {
  let after = Number.MIN_SAFE_INTEGER;
  for (;;) {
    const { rows } = await database.pool.query<unknown[]>({
      text,
      values: [after, pageSize],
      rowMode: 'array',
    });
    yield rows;
    if (rows.length < pageSize) return;
    after = Number(rows.at(-1)?.[0]);
  }
}

/** Rows of a statement whose $1 is a list of ids. */
export async function rowsByIds(
  database: Database,
  text: string,
  ids: readonly number[],
): Promise<RawRow[]> {
  const found: RawRow[] = [];
  for (let from = 0; from < ids.length; from += pageSize) {
    const { rows } = await database.pool.query<unknown[]>({
      text,
      values: [ids.slice(from, from + pageSize)],
      rowMode: 'array',
    });
    found.push(...rows);
  }
  return found;
}
