import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Database } from '../../server/db/database.js';
import { startEmbeddedEngine } from '../../server/db/embedded/embedded-engine.js';
import { migrate } from '../../server/db/migrate.js';
import { testEngine } from './database.js';
import { templateVariable } from './embedded.js';

/** Migrates one embedded database for the whole run; every test file starts from a copy of it. */
export async function setup(): Promise<(() => void) | undefined> {
  return testEngine === 'embedded' ? migrateTemplate() : undefined;
}

/** Migrates an embedded database that tests start from copies of; answers how to remove it. */
export async function migrateTemplate(): Promise<() => void> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'catchment-template-'));
  const engine = await startEmbeddedEngine(folder);
  const database = new Database(engine.connection, 'embedded');
  await migrate(database);
  await database.close();
  await engine.stop();
  process.env[templateVariable] = folder;
  return () => rmSync(folder, { recursive: true, force: true });
}
