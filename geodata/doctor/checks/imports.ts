import { cleanDeadImports } from '../../report/clean-dead-imports.js';
import { counted, ok, warn, type Check } from '../check.js';

type Found = { dead: number; staging: number; failed: number; last_failed: number | null };

/** No import was cut off or failed and left it at that. */
export const importsCheck: Check = {
  name: 'Imports',
  needs: 'schema',
  examine: async ({ database }) => {
    const opened = await database();
    const found = await opened.row<Found>(
      `SELECT (SELECT count(*) FROM app.imports WHERE status = 'running'
               AND COALESCE((summary ->> 'heartbeat_at')::timestamptz, started_at) < now() - interval '1 minute')
           AS dead,
         (SELECT count(*) FROM pg_tables t WHERE t.schemaname = 'app' AND t.tablename ~ '^staging_[0-9]+_'
            AND NOT EXISTS (SELECT FROM app.imports i WHERE i.status = 'running'
              AND i.import_id = (regexp_match(t.tablename, '^staging_([0-9]+)_'))[1]::bigint)) AS staging,
         count(*) AS failed, max(import_id) AS last_failed
       FROM app.imports i
       WHERE i.status = 'failed' AND i.started_at > now() - interval '7 days'
         AND NOT EXISTS (SELECT FROM app.imports later WHERE later.status = 'succeeded'
           AND later.importer = i.importer AND later.source_name = i.source_name
           AND later.import_id > i.import_id)`,
    );
    const { dead = 0, staging = 0, failed = 0, last_failed } = found ?? ({} as Partial<Found>);
    if (dead + staging > 0) {
      return warn(
        `${counted(dead, 'import')} seem to have been cut off; ${counted(staging, 'staging table')} left behind.`,
        {
          todo: 'npm run catchment -- doctor --fix',
          fix: async () => {
            const cleaned = await cleanDeadImports(opened);
            return `${counted(cleaned, 'import')} marked as failed, staging tables dropped.`;
          },
        },
      );
    }
    if (failed === 0) return ok('None failed in the last seven days without a later success.');
    return warn(`${counted(failed, 'import')} failed in the last seven days.`, {
      todo: `npm run catchment -- reports show ${last_failed}`,
    });
  },
};
