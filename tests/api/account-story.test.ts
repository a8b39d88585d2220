import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { as, anActor, testApp, type Actor, type TestApp } from './test-app.js';
import { aSale, anAccount, someRegions, type Regions } from './test-data.js';

let test: TestApp;
let regions: Regions;
let planner: Actor;
let manager: Actor;
let id: number;
beforeAll(async () => {
  test = await testApp();
  regions = await someRegions(test.database);
  planner = await anActor(test.database, 'planner', { name: 'Paula' });
  manager = await anActor(test.database, 'manager', { regionIds: [regions.south] });
  const north = { segment: 'a', regionId: regions.north } as const;
  id = await anAccount(test.database, { name: 'One', point: [4.5, 52.5], ...north });
  await anAccount(test.database, { name: 'Like it', point: [4.6, 52.5], ...north });
  await anAccount(test.database, { name: 'Unlike', segment: 'b', point: [4.5, 52.5] });
  await anAccount(test.database, {
    name: 'Like it, south',
    segment: 'a',
    point: [4.5, 51.5],
    regionId: regions.south,
  });
  await aSale(test.database, id, 120);
  await test.database.rows(
    `INSERT INTO app.settings (name, value) VALUES ('project', '{"today": "2026-06-15"}')`,
  );
});
afterAll(async () => {
  await test.close();
});

async function storyOf(actor: Actor, accountId = id) {
  const response = await as(test, actor, { url: `/api/accounts/${accountId}/story` });
  expect(response.statusCode, response.body).toBe(200);
  return response.json();
}

describe('the story of an account', () => {
  it('has 24 months, those without an order included', async () => {
    const { months } = await storyOf(planner);

    expect(months).toHaveLength(24);
    expect(months.at(-1)).toEqual({ month: '2026-06', revenue: 0, orders: 0 });
    expect(months.at(-2)).toEqual({ month: '2026-05', revenue: 120, orders: 1 });
  });

  it('names the accounts that are like it, the nearest first', async () => {
    const { similar } = await storyOf(planner);

    expect(similar.map(({ name }: { name: string }) => name)).toEqual([
      'Like it',
      'Like it, south',
    ]);
  });

  it('tells who corrected what', async () => {
    await as(test, planner, {
      method: 'PATCH',
      url: `/api/accounts/${id}`,
      payload: { segment: 'c', name: 'One' },
    });
    const { events } = await storyOf(planner);

    expect(events[0]).toMatchObject({
      kind: 'edit',
      who: 'Paula',
      fields: [{ field: 'segment', before: 'a', after: 'c' }],
    });
    expect(events.map(({ kind }: { kind: string }) => kind)).toContain('order');
  });

  it('is only told of accounts that the asker may see, and names no others', async () => {
    const hidden = await as(test, manager, { url: `/api/accounts/${id}/story` });
    expect(hidden.statusCode).toBe(404);

    const south = await test.database.row<{ account_id: number }>(
      `SELECT account_id FROM crm.accounts WHERE name = 'Like it, south'`,
    );
    expect((await storyOf(manager, south!.account_id)).similar).toEqual([]);
  });
});
