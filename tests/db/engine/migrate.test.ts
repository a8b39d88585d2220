import type pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Database } from '../../../server/db/database.js';
import { migrate } from '../../../server/db/migrate.js';
import { readMigrations } from '../../../server/db/migration-files.js';
import { emptyDatabase, testEngine } from '../../support/database.js';
import { startUnmigratedForTests } from '../../support/embedded.js';

/** A database without any migration, and how to end what runs in it as a crash does. */
type Engine = {
  readonly connection: string | pg.PoolConfig;
  readonly crash: (client: pg.PoolClient) => Promise<void>;
  readonly close: () => Promise<void>;
};

const cases: [when: string, statement: RegExp, statementsLater: number][] = [
  ['before the table of versions is committed', /SELECT version, md5/, 0],
  ['between the note and the tables of the first migration', /CREATE SCHEMA/, 0],
  ['between the tables of a migration and its commit', /CREATE TABLE geo\.region_levels/, 1],
  ['between two migrations', /CREATE TABLE geo\.region_levels/, 2],
];
/** A crash of the embedded engine takes seconds: there only where the most is left half done. */
const cutOffs = testEngine === 'embedded' ? cases.slice(2) : cases;

describe(`migrations that are cut off (${testEngine})`, () => {
  let engine: Engine;
  let database: Database;

  beforeAll(async () => {
    engine = await (testEngine === 'embedded' ? embedded() : postgres());
  });

  // A pool of its own for each test: a crash leaves connections behind that do not know it yet.
  beforeEach(() => {
    database = new Database(engine.connection, testEngine);
  });

  afterEach(() => database.close());

  afterAll(() => engine.close());

  it.each(cutOffs)('leave nothing half done when they end %s', async (_when, statement, later) => {
    await expect(migrateUntil(engine, statement, later)).rejects.toThrow();
    const versions = await appliedVersions(database);
    const tables = await database.rows(
      `SELECT 1 FROM pg_tables WHERE schemaname = 'geo' AND tablename = 'region_levels'`,
    );
    expect(tables.length).toBe(versions.includes(2) ? 1 : 0);
  });

  it('go on at the next start and end as if nothing had happened', async () => {
    const all = await readMigrations();
    const before = await appliedVersions(database);
    const applied = await migrate(database);
    expect(applied).toEqual(
      all.filter(({ version }) => !before.includes(version)).map(({ file }) => file),
    );
    expect(await appliedVersions(database)).toEqual([0, ...all.map(({ version }) => version)]);
    expect(await migrate(database)).toEqual([]);
  });

  it('say what to do where tables are there that no version is noted of', async () => {
    await database.rows('DELETE FROM public.catchment_migrations WHERE version = 2');
    await expect(migrate(database)).rejects.toThrow(/002\.do\.geography\.sql.*CATCHMENT_DATA/s);
    const [second] = (await readMigrations()).filter(({ version }) => version === 2);
    await database.rows(
      'INSERT INTO public.catchment_migrations (version, name, md5) VALUES (2, $1, $2)',
      [second?.name, second?.md5],
    );
  });

  it('are refused where one was edited after it was applied', async () => {
    await database.rows(`UPDATE public.catchment_migrations SET md5 = 'other' WHERE version = 3`);
    await expect(migrate(database)).rejects.toThrow(/003\.do\.app\.sql was edited/);
  });
});

/** Migrates and crashes the engine that many statements after the one that matches. */
async function migrateUntil(engine: Engine, statement: RegExp, later: number): Promise<void> {
  const database = new Database(engine.connection, testEngine);
  let left: number | undefined;
  database.pool.on('connect', (client) => {
    const query = client.query.bind(client) as (...args: unknown[]) => Promise<unknown>;
    const counted = async (...args: unknown[]) => {
      if (left !== undefined) left -= 1;
      else if (statement.test(String(args[0]))) left = later;
      if (left === 0) await engine.crash(client);
      return query(...args);
    };
    Object.assign(client, { query: counted });
  });
  try {
    await migrate(database);
  } finally {
    await database.close();
  }
}

async function appliedVersions(database: Database): Promise<number[]> {
  const table = await database.row(
    `SELECT 1 FROM pg_tables WHERE tablename = 'catchment_migrations'`,
  );
  if (!table) return [];
  const rows = await database.rows<{ version: number }>(
    'SELECT version FROM public.catchment_migrations ORDER BY version',
  );
  return rows.map(({ version }) => version);
}

async function postgres(): Promise<Engine> {
  const { database, url, close } = await emptyDatabase();
  const crash = async (client: pg.PoolClient) => {
    const { processID } = client as unknown as { processID: number };
    await database.rows('SELECT pg_terminate_backend($1, 10000)', [processID]);
  };
  return { connection: url, crash, close };
}

async function embedded(): Promise<Engine> {
  const engine = await startUnmigratedForTests();
  const crash = async () => {
    const { pid } = engine.child;
    if (pid === undefined) throw new Error('the engine has no process');
    process.kill(pid, 'SIGKILL');
    while (engine.child.pid === pid) await new Promise((resolve) => setImmediate(resolve));
  };
  return { connection: engine.connection, crash, close: engine.stop };
}
