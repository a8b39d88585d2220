import type { Database } from '../../server/db/database.js';
import { dropStagingTables } from '../loaders/bulk-loader.js';
import { silenceMinutes, thisProcess, type ImportProcess } from './heartbeat.js';

type RunningImport = {
  readonly import_id: number;
  readonly process: ImportProcess | null;
  readonly is_silent: boolean;
};

/**
 * Marks imports as failed whose process is gone, and drops the staging tables that no running import
 * owns. Returns the number of imports that were found dead.
 */
export async function cleanDeadImports(database: Database): Promise<number> {
  const running = await database.rows<RunningImport>(
    `SELECT import_id, summary -> 'process' AS process,
       COALESCE((summary ->> 'heartbeat_at')::timestamptz, started_at)
         < now() - make_interval(mins => $1) AS is_silent
     FROM app.imports WHERE status = 'running'`,
    [silenceMinutes],
  );
  const dead = running.filter((entry) => entry.is_silent || hasEnded(entry.process));
  for (const { import_id } of dead) {
    await database.pool.query(
      `UPDATE app.imports SET status = 'failed', finished_at = now(),
         error = 'The process that ran the import ended before it was finished.'
       WHERE import_id = $1 AND status = 'running'`,
      [import_id],
    );
  }
  const abandoned = await database.rows<{ import_id: number }>(
    `SELECT DISTINCT (regexp_match(tablename, '^staging_([0-9]+)_'))[1]::bigint AS import_id
     FROM pg_tables WHERE schemaname = 'app' AND tablename ~ '^staging_[0-9]+_'
     EXCEPT SELECT import_id FROM app.imports WHERE status = 'running'`,
  );
  for (const { import_id } of abandoned) await dropStagingTables(database.pool, import_id);
  return dead.length;
}

function hasEnded(owner: ImportProcess | null): boolean {
  if (owner === null || owner.host !== thisProcess.host) return false;
  try {
    process.kill(owner.pid, 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
}
