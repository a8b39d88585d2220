import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { as, anActor, testApp, type Actor, type TestApp } from './test-app.js';
import { aSale, anAccount, someRegions, type Regions } from './test-data.js';

let test: TestApp;
let regions: Regions;
let planner: Actor;
let manager: Actor;
let prospector: Actor;
let first: number;
let second: number;
beforeAll(async () => {
  test = await testApp();
  regions = await someRegions(test.database);
  planner = await anActor(test.database, 'planner');
  manager = await anActor(test.database, 'manager', { regionIds: [regions.south] });
  prospector = await anActor(test.database, 'prospector');
});
beforeEach(async () => {
  const { database } = test;
  await database.rows('DELETE FROM crm.accounts');
  const south = { point: [4.5, 51.5], regionId: regions.south } as const;
  first = await anAccount(database, { name: 'Bakkerij Müller', externalId: 'A1', ...south });
  second = await anAccount(database, {
    name: 'Bakkerij Muller BV',
    externalId: 'A2',
    point: [4.501, 51.5],
    regionId: regions.south,
  });
  await anAccount(database, { name: 'Slagerij Jansen', ...south });
  await anAccount(database, {
    name: 'Bakkerij Muller',
    point: [4.5, 52.5],
    regionId: regions.north,
  });
  await database.rows(
    `UPDATE crm.accounts SET email = 'Info@Muller.example', phone = '+31 20 123 4567', tags = '{vip}',
       customer_since = '2020-01-01' WHERE account_id = $1`,
    [second],
  );
  await aSale(database, first, 10);
  await aSale(database, second, 32.5);
  await test.stores.catchUp();
});
afterAll(async () => {
  await test.close();
});

const wholeRow = (id: number) =>
  test.database.row(
    `SELECT to_jsonb(a) - 'updated_at' - 'matched_at' AS row, ST_AsEWKT(geom) AS point,
       (SELECT count(*)::int FROM crm.sales s WHERE s.account_id = a.account_id) AS orders
     FROM crm.accounts a WHERE account_id = $1`,
    [id],
  );

async function merge(actor: Actor, id: number, payload: object) {
  return as(test, actor, { method: 'POST', url: `/api/accounts/${id}/merge`, payload });
}

async function duplicatesOf(actor: Actor, id: number) {
  return (await as(test, actor, { url: `/api/accounts/${id}/duplicates` })).json();
}

describe('duplicates of an account', () => {
  it('are like names near by, and what differs is said', async () => {
    const { items } = await duplicatesOf(planner, first);

    expect(items.map(({ id }: { id: number }) => id)).toEqual([second]);
    expect(items[0]).toMatchObject({ reasons: ['name'], orders: 1 });
    expect(items[0].differences).toContainEqual({ field: 'external_id', own: 'A1', other: 'A2' });
  });

  it('have the same e-mail address or telephone number, however written and wherever', async () => {
    const far = await anAccount(test.database, { name: 'Somebody', point: [4.5, 52.5] });
    await test.database.rows(
      `UPDATE crm.accounts SET email = 'INFO@muller.example', phone = '020-1234567' WHERE account_id = $1`,
      [far],
    );
    const { items } = await duplicatesOf(planner, far);

    expect(items).toMatchObject([{ id: second, reasons: ['email', 'phone'] }]);
  });

  it('are only shown to those who may see both', async () => {
    expect((await duplicatesOf(manager, first)).items).toHaveLength(1);
    await test.database.rows('UPDATE crm.accounts SET region_id = $2 WHERE account_id = $1', [
      second,
      regions.north,
    ]);
    expect((await duplicatesOf(manager, first)).items).toHaveLength(0);
    expect(
      (await as(test, prospector, { url: `/api/accounts/${first}/duplicates` })).statusCode,
    ).toBe(404);
  });
});

describe('a merge', () => {
  it('keeps what was chosen, moves the orders, and the totals stay', async () => {
    const response = await merge(planner, first, {
      otherId: second,
      take: ['email', 'external_id'],
    });

    expect(response.statusCode, response.body).toBe(200);
    expect(response.json()).toMatchObject({
      name: 'Bakkerij Müller',
      email: 'Info@Muller.example',
      externalId: 'A2',
      phone: null,
      tags: ['vip'],
      customerSince: '2020-01-01',
      sales: { orders: 2, revenue: 42.5 },
    });
    expect(await wholeRow(second)).toBeUndefined();
    const summary = await as(test, planner, { url: '/api/accounts/summary' });
    expect(summary.json()).toMatchObject({ total: 3, value: 42.5 });
  });

  it('is taken back exactly', async () => {
    const before = [await wholeRow(first), await wholeRow(second)];
    await merge(planner, first, {
      otherId: second,
      take: ['name', 'external_id', 'point', 'email'],
    });
    const { merges } = await duplicatesOf(planner, first);
    const undone = await as(test, planner, {
      method: 'POST',
      url: `/api/account-merges/${merges[0].id}/undo`,
    });

    expect(undone.statusCode, undone.body).toBe(200);
    expect(await wholeRow(second)).toEqual(before[1]);
    expect((await wholeRow(first))?.['point']).toEqual(before[0]?.['point']);
    expect(await wholeRow(first)).toMatchObject({
      orders: 1,
      row: { name: 'Bakkerij Müller', external_id: 'A1', email: null, tags: [], locked_fields: [] },
    });
    const again = await as(test, planner, {
      method: 'POST',
      url: `/api/account-merges/${merges[0].id}/undo`,
    });
    expect(again.statusCode).toBe(404);
  });

  it('is taken back without losing what was changed since', async () => {
    await merge(planner, first, { otherId: second, take: ['email', 'phone'] });
    await test.database.rows(`UPDATE crm.accounts SET phone = 'new' WHERE account_id = $1`, [
      first,
    ]);
    const { merges } = await duplicatesOf(planner, first);
    await as(test, planner, { method: 'POST', url: `/api/account-merges/${merges[0].id}/undo` });

    expect(await wholeRow(first)).toMatchObject({ row: { phone: 'new', email: null } });
  });

  it('is refused where either account is not for the asker to see or change', async () => {
    await test.database.rows('UPDATE crm.accounts SET region_id = $2 WHERE account_id = $1', [
      second,
      regions.north,
    ]);
    expect((await merge(manager, first, { otherId: second })).statusCode).toBe(404);
    await test.database.rows('UPDATE crm.accounts SET owner_id = $2 WHERE account_id = $1', [
      first,
      prospector.userId,
    ]);
    await test.database.rows(
      `UPDATE crm.accounts SET lifecycle = 'lead', owner_id = NULL WHERE account_id = $1`,
      [second],
    );
    expect((await merge(prospector, first, { otherId: second })).statusCode).toBe(404);
    expect((await merge(planner, first, { otherId: first })).statusCode).toBe(422);
    expect(await wholeRow(second)).toBeDefined();
  });

  it('is undone only by those who may change both', async () => {
    await merge(planner, first, { otherId: second });
    const { merges } = await duplicatesOf(planner, first);
    await test.database.rows('UPDATE crm.accounts SET region_id = $2 WHERE account_id = $1', [
      first,
      regions.north,
    ]);
    const url = `/api/account-merges/${merges[0].id}/undo`;
    expect((await as(test, manager, { method: 'POST', url })).statusCode).toBe(404);
    expect((await as(test, prospector, { method: 'POST', url })).statusCode).toBe(404);
  });
});
