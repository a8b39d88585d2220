import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { toWorld } from '../../server/column-store/world.js';
import type { PointColumnHeader, PointMaskHeader } from '../../server/contract/account-points.js';
import { decodePositions, unframe } from '../../src/map/points/decode-points.js';
import { as, anActor, testApp, type Actor, type TestApp } from './test-app.js';
import { anAccount, someRegions, type Regions } from './test-data.js';

let test: TestApp;
let regions: Regions;
let planner: Actor;
beforeEach(async () => {
  test = await testApp();
  regions = await someRegions(test.database);
  planner = await anActor(test.database, 'planner');
  const { north, south } = regions;
  await anAccount(test.database, { name: 'north', point: [4.1, 52.1], regionId: north });
  await anAccount(test.database, { name: 'south', point: [4.1, 51.1], regionId: south });
  await anAccount(test.database, { name: 'nowhere' });
  await anAccount(test.database, {
    name: 'lead',
    lifecycle: 'lead',
    point: [4.2, 52.1],
    regionId: north,
  });
  await test.stores.catchUp();
  await test.stores.accounts.load();
});
afterEach(async () => {
  await test.close();
});

async function get(actor: Actor, url: string, headers: Record<string, string> = {}) {
  await test.stores.catchUp();
  return as(test, actor, { url, headers });
}

async function body<Header>(actor: Actor, url: string) {
  const { rawPayload } = await get(actor, url);
  return unframe<Header>(new Uint8Array(rawPayload).buffer);
}

const maskOf = (actor: Actor, filter = '') =>
  body<PointMaskHeader>(actor, `/api/accounts/points/mask?${filter}`);

const columnOf = (actor: Actor, edition: string, column: string) =>
  body<PointColumnHeader>(actor, `/api/accounts/points/${edition}/columns/${column}`);

/** Names of the points whose bit is set, through the ids of their rows. */
async function namesOf(actor: Actor, filter = ''): Promise<string[]> {
  const { header, payload } = await maskOf(actor, filter);
  const ids = [...header.added.ids];
  for (let row = 0; row < header.rows; row++) {
    if (((payload[row >> 3]! >> (row & 7)) & 1) === 0) continue;
    const answer = await get(actor, `/api/accounts/points/${header.edition}/rows/${row}`);
    ids.push(answer.json().id);
  }
  const rows = await test.database.rows<{ name: string }>(
    'SELECT name FROM crm.accounts WHERE account_id = ANY ($1::bigint[])',
    [ids],
  );
  return rows.map(({ name }) => name).sort();
}

describe('the accounts one by one', () => {
  it('are those with a place that pass the filter', async () => {
    expect(await namesOf(planner)).toEqual(['lead', 'north', 'south']);
    expect(await namesOf(planner, 'lifecycle=lead')).toEqual(['lead']);
    expect(await namesOf(planner, `region=${regions.north}`)).toEqual(['lead', 'north']);
  });

  it('are no more than the policy shows, in every column', async () => {
    const manager = await anActor(test.database, 'manager', { regionIds: [regions.south] });
    expect(await namesOf(manager)).toEqual(['south']);
    const { header } = await maskOf(manager);
    expect(header.rows).toBe(1);
    const { payload } = await columnOf(manager, header.edition, 'positions');
    const [x, y] = decodePositions(payload, 1);
    const south = toWorld(4.1, 51.1);
    expect([x! >>> 8, y! >>> 8]).toEqual([south.x >>> 8, south.y >>> 8]);
    const lifecycle = await columnOf(manager, header.edition, 'lifecycle');
    expect(lifecycle.header.values).toEqual(['customer']);
    const beyond = await get(manager, `/api/accounts/points/${header.edition}/rows/1`);
    expect(beyond.statusCode).toBe(404);
  });

  it('follow an edit without being sent anew', async () => {
    const before = await maskOf(planner);
    await test.database.rows(`UPDATE crm.accounts SET lifecycle = 'former' WHERE name = 'south'`);
    const after = await maskOf(planner, 'lifecycle=former');
    expect(after.header.edition).toBe(before.header.edition);
    expect(after.header.version).toBeGreaterThan(before.header.version);
    expect(after.payload[0]).toBe(0);
    expect(after.header.added.categories.lifecycle).toEqual(['former']);
    expect(await namesOf(planner)).toEqual(['lead', 'north', 'south']);
  });

  it('are kept by the browser as long as they hold', async () => {
    const { header } = await maskOf(planner);
    const url = `/api/accounts/points/${header.edition}/columns/positions`;
    const first = await get(planner, url);
    expect(first.headers['cache-control']).toBe('private, no-cache');
    const etag = String(first.headers['etag']);
    const again = await get(planner, url, { 'if-none-match': etag });
    expect(again.statusCode).toBe(304);
    expect(again.body).toBe('');
  });

  it('say so when they were numbered anew, and ask for a sign-in', async () => {
    const gone = await get(planner, '/api/accounts/points/an-older-one/columns/positions');
    expect(gone.statusCode).toBe(409);
    expect((await test.app.inject('/api/accounts/points/mask')).statusCode).toBe(401);
    const unknown = await get(planner, '/api/accounts/points/an-older-one/columns/email');
    expect(unknown.statusCode).toBe(422);
  });
});
