import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exportAccounts } from '../../server/modules/export/account-export.repository.js';
import { patience } from '../support/patience.js';
import { anActor, testApp, type TestApp } from './test-app.js';

let test: TestApp;
let port: number;
let token: string;

beforeAll(async () => {
  test = await testApp();
  await test.database.rows(
    `INSERT INTO crm.accounts (name) SELECT repeat('x', 400) || n FROM generate_series(1, 20000) n`,
  );
  token = (await anActor(test.database, 'planner')).token;
  await test.app.listen({ host: '127.0.0.1', port: 0 });
  port = (test.app.server.address() as AddressInfo).port;
});
afterAll(() => test?.close());

function request(format: string): http.ClientRequest {
  const headers = { authorization: `Bearer ${token}` };
  return http.get({ port, path: `/api/exports/accounts.${format}`, headers });
}

/** Sessions that are inside an export: reading, waiting, or between two pages. */
const exporting = async () =>
  (await test.database.row<{ count: number }>(
    `SELECT count(*)::int FROM pg_stat_activity
     WHERE datname = current_database() AND pid <> pg_backend_pid()
       AND state <> 'idle' AND query ~ 'account_rows|placement_source'`,
  ))!.count;

describe('an export whose client goes away', () => {
  it('ends in the middle of the file', async () => {
    const outgoing = request('csv');
    outgoing.on('error', () => undefined);
    await new Promise<void>((resolve) => {
      outgoing.on('response', (response) => {
        response.on('error', () => undefined);
        response.once('data', () => {
          response.pause();
          resolve();
        });
      });
    });
    expect(await exporting()).toBe(1);
    outgoing.destroy();
    await expect.poll(exporting, patience).toBe(0);
  });

  it('ends while its statement runs', async () => {
    const lock = await test.database.pool.connect();
    await lock.query('BEGIN');
    await lock.query('LOCK TABLE crm.accounts IN ACCESS EXCLUSIVE MODE');
    const outgoing = request('parquet');
    outgoing.on('error', () => undefined);
    await expect.poll(exporting, patience).toBe(1);
    outgoing.destroy();
    await expect.poll(exporting, patience).toBe(0);
    await lock.query('ROLLBACK');
    lock.release();
  });
});

describe('an export', () => {
  it('is of one moment: rows written meanwhile are not in it', async () => {
    const scope = {
      filter: {},
      policy: { kind: 'all' },
      signal: AbortSignal.timeout(120_000),
    } as const;
    let rows = 0;
    let total = 0;
    await exportAccounts(test.database, scope, async (accounts) => {
      total = accounts.total;
      for await (const page of accounts.pages) {
        rows += page.length;
        await test.database.rows(`INSERT INTO crm.accounts (name) VALUES ('late')`);
      }
    });
    expect({ rows, total }).toEqual({ rows: 20_000, total: 20_000 });
  });

  it('is refused where four are running', async () => {
    const lock = await test.database.pool.connect();
    await lock.query('BEGIN');
    await lock.query('LOCK TABLE crm.accounts IN ACCESS EXCLUSIVE MODE');
    const running = [1, 2, 3, 4].map(() => request('geojson').on('error', () => undefined));
    await expect.poll(exporting, patience).toBe(4);
    const status = await new Promise((resolve) => {
      request('csv').on('response', (response) => {
        response.resume();
        resolve(response.statusCode);
      });
    });
    expect(status).toBe(503);
    for (const outgoing of running) outgoing.destroy();
    await lock.query('ROLLBACK');
    lock.release();
  });
});
