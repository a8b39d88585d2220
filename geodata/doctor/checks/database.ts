import { newestMigration } from '../../../server/db/migrate.js';
import { fail, ok, warn, type Check } from '../check.js';

const oldestPostgres = 15;
const oldestPostgis = 3.3;
const referenceSystemsWanted = 1000;

/** The database answers and its versions are new enough. */
export const databaseCheck: Check = {
  name: 'Database',
  needs: 'database',
  examine: async ({ database }) => {
    const opened = await database();
    const found = await opened.row<{ postgres: string; postgis: string | null }>(
      `SELECT current_setting('server_version') AS postgres,
         (SELECT extversion FROM pg_extension WHERE extname = 'postgis') AS postgis`,
    );
    const { postgres = '0', postgis } = found ?? {};
    if (Number.parseFloat(postgres) < oldestPostgres) {
      return fail(`PostgreSQL ${postgres} is too old.`, { todo: 'Use PostgreSQL 15 or newer.' });
    }
    if (!postgis) return fail('PostGIS is not there.', { todo: 'npm run catchment -- migrate' });
    const says = `PostgreSQL ${postgres} with PostGIS ${postgis}, ${opened.engine}.`;
    if (Number.parseFloat(postgis) >= oldestPostgis) return ok(says);
    return fail(says, { todo: 'Use PostGIS 3.3 or newer, and ALTER EXTENSION postgis UPDATE.' });
  },
};

/** The schema is the one that this program knows. */
export const migrationsCheck: Check = {
  name: 'Migrations',
  needs: 'database',
  examine: async ({ database }) => {
    const opened = await database();
    const table = await opened.row<{ name: string | null }>(
      `SELECT to_regclass('public.catchment_migrations')::text AS name`,
    );
    const newest = await newestMigration();
    const todo = 'npm run catchment -- migrate';
    if (!table?.name) return warn('The database is empty.', { todo });
    const applied = await opened.row<{ version: number }>(
      'SELECT COALESCE(max(version), 0) AS version FROM public.catchment_migrations',
    );
    const version = applied?.version ?? 0;
    if (version === newest) return ok(`Up to date at ${version}.`);
    if (version < newest)
      return warn(`The database is at ${version}, this program at ${newest}.`, { todo });
    return fail(`The database is at ${version}; this program knows only up to ${newest}.`, {
      todo: 'Update Catchment.',
    });
  },
};

/** Coordinates of any reference system can be turned into degrees. */
export const referenceSystemsCheck: Check = {
  name: 'Reference systems',
  needs: 'schema',
  examine: async ({ database }) => {
    const found = await (
      await database()
    ).row<{ all: number; needed: number }>(
      `SELECT count(*) AS all, count(*) FILTER (WHERE srid IN (4326, 3857)) AS needed
       FROM public.spatial_ref_sys`,
    );
    const { all = 0, needed = 0 } = found ?? {};
    const todo = 'Make the PostGIS extension anew: its table spatial_ref_sys was emptied.';
    if (needed < 2) return fail('EPSG:4326 or EPSG:3857 is missing in spatial_ref_sys.', { todo });
    if (all < referenceSystemsWanted)
      return warn(`spatial_ref_sys has only ${all} entries.`, { todo });
    return ok(`${all.toLocaleString('en')} known.`);
  },
};
