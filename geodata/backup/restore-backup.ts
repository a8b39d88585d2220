import type pg from 'pg';
import type { Database } from '../../server/db/database.js';
import { migrate, newestMigration } from '../../server/db/migrate.js';
import { AppError } from '../../server/errors.js';
import { readLoadingMark } from '../demo/loading-mark.js';
import { dropParts, restingParts, restoreParts } from '../demo/resting-parts.js';
import { silentProgress, type Progress } from '../progress.js';
import { cleanDeadImports } from '../report/clean-dead-imports.js';
import { refreshStaleShapes } from '../shapes/refresh-shapes.js';
import { listBackupTables, listEmptiedTables, type ProjectTable } from './backup-tables.js';
import { noteBackup } from './last-backup.js';
import type { Manifest } from './manifest.js';
import { openBackup, type OpenBackup } from './open-backup.js';
import { portableTexts } from './project-facts.js';
import { rowWriterFor } from './restore-rows.js';
import { rebuildSchema } from './rebuild-schema.js';
import { settleDatabase } from './settle-database.js';

type Options = {
  readonly progress?: Progress;
  readonly signal?: AbortSignal;
};

/**
 * Puts a backup in the place of everything that the project holds, on either engine.
 *
 * The file is read and checked whole first. All is done in one transaction: where it fails or is cancelled,
 * the project is as before. A backup of an older version is loaded into the tables of that version and
 * migrated from there. Running servers wait, then show what was restored; everybody signs in again.
 *
 * Throws an AppError where the file is damaged or of a newer version, or while an import runs; the reason of
 * the signal when aborted.
 */
export async function restoreBackup(
  database: Database,
  file: string,
  { progress = silentProgress, signal }: Options = {},
): Promise<Manifest> {
  const backup = await openBackup(file);
  const { manifest } = backup;
  await assertKnown(file, manifest);
  await backup.verify(progress, signal);
  await cleanDeadImports(database);
  await database.transaction(async (client) => {
    await client.query(portableTexts);
    await refuseRunningImport(client);
    const isOlder = manifest.migration < (await newestMigration());
    if (isOlder) await rebuildSchema(client, manifest.migration);
    const resting = await restTriggers(client);
    if (!isOlder) await emptyTables(client);
    await loadTables(client, backup, { engine: database.engine, progress, signal });
    for (const name of resting) await client.query(`ALTER TABLE ${name} ENABLE TRIGGER USER`);
    progress.stage('Putting the parts together');
    if (isOlder) await migrate(client);
    await settleDatabase(client, manifest);
    signal?.throwIfAborted();
  });
  await noteBackup(database, new Date(manifest.createdAt));
  await database.rows('ANALYZE');
  progress.stage('Preparing the map');
  await refreshStaleShapes(database, { onProgress: (share) => progress.fraction(share) });
  return manifest;
}

async function assertKnown(file: string, { migration }: Manifest): Promise<void> {
  const known = await newestMigration();
  if (migration <= known) return;
  throw new AppError(
    'conflict',
    `${file} was made by a newer Catchment (version ${migration} of the database; this one knows ` +
      `up to ${known}). Update this one first. Nothing was changed.`,
  );
}

async function refuseRunningImport(client: pg.PoolClient): Promise<void> {
  // No import may begin between the look and the end.
  await client.query('LOCK TABLE app.imports IN SHARE ROW EXCLUSIVE MODE');
  const running = await client.query(`SELECT FROM app.imports WHERE status = 'running' LIMIT 1`);
  if (running.rows.length === 0) return;
  throw new AppError('conflict', 'An import is running. Wait for its end, or stop it first.');
}

/** Rows go and come back as they were, what triggers would write included: none of them may run meanwhile. */
async function restTriggers(client: pg.PoolClient): Promise<string[]> {
  const names = await listEmptiedTables(client);
  for (const name of names) await client.query(`ALTER TABLE ${name} DISABLE TRIGGER USER`);
  return names;
}

async function emptyTables(client: pg.PoolClient): Promise<void> {
  const resting = await readLoadingMark(client);
  await client.query(`TRUNCATE ${(await listEmptiedTables(client)).join(', ')}`);
  await restoreParts(client, resting ?? []);
}

type Loading = {
  readonly engine: Database['engine'];
  readonly progress: Progress;
  readonly signal: AbortSignal | undefined;
};

/** Indexes and foreign keys are made at the end. */
async function loadTables(
  client: pg.PoolClient,
  { manifest, rowsOf }: OpenBackup,
  { engine, progress, signal }: Loading,
): Promise<void> {
  const tables = tablesOf(manifest, await listBackupTables(client));
  const names = tables.map(({ name }) => name);
  const parts = await restingParts(client, names);
  await dropParts(client, parts);
  const write = rowWriterFor(engine);
  for (const [index, table] of tables.entries()) {
    const { parts: files, rows } = manifest.tables[index]!;
    progress.stage(`Restoring ${table.name}`, rows);
    await client.query(`DELETE FROM ${table.name}`);
    for (const part of files) {
      signal?.throwIfAborted();
      await write(client, table, rowsOf(part));
      progress.advance(part.rows);
    }
    await assertCount(client, table.name, rows);
  }
  progress.stage('Indexing', parts.length);
  await restoreParts(client, parts, () => progress.advance(1));
}

/** The tables of the database in the order of the manifest, with the columns that it names. */
function tablesOf(manifest: Manifest, known: readonly ProjectTable[]): ProjectTable[] {
  return manifest.tables.map(({ name, columns }) => {
    const table = known.find((candidate) => candidate.name === name);
    const types = columns.map((column) => table?.types[table.columns.indexOf(column)]);
    if (types.every((type) => type !== undefined)) return { name, columns, types };
    throw new AppError('conflict', `This database has no such table or columns: ${name}.`);
  });
}

async function assertCount(client: pg.PoolClient, table: string, rows: number): Promise<void> {
  const found = await client.query<{ rows: number }>(`SELECT count(*) AS rows FROM ${table}`);
  if (found.rows[0]?.rows === rows) return;
  throw new Error(`${table} has ${found.rows[0]?.rows} rows after ${rows} were restored.`);
}
