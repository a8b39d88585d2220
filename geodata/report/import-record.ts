import type { Database } from '../../server/db/database.js';
import { isDatabaseAway, onceBack } from '../../server/db/database-away.js';
import type { ImportSource } from '../importer.js';
import { jsonText } from '../values/json-text.js';

export type ImportStatus = 'running' | 'succeeded' | 'failed' | 'cancelled';

/** Numbers of rows, as in app.imports. */
export type ImportCounts = {
  readonly read: number;
  readonly inserted: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly rejected: number;
  readonly warned: number;
};

/** What an import leaves behind, beside the data. */
export type ImportReport = {
  readonly importId: number;
  readonly importer: string;
  readonly sourceName: string;
  readonly status: ImportStatus;
  readonly counts: ImportCounts;
  readonly summary: Readonly<Record<string, unknown>>;
  readonly error: string | null;
};

export type NewImport = {
  readonly importer: string;
  readonly sourceName: string;
  readonly source: ImportSource;
  readonly options: unknown;
  readonly userId: string | undefined;
  /** Whether nothing is to be written. */
  readonly isCheck: boolean;
  /** Process that runs the import, so that a dead one can be told (see clean-dead-imports.ts). */
  readonly process: Readonly<Record<string, unknown>> & {
    /** Tells this run from all others, for when its number was never answered. */
    readonly run: string;
  };
};

/**
 * Enters a running import and returns its id. Where the connection broke before the answer, a record that was
 * written all the same is closed once the database is back: nobody else would know that it does not run.
 */
export async function startImportRecord(database: Database, entry: NewImport): Promise<number> {
  try {
    return await enterImport(database, entry);
  } catch (error) {
    if (isDatabaseAway(error)) {
      await onceBack(() => closeUnanswered(database, entry.process.run)).catch(() => undefined);
    }
    throw error;
  }
}

async function closeUnanswered(database: Database, run: string): Promise<void> {
  await database.pool.query(
    `UPDATE app.imports SET status = 'failed', finished_at = now(),
       error = 'The connection to the database broke as the import began.'
     WHERE status = 'running' AND summary -> 'process' ->> 'run' = $1`,
    [run],
  );
}

async function enterImport(database: Database, entry: NewImport): Promise<number> {
  const { source, licence } = entry.source;
  const row = await database.row<{ import_id: number }>(
    `INSERT INTO app.imports (importer, source_name, options, user_id, summary, is_check)
     VALUES ($1, $2, $3, $4, $5, $6) RETURNING import_id`,
    [
      entry.importer,
      entry.sourceName,
      jsonText({ ...(entry.options as object), source, licence }),
      entry.userId ?? null,
      JSON.stringify({ process: entry.process }),
      entry.isCheck,
    ],
  );
  if (!row) throw new Error('The import could not be entered in app.imports.');
  return row.import_id;
}

/** Enters how the import ended. */
export async function finishImportRecord(database: Database, report: ImportReport): Promise<void> {
  const { counts } = report;
  await database.pool.query(
    `UPDATE app.imports SET status = $2, finished_at = now(), rows_read = $3, rows_inserted = $4,
       rows_updated = $5, rows_unchanged = $6, rows_rejected = $7, rows_warned = $8, summary = $9,
       error = $10
     WHERE import_id = $1`,
    [
      report.importId,
      report.status,
      counts.read,
      counts.inserted,
      counts.updated,
      counts.unchanged,
      counts.rejected,
      counts.warned,
      jsonText(report.summary),
      report.error,
    ],
  );
}
