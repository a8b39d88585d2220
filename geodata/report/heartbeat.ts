import os from 'node:os';
import type { Database } from '../../server/db/database.js';

/** Which process runs an import. */
export type ImportProcess = { readonly host: string; readonly pid: number };

export const thisProcess: ImportProcess = { host: os.hostname(), pid: process.pid };

const beatMs = 2000;

/** A running import counts as dead when nothing was heard of it for so long. */
export const silenceMinutes = 15;

/**
 * Writes the number of rows read and a sign of life to app.imports every two seconds.
 * Returns the function that stops it, which waits for the beat under way.
 */
export function startHeartbeat(
  database: Database,
  importId: number,
  rowsRead: () => number,
): () => Promise<void> {
  let underWay: Promise<void> | undefined;
  const beat = async () => {
    // A missed beat is no reason to fail the import; the next one comes in two seconds.
    await database.pool
      .query(
        `UPDATE app.imports SET rows_read = $2,
           summary = summary || jsonb_build_object('heartbeat_at', now())
         WHERE import_id = $1 AND status = 'running'`,
        [importId, rowsRead()],
      )
      .catch(() => undefined);
    underWay = undefined;
  };
  const timer = setInterval(() => {
    underWay ??= beat();
  }, beatMs);
  timer.unref();
  return async () => {
    clearInterval(timer);
    await underWay;
  };
}
