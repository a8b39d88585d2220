import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startCube, type RunningCube } from '../../server/modules/cube/start-cube.js';
import { anActor, as, type Actor, type TestApp } from '../api/test-app.js';
import { importFile, TestFiles } from '../db/geodata/import-files.js';
import { testDatabase, type TestDatabase } from '../support/database.js';
import { FaultProxy, type Fault, type FaultAction } from '../support/fault-proxy.js';
import { aSmallProject } from '../support/small-project.js';
import { appOn } from './support/proxied-app.js';

const recoveryMs = 5000;
const actions: readonly FaultAction[] = ['reset', 'stall', 'half-close'];
const moments: readonly Fault['at'][] = ['connect', 'request', 'answer', 'mid-answer'];

const addresses = [
  '/api/accounts?limit=20',
  '/api/accounts/1',
  '/api/regions/1',
  '/api/search?q=noord',
  '/tiles/catalog',
  '/tiles/accounts/7/65/41.mvt',
  '/tiles/regions/7/65/42.mvt',
];

describe('with a network that fails between server and PostgreSQL', () => {
  let test: TestDatabase;
  let proxy: FaultProxy;
  let proxiedUrl: string;
  let direct: TestApp;
  let proxied: TestApp;
  let actor: Actor;
  let files: TestFiles;

  beforeAll(async () => {
    test = await testDatabase();
    files = new TestFiles();
    await aSmallProject(test.database, 60);
    actor = await anActor(test.database, 'administrator');
    const { hostname, port } = new URL(test.url);
    proxy = new FaultProxy({ host: hostname, port: Number(port) });
    const url = new URL(test.url);
    url.port = String(await proxy.listen());
    proxiedUrl = url.href;
    direct = await appOn(test.url);
    proxied = await appOn(proxiedUrl);
    // Makes shapes, so that the reading below only reads.
    for (const address of addresses) await get(direct, address);
  });

  afterAll(async () => {
    files.remove();
    await proxied.close();
    await direct.close();
    await proxy.close();
    await test.close();
  });

  beforeEach(() => proxy.disarm());

  describe.each(actions)('%s', (action) => {
    it.each(moments)('at %s: every answer is right or says to try again', async (at) => {
      for (const address of addresses) {
        const { result: expected, ms: usualMs } = await timed(() => get(direct, address));
        if (at === 'connect') await withoutConnections();
        proxy.arm({ action, at });
        await nothingWrong(address, expected);
        proxy.disarm();
        await recovers(address, expected, recoveryMs + usualMs);
      }
    });
  });

  it('answers 503 with a code, a sentence and when to try again', async () => {
    proxy.arm({ action: 'reset', at: 'answer', containing: 'crm.accounts' });
    const response = await get(proxied, '/api/accounts/1');
    expect(response.statusCode).toBe(503);
    expect(response.headers).toMatchObject({
      'content-type': expect.stringContaining('application/problem+json'),
      'retry-after': '2',
    });
    expect(response.json()).toMatchObject({ code: 'unavailable', details: { retryable: true } });
  });

  describe('a correction', () => {
    it('whose request is lost is not made', async () => {
      const before = await stateOf(1);
      proxy.arm({ action: 'reset', at: 'request', containing: 'UPDATE crm.accounts' });
      expect((await patch(1, 'Never written')).statusCode).toBe(503);
      expect(await stateOf(1)).toEqual(before);
    });

    it('whose commit is not answered is made once, and the answer says that nobody knows', async () => {
      const before = await stateOf(2);
      proxy.arm({ action: 'reset', at: 'answer', containing: 'COMMIT' });
      const response = await patch(2, 'Written once');
      expect(response.statusCode).toBe(503);
      expect(response.json()).toMatchObject({
        code: 'unavailable',
        detail: expect.stringMatching(/may or may not have been saved/),
        details: { retryable: true, outcome: 'unknown' },
      });
      expect(await stateOf(2)).toEqual({ name: 'Written once', changes: before.changes + 1 });
      expect((await patch(2, 'Written once')).statusCode).toBe(200);
      expect((await stateOf(2)).name).toBe('Written once');
    });

    it('that waits for a stalled network is made once', async () => {
      const before = await stateOf(3);
      proxy.arm({ action: 'stall', at: 'answer', containing: 'COMMIT' });
      expect((await patch(3, 'Slowly')).statusCode).toBe(200);
      expect(await stateOf(3)).toEqual({ name: 'Slowly', changes: before.changes + 1 });
    });
  });

  it.each([
    ['bulk', undefined],
    ['answer', 'INSERT INTO crm.accounts'],
    ['request', 'COMMIT'],
  ] as const)(
    'an import cut off at %s (%s) leaves nothing, says so, and can be repeated',
    async (at, containing) => {
      const prefix = `I${at}`;
      const rows = Array.from(
        { length: 5000 },
        (_, n) => `${prefix}${n},Row ${n} ${'x'.repeat(40)},4.5,52.5`,
      );
      const file = files.write('rows.csv', ['id,name,lon,lat', ...rows, ''].join('\n'));
      proxy.arm({ action: 'reset', at, ...(containing && { containing }) });
      const failed = importFile(proxied.database, 'accounts', file);
      await expect(failed).rejects.toThrow();
      expect(await countLike(prefix)).toBe(0);
      const last = await test.database.row<{ status: string }>(
        'SELECT status FROM app.imports ORDER BY import_id DESC LIMIT 1',
      );
      expect(last?.status).toBe('failed');
      await importFile(proxied.database, 'accounts', file);
      expect(await countLike(prefix)).toBe(rows.length);
    },
  );

  it('happened: these tests broke connections', () => {
    expect(proxy.fired).toBeGreaterThan(actions.length * moments.length * 3);
  });

  it('leaves no transaction open and no setting behind on a pooled connection', async () => {
    const clients = await Promise.all(
      Array.from({ length: 10 }, () => proxied.database.pool.connect()),
    );
    const states = await Promise.all(
      clients.map(async (client) => {
        const { rows } = await client.query(
          `SELECT now() = statement_timestamp() AS "isFree", current_setting('search_path') AS path,
             current_setting('TimeZone') AS zone, current_setting('transaction_isolation') AS isolation,
             current_setting('row_security') AS policy, current_user AS "user"`,
        );
        return rows[0] as unknown;
      }),
    );
    for (const client of clients) client.release();
    const { rows } = await direct.database.pool.query(
      `SELECT true AS "isFree", current_setting('search_path') AS path, current_setting('TimeZone') AS zone,
         current_setting('transaction_isolation') AS isolation, current_setting('row_security') AS policy,
         current_user AS "user"`,
    );
    expect(states).toEqual(states.map(() => rows[0] as unknown));
    const open = await test.database.row<{ n: number }>(
      `SELECT count(*) AS n FROM pg_stat_activity
       WHERE datname = current_database() AND state LIKE 'idle in transaction%'`,
    );
    expect(open?.n).toBe(0);
  });

  describe('Cube', () => {
    let cube: RunningCube;
    let withCube: TestApp;

    beforeAll(async () => {
      cube = await startCube({
        config: { cubeApiUrl: undefined },
        connection: { url: proxiedUrl },
        secret: 'a secret of the tests, long enough',
      });
      await cube.ready;
      withCube = await appOn(test.url, cube.endpoint);
    });

    afterAll(async () => {
      await withCube.close();
      await cube.stop();
    });

    it.each(actions)('gives right figures or says to try again after %s', async (action) => {
      const accounts = await countLike('');
      for (const at of ['request', 'answer', 'mid-answer'] as const) {
        // A limit of its own makes a query that Cube has no answer for yet.
        const figures = () =>
          askCube(withCube, `${action}${at}`.length + (performance.now() % 9000));
        const { ms: usualMs } = await timed(figures);
        proxy.arm({ action, at });
        const first = await figures();
        expect([200, 503], `${at}: ${first.body}`).toContain(first.statusCode);
        proxy.disarm();
        const startedAt = performance.now();
        let total: unknown;
        const withinMs = recoveryMs + usualMs;
        while (total !== accounts && performance.now() - startedAt < 3 * withinMs) {
          const { data } = (await figures()).json() as { data?: Record<string, unknown>[] };
          const answer = data?.[0]?.['accounts.accounts'];
          expect([undefined, accounts]).toContain(
            answer === undefined ? undefined : Number(answer),
          );
          total = answer === undefined ? undefined : Number(answer);
        }
        expect(total).toBe(accounts);
        expect(performance.now() - startedAt).toBeLessThan(withinMs);
      }
    });
  });

  /** Has the next query open a connection: the pool has noticed that those it had are gone. */
  async function withoutConnections(): Promise<void> {
    proxy.cutAll();
    while (proxied.database.pool.idleCount > 0)
      await new Promise((resolve) => setImmediate(resolve));
  }

  /** What work answers, and how long it took: on a slow machine the answer itself takes a part of the time. */
  async function timed<Result>(
    work: () => Promise<Result>,
  ): Promise<{ result: Result; ms: number }> {
    const startedAt = performance.now();
    const result = await work();
    return { result, ms: performance.now() - startedAt };
  }

  function get(app: TestApp, url: string) {
    return as(app, actor, { method: 'GET', url });
  }

  function patch(id: number, name: string) {
    return as(proxied, actor, { method: 'PATCH', url: `/api/accounts/${id}`, payload: { name } });
  }

  function askCube(app: TestApp, limit: number) {
    const query = { measures: ['accounts.accounts'], limit: 100 + Math.floor(limit) };
    return get(app, `/cubejs-api/v1/load?query=${encodeURIComponent(JSON.stringify(query))}`);
  }

  type Answer = Awaited<ReturnType<typeof get>>;

  async function nothingWrong(address: string, expected: Answer): Promise<void> {
    const answer = await get(proxied, address);
    if (answer.statusCode === 503) {
      expect(answer.headers['retry-after'], address).toBe('2');
      expect(answer.json(), address).toMatchObject({ code: 'unavailable' });
    } else {
      expect(answer.statusCode, `${address}: ${answer.body}`).toBe(expected.statusCode);
      expect(answer.rawPayload.equals(expected.rawPayload), address).toBe(true);
    }
  }

  async function recovers(address: string, expected: Answer, withinMs: number): Promise<void> {
    const startedAt = performance.now();
    let answer = await get(proxied, address);
    while (answer.statusCode === 503 && performance.now() - startedAt < withinMs) {
      answer = await get(proxied, address);
    }
    expect(
      answer.statusCode,
      `${address} after ${Math.round(performance.now() - startedAt)} ms`,
    ).toBe(expected.statusCode);
    expect(answer.rawPayload.equals(expected.rawPayload), address).toBe(true);
  }

  async function stateOf(id: number): Promise<{ name: string; changes: number }> {
    const row = await test.database.row<{ name: string; changes: number }>(
      `SELECT name, (SELECT count(*) FROM app.changes WHERE layer = 'accounts' AND row_id = $1) AS changes
       FROM crm.accounts WHERE account_id = $1`,
      [id],
    );
    return row!;
  }

  async function countLike(prefix: string): Promise<number> {
    const row = await test.database.row<{ n: number }>(
      `SELECT count(*) AS n FROM crm.accounts WHERE COALESCE(external_id, '') LIKE $1`,
      [`${prefix}%`],
    );
    return row!.n;
  }
});
