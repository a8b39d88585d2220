import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import Postgrator from 'postgrator';
import { Database, type Queryable } from './database.js';

const folder = path.join(path.dirname(fileURLToPath(import.meta.url)), 'migrations');

/**
 * Brings the database to the newest migration, or to the one of that number, and returns the names of those
 * applied. With the client of a transaction, all of them belong to it.
 *
 * Throws where an applied migration was edited afterwards (checksum) or a statement fails.
 */
export async function migrate(database: Database | Queryable, to?: number): Promise<string[]> {
  const queryable = database instanceof Database ? database.pool : database;
  const postgrator = new Postgrator({
    migrationPattern: path.join(folder, '*.sql'),
    driver: 'pg',
    schemaTable: 'public.catchment_migrations',
    execQuery: (query) => queryable.query(query),
    validateChecksums: true,
    newline: 'LF',
  });
  const applied = await postgrator.migrate(to === undefined ? undefined : String(to));
  return applied.map((migration) => migration.filename);
}

/** Number of the newest migration that this program has. */
export async function newestMigration(): Promise<number> {
  return Math.max(...(await readdir(folder)).map((file) => Number.parseInt(file, 10) || 0));
}
