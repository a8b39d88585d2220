import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCli } from '../../geodata/cli.js';
import { restoreBackup } from '../../geodata/backup/restore-backup.js';
import { writeBackup } from '../../geodata/backup/write-backup.js';
import { Database } from '../../server/db/database.js';
import { migrate, newestMigration } from '../../server/db/migrate.js';
import { anAccount } from '../api/test-data.js';
import { anActor, as } from '../api/test-app.js';
import { contentHashes } from '../support/content-hash.js';
import { emptyDatabase, testDatabase, type TestDatabase } from '../support/database.js';
import { startEmbeddedForTests } from '../support/embedded.js';
import { aSmallProject } from '../support/small-project.js';
import { appOn } from './support/proxied-app.js';

const folder = mkdtempSync(path.join(os.tmpdir(), 'catchment-across-'));
let postgres: TestDatabase;

beforeAll(async () => {
  postgres = await testDatabase();
});

afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await postgres.close();
});

describe('a backup goes', () => {
  it('from the embedded engine to PostgreSQL and back, and nothing differs', async () => {
    const engine = await startEmbeddedForTests();
    const embedded = new Database(engine.connection, 'embedded');
    try {
      await migrate(embedded);
      await aSmallProject(embedded, 60);
      const hashes = await contentHashes(embedded);
      const there = path.join(folder, 'there.backup');
      await writeBackup(embedded, there);
      await restoreBackup(postgres.database, there);
      expect(await contentHashes(postgres.database)).toEqual(hashes);

      await postgres.database.rows(`UPDATE crm.accounts SET name = name || ' (edited)'`);
      const edited = await contentHashes(postgres.database);
      const back = path.join(folder, 'back.backup');
      await writeBackup(postgres.database, back);
      await restoreBackup(embedded, back);
      expect(await contentHashes(embedded)).toEqual(edited);
    } finally {
      await embedded.close();
      await engine.stop();
    }
  });

  it('from an older version to this one, and is migrated on the way', async () => {
    const old = await emptyDatabase();
    const file = path.join(folder, 'old.backup');
    await migrate(old.database, 41);
    await aSmallProject(old.database);
    await writeBackup(old.database, file);
    await old.close();

    const version = async () => {
      const row = await postgres.database.row<{ version: number }>(
        'SELECT max(version) AS version FROM public.catchment_migrations',
      );
      return row?.version;
    };
    await restoreBackup(postgres.database, file);
    expect(await version()).toBe(await newestMigration());
    const row = await postgres.database.row(
      `SELECT (SELECT count(*) FROM crm.accounts) AS accounts,
         (SELECT count(*) FROM geo.layer_versions WHERE is_stale) AS stale,
         (SELECT count(*) FROM geo.region_shapes) > 0 AS "hasShapes"`,
    );
    expect(row).toEqual({ accounts: 20, stale: 0, hasShapes: true });
  });

  it('as of one moment while others write', async () => {
    const { database } = postgres;
    const source = path.join(folder, 'moment.backup');
    await database.rows(
      `CREATE TABLE app.one_moment_a (n int); CREATE TABLE app.one_moment_z (n int)`,
    );
    const abort = new AbortController();
    let pairs = 0;
    const writing = (async () => {
      for (; !abort.signal.aborted; pairs += 1) {
        await database.transaction(async (client) => {
          await client.query('INSERT INTO app.one_moment_a SELECT generate_series(1, 50)');
          await client.query('INSERT INTO app.one_moment_z SELECT generate_series(1, 50)');
        });
      }
    })();
    const counts: [number | undefined, number | undefined][] = [];
    for (let round = 0; round < 5; round += 1) {
      const { manifest } = await writeBackup(database, source);
      const rowsOf = (name: string) => manifest.tables.find((table) => table.name === name)?.rows;
      counts.push([rowsOf('app.one_moment_a'), rowsOf('app.one_moment_z')]);
    }
    abort.abort();
    await writing;
    await database.rows('DROP TABLE app.one_moment_a; DROP TABLE app.one_moment_z');
    expect(pairs).toBeGreaterThan(5);
    expect(counts.map(([first, last]) => first === last)).toEqual(counts.map(() => true));
    expect(counts.at(-1)?.[0]).toBeGreaterThan(counts[0]?.[0] ?? Infinity);
  });
});

describe('a server that runs', () => {
  it('shows what was restored, on the map and in lists, and asks everybody to sign in again', async () => {
    const { database, url } = postgres;
    const actor = await anActor(database, 'administrator');
    const running = await appOn(url);
    const totals = async () => {
      const list = await as(running, actor, { method: 'GET', url: '/api/accounts?limit=1' });
      const sum = await as(running, actor, { method: 'GET', url: '/api/accounts/summary' });
      return [list.json<{ total: number }>().total, sum.json<{ total: number }>().total];
    };
    const file = path.join(folder, 'running.backup');
    await writeBackup(database, file);
    const before = await totals();
    await anAccount(database, { name: 'Late', point: [4.5, 52.5] });
    await database.rows(
      `INSERT INTO app.sessions (id, user_id, token, expires_at) VALUES ('s', 'u1', 't', now())`,
    );
    await running.stores.catchUp();
    expect(await totals()).toEqual(before.map((total) => total + 1));
    await restoreBackup(database, file);
    await running.stores.catchUp();
    expect(await totals()).toEqual(before);
    expect(await database.rows('SELECT FROM app.sessions')).toEqual([]);
    await running.close();
  });
});

describe('the command line', () => {
  it('backs up and restores, asks before it replaces, and says what it did', async () => {
    const { database } = postgres;
    const run = async (...args: string[]) => {
      const said: string[] = [];
      const tell = (text: string) => void said.push(text);
      const code = await runCli(args, {
        open: async () => ({ database, close: async () => undefined }),
        print: tell,
        printError: tell,
        onProgress: () => undefined,
        signal: new AbortController().signal,
      });
      return { code, said: said.join('\n') };
    };
    const file = path.join(folder, 'by-command.backup');
    expect(await run('backup', file)).toMatchObject({
      code: 0,
      said: expect.stringMatching(/“Small” is backed up in .*: [\d,]+ rows, [\d.]+ MB\.$/),
    });
    expect(await run('backup', file)).toMatchObject({
      code: 1,
      said: expect.stringContaining('Say --yes to write over it'),
    });
    expect(await run('restore', file)).toMatchObject({
      code: 2,
      said: expect.stringMatching(/“Small” holds .*accounts.*say --yes/s),
    });
    expect(await run('restore', file, '--yes')).toMatchObject({
      code: 0,
      said: expect.stringMatching(/“Small” of .* UTC is back: [\d,]+ rows\.$/),
    });
    expect(await run('restore', path.join(folder, 'absent.backup'))).toMatchObject({
      code: 1,
      said: expect.stringContaining('There is no file'),
    });
  });
});
