import { breathe } from './breathe.js';
import type { Database } from '../db/database.js';
import type { RowTable, StoreRow, StoreSchema } from './row-table.js';

/** Where a store gets its rows from. */
export type RowSource = {
  /** Name of the layer in app.changes. */
  readonly layer: string;
  readonly schema: StoreSchema;
  /** Appends every row to a table, in any order; serves others in between. */
  readonly fill: (database: Database, table: RowTable) => Promise<void>;
  /** The rows of these ids that exist. */
  readonly readByIds: (database: Database, ids: readonly number[]) => Promise<StoreRow[]>;
};

/** How many rows one statement reads on the embedded engine, where all others wait for it: some 50 ms. */
const pageSize = 2000;

/** Values of a row in the order of the columns of the statement; the first is the id. */
export type RawRow = readonly unknown[];

/** How rows are read where there is no COPY: page by page, and turned into rows of the store one by one. */
export type Pages = {
  /** A SELECT with the parameters $1 (after this id) and $2 (at most so many). */
  readonly sql: string;
  readonly toStoreRow: (raw: RawRow) => StoreRow;
};

/** Appends the rows of all pages to a table. */
export async function fillByPages(
  database: Database,
  { sql, toStoreRow }: Pages,
  table: RowTable,
): Promise<void> {
  for await (const page of pagesOf(database, sql)) {
    for (const raw of page) table.append(toStoreRow(raw));
    await breathe();
  }
}

async function* pagesOf(database: Database, text: string): AsyncGenerator<RawRow[]> {
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
