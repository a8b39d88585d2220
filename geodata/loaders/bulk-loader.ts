import type { Database, Queryable } from '../../server/db/database.js';
import { copyLoader } from './copy-loader.js';
import { unnestLoader } from './unnest-loader.js';

/**
 * Types of staging columns. `geometry` takes hexadecimal (E)WKB, EWKT or GeoJSON text, as geometry
 * input of PostGIS does, and keeps the SRID that the text says or none; `jsonb` takes JSON text.
 */
export type StagingType =
  | 'text'
  | 'bigint'
  | 'integer'
  | 'double precision'
  | 'numeric'
  | 'boolean'
  | 'date'
  | 'timestamptz'
  | 'jsonb'
  | 'geometry';

/** Values travel as text, number or boolean, or null; never as objects. */
export type StagingValue = string | number | boolean | null;

export type StagingTable = {
  /** Qualified name, safe to put into SQL as it is. */
  readonly name: string;
  readonly columns: Readonly<Record<string, StagingType>>;
};

export type LoadOptions = {
  readonly signal?: AbortSignal;
  /** Called with the number of rows of every part that went in. */
  readonly onRows?: (rows: number) => void;
};

/** Values in the order of the table's columns. */
export type StagingRow = readonly StagingValue[];

/** The way many rows get into a staging table. */
export type BulkLoader = {
  /**
   * Appends rows, values in the order of the table's columns, and returns their number.
   * Rejects with the reason of the signal when it is aborted.
   */
  load(
    table: StagingTable,
    rows: AsyncIterable<StagingRow>,
    options?: LoadOptions,
  ): Promise<number>;
  /** As `load`, for rows that come in batches: it spares a promise a row. */
  loadBatches(
    table: StagingTable,
    batches: AsyncIterable<readonly StagingRow[]>,
    options?: LoadOptions,
  ): Promise<number>;
};

/** COPY on PostgreSQL, batches of arrays on the embedded engine, whose socket cannot COPY. */
export function bulkLoaderFor(database: Database): BulkLoader {
  return database.engine === 'postgres' ? copyLoader(database) : unnestLoader(database);
}

/**
 * Creates an unlogged staging table. The name carries the import, so that tables left behind by an
 * import that died can be told apart (see `dropStagingTables`).
 */
export async function createStagingTable(
  queryable: Queryable,
  importId: number,
  purpose: string,
  columns: StagingTable['columns'],
): Promise<StagingTable> {
  const name = stagingTableName(importId, purpose);
  const list = Object.entries(columns).map(([column, type]) => `"${column}" ${type}`);
  await queryable.query(`DROP TABLE IF EXISTS ${name}`);
  await queryable.query(`CREATE UNLOGGED TABLE ${name} (${list.join(', ')})`);
  return { name, columns };
}

function stagingTableName(importId: number, purpose: string): string {
  if (!Number.isSafeInteger(importId)) throw new Error(`Not an import id: ${importId}`);
  if (!/^[a-z_]{1,30}$/.test(purpose)) throw new Error(`Not a staging table name: ${purpose}`);
  return `app.staging_${importId}_${purpose}`;
}

/** Drops every staging table of the import. */
export async function dropStagingTables(queryable: Queryable, importId: number): Promise<void> {
  const found = await queryable.query<{ tablename: string }>(
    `SELECT tablename FROM pg_tables WHERE schemaname = 'app' AND tablename ~ $1`,
    [`^staging_${importId}_[a-z_]+$`],
  );
  for (const { tablename } of found.rows) {
    await queryable.query(`DROP TABLE IF EXISTS app.${tablename}`);
  }
}
