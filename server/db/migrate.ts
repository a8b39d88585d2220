import { AppError } from '../errors.js';
import { Database, type Queryable } from './database.js';
import { readMigrations, type MigrationFile } from './migration-files.js';

export { newestMigration } from './migration-files.js';

const columns = 4;
/** Safe to repeat. The row of version 0 makes the newest version a number before the first migration too. */
const createTable = `
  CREATE TABLE IF NOT EXISTS public.catchment_migrations (version bigint PRIMARY KEY);
  ALTER TABLE public.catchment_migrations ADD COLUMN IF NOT EXISTS name text;
  ALTER TABLE public.catchment_migrations ADD COLUMN IF NOT EXISTS md5 text;
  ALTER TABLE public.catchment_migrations ADD COLUMN IF NOT EXISTS run_at timestamptz;
  INSERT INTO public.catchment_migrations (version) VALUES (0) ON CONFLICT DO NOTHING;`;

/** Codes of "already exists": of a schema, table, column, type or constraint, and function. */
const existing = new Set(['42P06', '42P07', '42701', '42710', '42723']);

/** Runs `work` so that all that it writes is there afterwards, or nothing. */
type Whole = <Result>(work: (client: Queryable) => Promise<Result>) => Promise<Result>;

/**
 * Brings the database to the newest migration, or to the one of that number, and returns the files of those
 * applied.
 *
 * Each migration and the note that it was applied are one transaction: where this is cut off, the next call
 * goes on from there, and two servers that start at once apply each migration once. With the client of a
 * transaction, all of them belong to it.
 *
 * Throws where an applied migration was edited afterwards (checksum) or a statement fails; an AppError
 * `conflict` where tables of a migration are there that nothing says was applied.
 */
export async function migrate(database: Database | Queryable, to = Infinity): Promise<string[]> {
  const whole: Whole =
    database instanceof Database ? (work) => database.transaction(work) : (work) => work(database);
  const migrations = (await readMigrations()).filter(({ version }) => version <= to);
  const noted = await whole(readNoted);
  const applied: string[] = [];
  for (const migration of migrations) {
    if (noted.has(migration.version)) assertUnchanged(migration, noted.get(migration.version));
    else if (await whole((client) => apply(client, migration))) applied.push(migration.file);
  }
  return applied;
}

/** Versions that were applied, with the checksum of each. */
async function readNoted(client: Queryable): Promise<Map<number, string | null>> {
  const { rowCount } = await client.query(
    `SELECT 1 FROM information_schema.columns
     WHERE table_schema = 'public' AND table_name = 'catchment_migrations'`,
  );
  if (rowCount !== columns) await client.query(createTable);
  const { rows } = await client.query<{ version: number; md5: string | null }>(
    'SELECT version, md5 FROM public.catchment_migrations',
  );
  return new Map(rows.map(({ version, md5 }) => [version, md5]));
}

function assertUnchanged({ file, md5 }: MigrationFile, noted: string | null | undefined): void {
  if (noted && noted !== md5) {
    throw new Error(`The migration ${file} was edited after it was applied (MD5 checksum).`);
  }
}

/** Answers false where another server applied it meanwhile: its note is waited for. */
async function apply(client: Queryable, migration: MigrationFile): Promise<boolean> {
  const { version, name, md5, sql } = migration;
  const { rowCount } = await client.query(
    `INSERT INTO public.catchment_migrations (version, name, md5, run_at)
     VALUES ($1, $2, $3, now()) ON CONFLICT DO NOTHING`,
    [version, name, md5],
  );
  if (rowCount === 0) return false;
  try {
    await client.query(sql);
  } catch (error) {
    throw existing.has((error as { code?: string }).code ?? '')
      ? halfPrepared(migration, error as Error)
      : error;
  }
  return true;
}

function halfPrepared({ file }: MigrationFile, { message }: Error): AppError {
  return new AppError(
    'conflict',
    `The database cannot be brought to the newest version: ${file} makes what is there already ` +
      `(${message}). An earlier version was probably stopped while it prepared this database. Where ` +
      'nothing was loaded yet, delete the data folder (.catchment, or what CATCHMENT_DATA names) or ' +
      'take an empty database for DATABASE_URL, and start again; else restore a backup into a new one.',
  );
}
