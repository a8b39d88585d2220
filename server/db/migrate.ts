import path from 'node:path';
import { fileURLToPath } from 'node:url';
import Postgrator from 'postgrator';
import type { Database } from './database.js';

const folder = path.join(path.dirname(fileURLToPath(import.meta.url)), 'migrations');

/**
 * Brings the database to the newest migration and returns the names of those applied.
 *
 * Throws where an applied migration was edited afterwards (checksum) or a statement fails.
 */
export async function migrate(database: Database): Promise<string[]> {
  const postgrator = new Postgrator({
    migrationPattern: path.join(folder, '*.sql'),
    driver: 'pg',
    schemaTable: 'public.catchment_migrations',
    execQuery: (query) => database.pool.query(query),
    validateChecksums: true,
    newline: 'LF',
  });
  const applied = await postgrator.migrate();
  return applied.map((migration) => migration.filename);
}
