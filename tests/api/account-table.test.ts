import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { as, anActor, testApp, type Actor, type TestApp } from './test-app.js';
import { aSale, anAccount, someRegions, type Regions } from './test-data.js';

let test: TestApp;
let regions: Regions;
let planner: Actor;
let prospector: Actor;
let manager: Actor;
beforeAll(async () => {
  test = await testApp();
  regions = await someRegions(test.database);
  planner = await anActor(test.database, 'planner', { name: 'Paula' });
  prospector = await anActor(test.database, 'prospector', { name: 'Pim' });
  manager = await anActor(test.database, 'manager', { regionIds: [regions.south] });
  const harbour = { point: [4.5, 52.5], regionId: regions.harbour } as const;
  const south = { point: [4.5, 51.5], regionId: regions.south } as const;
  const big = await anAccount(test.database, { name: 'Élan', city: 'Havenstad', ...harbour });
  await anAccount(test.database, { name: 'eland', segment: 'small', ...south, externalId: 'K-12' });
  const small = await anAccount(test.database, { name: 'Zon', segment: 'large', ...harbour });
  await anAccount(test.database, {
    name: 'Nergens',
    lifecycle: 'lead',
    segment: 'small',
    ownerId: prospector.userId,
  });
  await aSale(test.database, big, 500.25);
  await aSale(test.database, small, 20);
  await test.database.rows(
    `UPDATE crm.accounts SET tags = app.to_tags('VIP,Visit') WHERE account_id = $1`,
    [small],
  );
  await test.stores.catchUp();
});
afterAll(async () => {
  await test.close();
});

async function get(actor: Actor, url: string) {
  const response = await as(test, actor, { url: `/api/accounts/${url}` });
  expect(response.statusCode, response.body).toBe(200);
  return response.json();
}

async function namesOf(query: string, actor = planner): Promise<string[]> {
  const { items } = await get(actor, `rows?${query}`);
  return items.map((row: { name: string }) => row.name);
}

describe('rows of the table', () => {
  it('come in the order of any column, those without a value last in both directions', async () => {
    expect(await namesOf('sort=name')).toEqual(['Élan', 'eland', 'Nergens', 'Zon']);
    expect(await namesOf('sort=-name')).toEqual(['Zon', 'Nergens', 'eland', 'Élan']);
    expect(await namesOf('sort=-revenue')).toEqual(['Élan', 'Zon', 'Nergens', 'eland']);
    expect((await namesOf('sort=segment'))[3]).toBe('Élan');
    expect((await namesOf('sort=-segment'))[3]).toBe('Élan');
    expect(await namesOf('sort=lifecycle')).toEqual(['Nergens', 'Élan', 'eland', 'Zon']);
  });

  it('are any part of the list, with the total of all', async () => {
    const page = await get(planner, 'rows?sort=name&offset=2&limit=1');

    expect(page).toMatchObject({ offset: 2, total: 4, items: [{ name: 'Nergens' }] });
  });

  it('say what accounts brought in and what they are tagged with', async () => {
    const { items } = await get(planner, 'rows?q=zon');

    expect(items[0]).toMatchObject({ revenue: 20, tags: ['vip', 'visit'], segment: 'large' });
    expect(items[0].lastOrderedAt).toBe('2026-05-01T10:00:00.000Z');
  });

  it.each([
    ['q=ELAN', ['Élan', 'eland']],
    ['q=elan haven', ['Élan']],
    ['q=k-12', ['eland']],
    ['q=%20', ['Élan', 'eland', 'Nergens', 'Zon']],
    ['tag=vip', ['Zon']],
    ['tag=none,vip&segment=large', ['Zon']],
    ['tag=none', ['Élan', 'eland', 'Nergens']],
    ['bounds=4,52,5,53', ['Élan', 'Zon']],
    ['group=segment&groupValue=small', ['eland', 'Nergens']],
    ['group=segment&groupValue=none', ['Élan']],
    ['group=tag&groupValue=visit', ['Zon']],
  ])('of %s', async (query, names) => {
    expect(await namesOf(query)).toEqual(names);
  });

  it('follow a change at once', async () => {
    const id = await anAccount(test.database, { name: 'Fanfare', segment: 'brass' });
    await test.stores.catchUp();
    expect(await namesOf('sort=name')).toEqual(['Élan', 'eland', 'Fanfare', 'Nergens', 'Zon']);

    await test.database.rows(`UPDATE crm.accounts SET name = 'Z' WHERE account_id = $1`, [id]);
    await test.stores.catchUp();
    expect((await namesOf('sort=name')).slice(-2)).toEqual(['Z', 'Zon']);

    await test.database.rows('DELETE FROM crm.accounts WHERE account_id = $1', [id]);
    await test.stores.catchUp();
    expect(await namesOf('sort=-name')).toEqual(['Zon', 'Nergens', 'eland', 'Élan']);
  });

  it('are only those that the asker may see', async () => {
    expect(await namesOf('sort=name', manager)).toEqual(['eland']);
    expect(await namesOf('sort=name', prospector)).toEqual(['Nergens']);
    expect((await get(prospector, 'ids?q=elan')).total).toBe(0);
    expect(await namesOf('group=segment&groupValue=small', manager)).toEqual(['eland']);
  });

  it.each([
    'sort=password',
    'limit=201',
    'offset=-1',
    'bounds=5,52,4,53',
    'bounds=1,2,3',
    'group=x',
  ])('cannot be asked for with %s', async (query) => {
    const response = await as(test, planner, { url: `/api/accounts/rows?${query}` });

    expect(response.statusCode).toBe(422);
  });

  it('are the same for the lists that read the database', async () => {
    for (const query of [
      'q=elan',
      'tag=vip',
      'tag=none,visit',
      'bounds=4,52,5,53',
      'q=elan%20haven',
    ]) {
      const { items, total } = await get(planner, `rows?sort=name&${query}`);
      const listed = await as(test, planner, { url: `/api/accounts?sort=name&${query}` });

      expect(listed.json().total).toBe(total);
      expect(new Set(listed.json().items.map(({ id }: { id: number }) => id))).toEqual(
        new Set(items.map(({ id }: { id: number }) => id)),
      );
    }
  });
});

describe('groups of the table', () => {
  it('count and sum, and add up to the total', async () => {
    const { total, items } = await get(planner, 'groups?by=segment');

    expect(total).toBe(4);
    expect(items).toEqual([
      { value: 'small', label: null, count: 2, placed: 1, revenue: 0, revenue12m: 0 },
      { value: 'large', label: null, count: 1, placed: 1, revenue: 20, revenue12m: 20 },
      { value: 'none', label: null, count: 1, placed: 1, revenue: 500.25, revenue12m: 500.25 },
    ]);
  });

  it('are regions of a level, with what lies in none', async () => {
    const { items } = await get(planner, 'groups?by=region1');

    expect(
      items.map(({ label, count }: { label: string; count: number }) => [label, count]),
    ).toEqual([
      ['Noordland', 2],
      ['Zuidland', 1],
      [null, 1],
    ]);
    expect(await namesOf(`group=region1&groupValue=${regions.north}&sort=name`)).toEqual([
      'Élan',
      'Zon',
    ]);
    expect(await namesOf('group=region1&groupValue=none')).toEqual(['Nergens']);
  });

  it('of tags overlap and say so', async () => {
    const { items, overlapping } = await get(planner, 'groups?by=tag');

    expect(overlapping).toBe(true);
    expect(items.map(({ value }: { value: string }) => value)).toEqual(['vip', 'visit', 'none']);
  });

  it('are of what the asker may see', async () => {
    const { total, items } = await get(prospector, 'groups?by=owner');

    expect(total).toBe(1);
    expect(items).toMatchObject([{ value: prospector.userId, label: 'Pim', count: 1 }]);
  });
});

describe('a correction', () => {
  it('sets tags and owner, and refuses an owner who is nobody', async () => {
    const { items } = await get(planner, 'rows?q=zon');
    const url = `/api/accounts/${items[0].id}`;
    const payload = { tags: ['VIP', 'New one'], owner: planner.userId };
    const changed = await as(test, planner, { method: 'PATCH', url, payload });

    expect(changed.json()).toMatchObject({ tags: ['new one', 'vip'], ownerName: 'Paula' });
    const refused = await as(test, planner, { method: 'PATCH', url, payload: { owner: 'nobody' } });
    expect(refused.statusCode).toBe(422);
    expect(refused.json().details.fields.owner).toBeTruthy();
  });
});
