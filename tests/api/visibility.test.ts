import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { as, anActor, testApp, type Actor, type TestApp } from './test-app.js';
import { anAccount, aSale, someRegions, type Regions } from './test-data.js';

let test: TestApp;
let regions: Regions;
beforeEach(async () => {
  test = await testApp();
  regions = await someRegions(test.database);
});
afterEach(async () => {
  await test.close();
});

/** Names of the accounts that every way out of the application shows to an actor: all must agree. */
async function seenEverywhere(actor: Actor): Promise<string[]> {
  await test.stores.catchUp();
  const list = await as(test, actor, { url: '/api/accounts?limit=200' });
  const names: string[] = list.json().items.map(({ name }: { name: string }) => name);
  const summary = await as(test, actor, { url: '/api/accounts/summary?measure=count' });
  const file = await as(test, actor, { url: '/api/exports/accounts.csv' });
  const found = await as(test, actor, { url: '/api/search?q=account&limit=50' });
  const all = await test.database.rows<{ account_id: number; name: string }>(
    'SELECT account_id, name FROM crm.accounts',
  );
  const cards: string[] = [];
  for (const { account_id, name } of all) {
    const card = await as(test, actor, { url: `/api/accounts/${account_id}` });
    if (card.statusCode === 200) cards.push(name);
    else expect(card.json().detail).toBe('There is no such account, or it is not yours to see.');
  }

  expect(list.json().total).toBe(names.length);
  expect(summary.json().total).toBe(names.length);
  expect(file.body.split('\r\n').filter((line) => line.includes('account '))).toHaveLength(
    names.length,
  );
  expect(
    found
      .json()
      .map(({ title }: { title: string }) => title)
      .sort(),
  ).toEqual(names.sort());
  expect(cards.sort()).toEqual(names.sort());
  return names;
}

describe('what a role sees of the accounts', () => {
  beforeEach(async () => {
    const { database } = test;
    const { north, south, harbour } = regions;
    await anAccount(database, { name: 'account town', point: [4.5, 52.5], regionId: harbour });
    await anAccount(database, { name: 'account north', point: [4.1, 52.1], regionId: north });
    await anAccount(database, { name: 'account south', point: [4.1, 51.1], regionId: south });
    await anAccount(database, { name: 'account post north', postcodeRegionId: harbour });
    await anAccount(database, { name: 'account post south', postcodeRegionId: south });
    await anAccount(database, { name: 'account outside', point: [9, 9] });
    await anAccount(database, { name: 'account nowhere' });
    await anAccount(database, {
      name: 'account moved south',
      point: [4.1, 51.1],
      regionId: south,
      postcodeRegionId: north,
    });
    await anAccount(database, {
      name: 'account lead north',
      lifecycle: 'lead',
      point: [4.1, 52.1],
      regionId: north,
    });
    await anAccount(database, {
      name: 'account prospect south',
      lifecycle: 'prospect',
      regionId: south,
      point: [4.1, 51.1],
    });
  });

  it.each(['administrator', 'planner', 'manager'] as const)('all for a %s', async (role) => {
    expect(await seenEverywhere(await anActor(test.database, role))).toHaveLength(10);
  });

  it('the assigned regions for a manager, by postcode only where there is no point', async () => {
    const manager = await anActor(test.database, 'manager', { regionIds: [regions.north] });

    expect((await seenEverywhere(manager)).sort()).toEqual([
      'account lead north',
      'account north',
      'account post north',
      'account town',
    ]);
  });

  it('a deeper region than a province for a manager', async () => {
    const manager = await anActor(test.database, 'manager', { regionIds: [regions.harbour] });

    expect((await seenEverywhere(manager)).sort()).toEqual(['account post north', 'account town']);
  });

  it('everything for a manager of the whole project', async () => {
    const manager = await anActor(test.database, 'manager', { regionIds: [regions.root] });

    expect(await seenEverywhere(manager)).toHaveLength(10);
  });

  it('nothing for a manager whose region was removed', async () => {
    const manager = await anActor(test.database, 'manager', { regionIds: [987_654] });

    expect(await seenEverywhere(manager)).toEqual([]);
  });

  it('their own, and open leads and prospects, for a prospector', async () => {
    const prospector = await anActor(test.database, 'prospector');
    const other = await anActor(test.database, 'prospector');
    await anAccount(test.database, { name: 'account mine', ownerId: prospector.userId });
    await anAccount(test.database, {
      name: 'account lead of another',
      lifecycle: 'lead',
      ownerId: other.userId,
    });

    expect((await seenEverywhere(prospector)).sort()).toEqual([
      'account lead north',
      'account mine',
      'account prospect south',
    ]);
  });

  it('open leads of the assigned regions only, for a prospector with regions', async () => {
    const prospector = await anActor(test.database, 'prospector', { regionIds: [regions.south] });
    await anAccount(test.database, {
      name: 'account mine in north',
      ownerId: prospector.userId,
      point: [4.1, 52.1],
      regionId: regions.north,
    });

    expect((await seenEverywhere(prospector)).sort()).toEqual([
      'account mine in north',
      'account prospect south',
    ]);
  });
});

describe('what a prospector cannot find out about others’ accounts', () => {
  it('through a correction: it is as if the account were not there', async () => {
    const prospector = await anActor(test.database, 'prospector');
    const hidden = await anAccount(test.database, { name: 'Hidden' });
    const answer = (id: number) =>
      as(test, prospector, { method: 'PATCH', url: `/api/accounts/${id}`, payload: { name: 'X' } });
    const [there, notThere] = [await answer(hidden), await answer(hidden + 1000)];
    const row = await test.database.row('SELECT name FROM crm.accounts');

    expect(there.statusCode).toBe(404);
    expect({ ...there.json(), instance: '' }).toEqual({ ...notThere.json(), instance: '' });
    expect(row).toEqual({ name: 'Hidden' });
  });

  it('through neighbours, building cards, differences, the owner filter or sums', async () => {
    const { database } = test;
    const prospector = await anActor(database, 'prospector');
    const mine = await anAccount(database, {
      name: 'Mine',
      ownerId: prospector.userId,
      point: [4.5, 52.5],
      regionId: regions.harbour,
    });
    const hidden = await anAccount(database, {
      name: 'Hidden',
      ownerId: 'somebody',
      point: [4.5001, 52.5],
      regionId: regions.harbour,
      postcodeRegionId: regions.south,
    });
    await aSale(database, hidden, 1000);
    await database.rows(
      `WITH b AS (INSERT INTO geo.buildings (source_key, housing_type, geom)
         VALUES ('b1', 'terrace', ST_Multi(ST_MakeEnvelope(4.49, 52.49, 4.51, 52.51, 4326)))
         RETURNING building_id)
       UPDATE crm.accounts SET building_id = (SELECT building_id FROM b)`,
    );
    await test.stores.catchUp();
    const building = await database.row<{ building_id: number }>('SELECT * FROM geo.buildings');
    const get = async (url: string) => (await as(test, prospector, { url })).json();

    expect((await get(`/api/accounts/${mine}`)).neighbours).toEqual([]);
    expect((await get(`/api/geography/buildings/${building!.building_id}`)).accounts).toBe(1);
    expect(await get('/api/matching/postcode-differences')).toMatchObject({ items: [], total: 0 });
    expect(await get('/api/accounts?owner=somebody')).toMatchObject({ items: [], total: 0 });
    expect((await get('/api/accounts/summary')).value).toBe(0);
  });
});
