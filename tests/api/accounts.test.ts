import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { as, anActor, testApp, type Actor, type TestApp } from './test-app.js';
import { anAccount, aSale, someRegions, type Regions } from './test-data.js';

let test: TestApp;
let regions: Regions;
let planner: Actor;
beforeEach(async () => {
  test = await testApp();
  regions = await someRegions(test.database);
  planner = await anActor(test.database, 'planner');
});
afterEach(async () => {
  await test.close();
});

async function namesOf(actor: Actor, query = ''): Promise<string[]> {
  const response = await as(test, actor, { url: `/api/accounts?${query}` });
  expect(response.statusCode, response.body).toBe(200);
  return response.json().items.map((account: { name: string }) => account.name);
}

describe('the list of accounts', () => {
  it('pages through every account once, in order', async () => {
    for (const name of ['Edam', 'Brie', 'Comté', 'Brie', 'Asiago']) {
      await anAccount(test.database, { name });
    }
    const names: string[] = [];
    let cursor = '';
    for (let page = 0; page < 5; page += 1) {
      const response = await as(test, planner, {
        url: `/api/accounts?limit=2&sort=-name${cursor && `&cursor=${cursor}`}`,
      });
      const { items, nextCursor, total } = response.json();
      expect(total).toBe(5);
      names.push(...items.map((account: { name: string }) => account.name));
      if (nextCursor === null) break;
      cursor = nextCursor;
    }

    expect(names).toEqual(['Edam', 'Comté', 'Brie', 'Brie', 'Asiago']);
  });

  it.each(['city', '-city', 'customerSince', '-customerSince', 'updatedAt', '-updatedAt'])(
    'pages by %s also where rows are equal or empty',
    async (sort) => {
      await anAccount(test.database, { name: 'a' });
      await anAccount(test.database, { name: 'b', city: 'Havenstad' });
      await anAccount(test.database, { name: 'c' });
      const first = await as(test, planner, { url: `/api/accounts?limit=2&sort=${sort}` });
      const second = await as(test, planner, {
        url: `/api/accounts?limit=2&sort=${sort}&cursor=${first.json().nextCursor}`,
      });

      const names = [...first.json().items, ...second.json().items].map(({ name }) => name);
      expect(names.sort()).toEqual(['a', 'b', 'c']);
      expect(second.json().nextCursor).toBeNull();
    },
  );

  it('refuses a cursor that it did not hand out, before the database sees it', async () => {
    const cursor = Buffer.from(JSON.stringify(['not a date', 1])).toString('base64url');
    const response = await as(test, planner, {
      url: `/api/accounts?sort=customerSince&cursor=${cursor}`,
    });

    expect(response.statusCode).toBe(422);
    expect(response.json().details.fields).toHaveProperty('cursor');
  });

  it('filters by region with everything inside it, and by the project for all', async () => {
    await anAccount(test.database, {
      name: 'in town',
      point: [4.5, 52.5],
      regionId: regions.harbour,
    });
    await anAccount(test.database, {
      name: 'in north',
      point: [4.1, 52.1],
      regionId: regions.north,
    });
    await anAccount(test.database, {
      name: 'in south',
      point: [4.1, 51.1],
      regionId: regions.south,
    });
    await anAccount(test.database, { name: 'nowhere' });

    expect(await namesOf(planner, `region=${regions.north}`)).toEqual(['in north', 'in town']);
    expect(await namesOf(planner, `region=${regions.root}`)).toHaveLength(4);
    expect(await namesOf(planner, 'placement=not_placed')).toEqual(['nowhere']);
  });

  it('takes several values of a name as alternatives, and none for empty', async () => {
    await anAccount(test.database, { name: 'gold', segment: 'gold' });
    await anAccount(test.database, { name: 'silver', segment: 'silver' });
    await anAccount(test.database, { name: 'plain' });

    expect(await namesOf(planner, 'segment=gold,none')).toEqual(['gold', 'plain']);
  });

  it('refuses values that do not exist and characters that cannot be stored', async () => {
    const unknown = await as(test, planner, { url: '/api/accounts?lifecycle=customer,king' });
    const nul = await as(test, planner, { url: '/api/accounts?segment=a%00b' });

    expect(unknown.statusCode).toBe(422);
    expect(nul.statusCode).toBe(422);
  });

  it('agrees with the summary', async () => {
    const placed = await anAccount(test.database, { name: 'placed', point: [4.5, 52.5] });
    const lost = await anAccount(test.database, { name: 'lost' });
    await anAccount(test.database, { name: 'lead', lifecycle: 'lead' });
    await aSale(test.database, placed, 12.34);
    await aSale(test.database, lost, 5);
    await test.stores.catchUp();
    const url = '/api/accounts/summary?lifecycle=customer';
    const revenue = await as(test, planner, { url });
    const count = await as(test, planner, { url: `${url}&measure=count` });

    expect(revenue.json()).toMatchObject({ total: 2, placed: 1, notPlaced: 1 });
    expect(revenue.json()).toMatchObject({ measure: 'revenue', value: 17.34, placedValue: 12.34 });
    expect(count.json()).toMatchObject({ value: 2, placedValue: 1 });
  });
});

describe('the card of an account', () => {
  it('holds everything matching found, sales and neighbours', async () => {
    const id = await anAccount(test.database, {
      name: 'Bakker',
      point: [4.5, 52.5],
      regionId: regions.harbour,
      postcodeRegionId: regions.south,
    });
    await anAccount(test.database, { name: 'next door', point: [4.501, 52.5] });
    await anAccount(test.database, { name: 'far away', point: [4.9, 52.5] });
    await aSale(test.database, id, 100);
    await aSale(test.database, id, 50);
    const response = await as(test, planner, { url: `/api/accounts/${id}` });

    expect(response.statusCode, response.body).toBe(200);
    const card = response.json();
    expect(card.regionPath.map(({ name }: { name: string }) => name)).toEqual([
      'All regions',
      'Noordland',
      'Havenstad',
    ]);
    expect(card.postcodeRegionPath.at(-1).name).toBe('Zuidland');
    expect(card.sales).toMatchObject({ orders: 2, revenue: 150, averageOrder: 75 });
    expect(card.recentSales).toHaveLength(2);
    expect(card.neighbours).toEqual([
      expect.objectContaining({ name: 'next door', distanceM: expect.closeTo(67.7, 0) }),
    ]);
  });

  it('is not found for an unknown id and for one that is no number', async () => {
    const unknown = await as(test, planner, { url: '/api/accounts/999999' });
    const huge = await as(test, planner, { url: '/api/accounts/9999999999999999' });
    const word = await as(test, planner, { url: '/api/accounts/first' });

    expect([unknown, huge, word].map(({ statusCode }) => statusCode)).toEqual([404, 422, 422]);
  });
});

describe('correcting an account', () => {
  const patch = (actor: Actor, id: number, payload: object) =>
    as(test, actor, { method: 'PATCH', url: `/api/accounts/${id}`, payload });

  it('locks the corrected fields and says so', async () => {
    const id = await anAccount(test.database, { name: 'Baker' });
    await patch(planner, id, { name: 'Bakker', email: 'info@bakker.example', phone: '' });
    const response = await patch(planner, id, { city: 'Havenstad' });

    expect(response.json()).toMatchObject({
      name: 'Bakker',
      email: 'info@bakker.example',
      phone: null,
      city: 'Havenstad',
      lockedFields: ['city', 'email', 'name', 'phone'],
      placementLocked: false,
    });
  });

  it('matches a moved account again, locks its place and shows it on the map at once', async () => {
    const id = await anAccount(test.database, {
      name: 'Mover',
      point: [4.1, 51.1],
      regionId: regions.south,
    });
    await test.stores.catchUp();
    const response = await patch(planner, id, { point: [4.5, 52.5] });
    const inTown = test.stores.summary({ region: [regions.harbour] }, { kind: 'all' }, 'count');

    expect(response.statusCode, response.body).toBe(200);
    expect(response.json()).toMatchObject({
      lon: 4.5,
      lat: 52.5,
      regionId: regions.harbour,
      placement: 'exact',
      placementLocked: true,
      cell: expect.stringMatching(/^8a/),
    });
    expect(inTown.placed).toBe(1);
  });

  it('moves an account that is placed by postcode with its new postcode', async () => {
    await test.database.rows(
      `INSERT INTO geo.postcodes (postcode, geom) VALUES
         ('1000', ST_SetSRID(ST_MakePoint(4.1, 51.1), 4326)),
         ('2000', ST_SetSRID(ST_MakePoint(4.5, 52.5), 4326))`,
    );
    const id = await anAccount(test.database, { name: 'By post' });
    const response = await patch(planner, id, { postcode: '2000' });

    expect(response.json()).toMatchObject({ placement: 'postcode', regionId: regions.harbour });
  });

  it('changes nothing when a field is wrong', async () => {
    const id = await anAccount(test.database, { name: 'Baker' });
    const wrong = [
      {},
      { name: '' },
      { lifecycle: 'king' },
      { point: [200, 0] },
      { email: 'nobody' },
      { ownerId: 'me' },
      { name: 'a\0b' },
    ];
    for (const payload of wrong) {
      const response = await patch(planner, id, payload);
      expect(response.statusCode, JSON.stringify(payload)).toBe(422);
    }
    const after = await as(test, planner, { url: `/api/accounts/${id}` });

    expect(after.json()).toMatchObject({ name: 'Baker', lockedFields: [] });
  });

  it('is undone where it would take the account out of the sight of whoever makes it', async () => {
    const manager = await anActor(test.database, 'manager', { regionIds: [regions.north] });
    const id = await anAccount(test.database, {
      name: 'Mine',
      point: [4.5, 52.5],
      regionId: regions.harbour,
    });
    const response = await patch(manager, id, { point: [4.1, 51.1] });
    const after = await as(test, manager, { url: `/api/accounts/${id}` });

    expect(response.statusCode).toBe(409);
    expect(after.json()).toMatchObject({ lon: 4.5, lat: 52.5, placementLocked: false });
  });
});
