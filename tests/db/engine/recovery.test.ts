import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isDatabaseAway } from '../../../server/db/database-away.js';
import { Database } from '../../../server/db/database.js';
import { migrate } from '../../../server/db/migrate.js';
import type { EmbeddedEngine } from '../../../server/db/embedded/embedded-engine.js';
import { testEngine } from '../../support/database.js';
import { startEmbeddedForTests } from '../../support/embedded.js';

describe.runIf(testEngine === 'embedded')('the embedded engine', () => {
  let engine: EmbeddedEngine;
  let database: Database;

  beforeAll(async () => {
    engine = await startEmbeddedForTests();
    database = new Database(engine.connection, 'embedded');
    await migrate(database);
  });

  afterAll(async () => {
    await database.close();
    await engine.stop();
  });

  it('is restarted after too many failed statements, and no committed row is lost', async () => {
    const firstProcess = engine.child.pid;
    const committed = new Set<string>();
    for (let round = 0; engine.child.pid === firstProcess && round < 40; round += 1) {
      const name = `Account ${round}`;
      await whenBack(engine, () =>
        database.row('INSERT INTO crm.accounts (name) VALUES ($1) RETURNING account_id', [name]),
      );
      committed.add(name);
      await failStatements(database, 100);
    }
    expect(engine.child.pid).not.toBe(firstProcess);

    const rows = await database.rows<{ name: string }>('SELECT name FROM crm.accounts');
    expect(new Set(rows.map((row) => row.name))).toEqual(committed);
  });

  it('is restarted when its process is killed, and requests recover', async () => {
    await database.rows(`INSERT INTO app.settings (name, value) VALUES ('kept', '"yes"')`);
    const { pid } = engine.child;
    if (pid === undefined) throw new Error('the engine has no process');
    process.kill(pid, 'SIGKILL');
    await gone(pid);
    // A statement on a connection that is not known to be broken yet may have run: that is told, not repeated.
    await expect.poll(() => database.pool.idleCount).toBe(0);

    const kept = () =>
      database.row<{ value: string }>(`SELECT value FROM app.settings WHERE name = 'kept'`);
    expect((await whenBack(engine, kept))?.value).toBe('yes');
  });

  it('rolls back the transaction of a connection that is cut', async () => {
    const client = await database.pool.connect();
    await client.query('BEGIN');
    await client.query(`INSERT INTO app.settings (name, value) VALUES ('half', '1')`);
    client.release(new Error('cut'));
    const rows = await database.rows(`SELECT 1 FROM app.settings WHERE name = 'half'`);
    expect(rows).toEqual([]);
  });
});

/**
 * Does work that the engine's restart delays. On a machine so slow that it takes longer than requests wait, they
 * must say that the database is away, and work once it is back.
 */
async function whenBack<Result>(
  { child }: EmbeddedEngine,
  work: () => Promise<Result>,
): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    expect(isDatabaseAway(error), String(error)).toBe(true);
    await expect.poll(() => child.state, { timeout: 120_000 }).toBe('ready');
    return work();
  }
}

async function failStatements(database: Database, count: number): Promise<void> {
  for (let failed = 0; failed < count; failed += 1) {
    await database.pool.query('SELECT no_such_column').catch(() => undefined);
  }
}

/** Resolves once the operating system no longer knows the process. */
async function gone(pid: number): Promise<void> {
  for (;;) {
    try {
      process.kill(pid, 0);
    } catch {
      return;
    }
    await new Promise((resolve) => setImmediate(resolve));
  }
}
