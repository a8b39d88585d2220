import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { Database, type EngineKind } from '../../server/db/database.js';
import { migrate } from '../../server/db/migrate.js';
import { startEmbeddedForTests } from './embedded.js';

export type TestDatabase = {
  readonly database: Database;
  /** Connection string, for code that opens its own connections. */
  readonly url: string;
  readonly close: () => Promise<void>;
};

/** The engine that this run of the database tests is on. */
export const testEngine: EngineKind =
  process.env['CATCHMENT_TEST_ENGINE'] === 'embedded' ? 'embedded' : 'postgres';

/** A fresh, migrated database on the engine of this run; `close` removes it. */
export async function testDatabase(): Promise<TestDatabase> {
  return testEngine === 'embedded' ? embeddedDatabase() : postgresDatabase();
}

async function embeddedDatabase(): Promise<TestDatabase> {
  const engine = await startEmbeddedForTests();
  const database = new Database(engine.connection, 'embedded');
  await migrate(database);
  const close = async () => {
    await database.close();
    await engine.stop();
  };
  return { database, url: engine.url, close };
}

/** A fresh database on PostgreSQL without any migration. */
export function emptyDatabase(): Promise<TestDatabase> {
  return copyOf('template1');
}

async function postgresDatabase(): Promise<TestDatabase> {
  return copyOf(await migratedTemplate(testServer()));
}

function testServer(): string {
  const server = process.env['TEST_POSTGRES_URL'];
  if (!server) throw new Error('TEST_POSTGRES_URL is not set: run the tests through npm test');
  return server;
}

async function copyOf(template: string): Promise<TestDatabase> {
  const server = testServer();
  const name = `catchment_test_${randomUUID().replaceAll('-', '')}`;
  await onServer(server, `CREATE DATABASE ${name} TEMPLATE ${template}`);
  const url = withDatabase(server, name);
  const database = new Database(url, 'postgres');
  const close = async () => {
    await database.close();
    await onServer(server, `DROP DATABASE ${name} WITH (FORCE)`);
  };
  return { database, url, close };
}

let template: Promise<string> | undefined;

/** One migrated template a test process: copying it is far quicker than migrating each time. */
function migratedTemplate(server: string): Promise<string> {
  template ??= makeTemplate(server);
  return template;
}

async function makeTemplate(server: string): Promise<string> {
  const name = `catchment_template_${randomUUID().replaceAll('-', '')}`;
  await onServer(server, `CREATE DATABASE ${name}`);
  const database = new Database(withDatabase(server, name), 'postgres');
  await migrate(database);
  await database.close();
  return name;
}

async function onServer(server: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  await client.query(statement);
  await client.end();
}

function withDatabase(server: string, name: string): string {
  const url = new URL(server);
  url.pathname = `/${name}`;
  return url.href;
}
