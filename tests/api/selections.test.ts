import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SavedSelection } from '../../server/contract/selections.js';
import { as, anActor, testApp, type Actor, type TestApp } from './test-app.js';
import { aSale, anAccount, someRegions, type Regions } from './test-data.js';

let test: TestApp;
let regions: Regions;
let planner: Actor;
let other: Actor;
let northern: Actor;
let townsman: Actor;
let southern: Actor;

const town = { kind: 'box', bounds: [4.4, 52.4, 4.6, 52.6] } as const;
const north = { kind: 'box', bounds: [4, 52, 5, 53] } as const;

beforeAll(async () => {
  test = await testApp();
  regions = await someRegions(test.database);
  planner = await anActor(test.database, 'planner');
  other = await anActor(test.database, 'planner');
  northern = await anActor(test.database, 'manager', { regionIds: [regions.north] });
  townsman = await anActor(test.database, 'prospector', { regionIds: [regions.harbour] });
  southern = await anActor(test.database, 'manager', { regionIds: [regions.south] });
  await test.database.rows(`UPDATE app.users SET team = 'North' WHERE id = ANY ($1)`, [
    [northern.userId, townsman.userId],
  ]);
  const inTown = { point: [4.5, 52.5] as const, regionId: regions.harbour };
  const sold = await anAccount(test.database, { name: 'in town', ...inTown });
  await aSale(test.database, sold, 1250.5);
  await anAccount(test.database, { name: 'a lead in town', lifecycle: 'lead', ...inTown });
  await anAccount(test.database, {
    name: 'in the south',
    point: [4.5, 51.5],
    regionId: regions.south,
  });
  await anAccount(test.database, { name: 'not placed' });
});
afterAll(async () => {
  await test.close();
});

async function create(actor: Actor, payload: object): Promise<SavedSelection> {
  const response = await as(test, actor, { method: 'POST', url: '/api/selections', payload });
  expect(response.statusCode, response.body).toBe(201);
  return response.json();
}

async function namesIn(actor: Actor, query: string): Promise<string[]> {
  const response = await as(test, actor, { url: `/api/accounts?${query}` });
  expect(response.statusCode, response.body).toBe(200);
  expect(response.json().total).toBe(response.json().items.length);
  return response.json().items.map(({ name }: { name: string }) => name);
}

describe('a selection', () => {
  it('filters the list, with its total', async () => {
    const { id } = await create(planner, { definition: town });

    expect(await namesIn(planner, `selection=${id}`)).toEqual(['a lead in town', 'in town']);
    expect(await namesIn(planner, `selection=${id}&lifecycle=lead`)).toEqual(['a lead in town']);
  });

  it('has figures within the rights of whoever asks', async () => {
    const { id } = await create(planner, { definition: town, sharing: 'everyone' });
    const figures = async (actor: Actor, query = '') =>
      (await as(test, actor, { url: `/api/selections/${id}/summary${query}` })).json();

    expect(await figures(planner)).toEqual({
      accounts: 2,
      byLifecycle: { lead: 1, prospect: 0, customer: 1, former: 0 },
      placed: 2,
      revenue: 1250.5,
      revenue12m: 1250.5,
    });
    expect(await figures(planner, '?lifecycle=lead')).toMatchObject({ accounts: 1, revenue: 0 });
    expect(await figures(southern)).toMatchObject({ accounts: 0, revenue: 0 });
    expect(await figures(townsman)).toMatchObject({ accounts: 1, revenue: 0 });
  });

  it('is told before it is stored', async () => {
    const response = await as(test, planner, {
      method: 'POST',
      url: '/api/selections/preview',
      payload: {
        definition: { kind: 'union', parts: [town, { kind: 'regions', ids: [regions.south] }] },
      },
    });

    expect(response.statusCode, response.body).toBe(200);
    expect(response.json()).toMatchObject({ figures: { accounts: 3 } });
    expect(response.json().geometry.coordinates).toHaveLength(2);
    expect(response.json().areaKm2).toBeGreaterThan(1000);
  });

  it('is renamed, shared and drawn anew by its owner', async () => {
    const { id } = await create(planner, { definition: town });
    const change = (payload: object) =>
      as(test, planner, { method: 'PATCH', url: `/api/selections/${id}`, payload });

    expect((await change({ name: ' Harbour ' })).json()).toMatchObject({ name: 'Harbour' });
    expect(await namesIn(planner, `selection=${id}`)).toHaveLength(2);
    expect(
      (await change({ definition: { kind: 'regions', ids: [regions.south] } })).json(),
    ).toMatchObject({
      name: 'Harbour',
      definition: { kind: 'regions' },
    });
    expect(await namesIn(planner, `selection=${id}`)).toEqual(['in the south']);
  });

  it('reaches exports and tiles', async () => {
    const { id } = await create(planner, { definition: town });

    const csv = await as(test, planner, { url: `/api/exports/accounts.csv?selection=${id}` });
    const catalog = await as(test, planner, { url: `/tiles/catalog?selection=${id}` });

    expect(csv.body).toContain('in town');
    expect(csv.body).not.toContain('in the south');
    const layer = catalog.json().layers.find((entry: { id: string }) => entry.id === 'accounts');
    expect(layer.count).toBe(2);
  });

  it('is gone when it was removed', async () => {
    const { id } = await create(planner, { definition: town });
    const remove = (actor: Actor) =>
      as(test, actor, { method: 'DELETE', url: `/api/selections/${id}` });

    expect((await remove(other)).statusCode).toBe(404);
    expect((await remove(planner)).statusCode).toBe(204);
    expect((await as(test, planner, { url: `/api/selections/${id}` })).statusCode).toBe(404);
  });
});

describe('a selection of somebody else', () => {
  it.each([
    ['GET', (id: number) => `/api/selections/${id}`],
    ['GET', (id: number) => `/api/selections/${id}/summary`],
    ['GET', (id: number) => `/api/accounts?selection=${id}`],
    ['GET', (id: number) => `/api/accounts/summary?selection=${id}`],
    ['GET', (id: number) => `/api/accounts/nearest?lon=4&lat=52&selection=${id}`],
    ['GET', (id: number) => `/api/exports/accounts.csv?selection=${id}`],
    ['GET', (id: number) => `/tiles/catalog?selection=${id}`],
    ['GET', (id: number) => `/tiles/accounts/0/0/0.mvt?selection=${id}`],
    ['DELETE', (id: number) => `/api/selections/${id}`],
  ] as const)('is as one that is not there: %s', async (method, url) => {
    const { id } = await create(planner, { definition: town });

    expect((await as(test, other, { method, url: url(id) })).statusCode).toBe(404);
    expect((await as(test, other, { method, url: url(999_999) })).statusCode).toBe(404);
  });

  it('cannot be changed, shared or not', async () => {
    const { id } = await create(planner, { definition: town, sharing: 'everyone' });
    const response = await as(test, other, {
      method: 'PATCH',
      url: `/api/selections/${id}`,
      payload: { name: 'Mine now' },
    });

    expect(response.statusCode).toBe(404);
  });

  it('shared with everyone is theirs to use, within their rights', async () => {
    const { id } = await create(planner, { definition: north, sharing: 'everyone' });

    expect(await namesIn(other, `selection=${id}`)).toHaveLength(2);
    expect(await namesIn(townsman, `selection=${id}`)).toEqual(['a lead in town']);
  });

  it('shared with the team is seen by the team', async () => {
    const { id } = await create(northern, { definition: north, sharing: 'team', name: 'Ours' });
    const statusFor = async (actor: Actor) =>
      (await as(test, actor, { url: `/api/selections/${id}` })).statusCode;
    const isListedFor = async (actor: Actor) =>
      (await as(test, actor, { url: '/api/selections' }))
        .json()
        .items.some((item: { id: number }) => item.id === id);

    expect(await statusFor(townsman)).toBe(200);
    expect(await statusFor(southern)).toBe(404);
    expect(await isListedFor(townsman)).toBe(true);
    expect(await isListedFor(southern)).toBe(false);
  });
});

describe('what is no selection', () => {
  it.each([
    ['a box that is inside out', { kind: 'box', bounds: [5, 52, 4, 53] }],
    [
      'a line as a polygon',
      {
        kind: 'polygon',
        ring: [
          [4, 52],
          [4, 53],
          [4, 52],
        ],
      },
    ],
    ['a circle of nothing', { kind: 'circle', center: [4, 52], radiusMeters: 0 }],
    ['a circle around a pole', { kind: 'circle', center: [0, 90], radiusMeters: 9000 }],
    ['a road that is not there', { kind: 'road', roadId: 12345, widthMeters: 100 }],
    ['one part alone', { kind: 'union', parts: [town] }],
    ['another kind', { kind: 'star', center: [4, 52] }],
  ])('%s', async (_name, definition) => {
    const response = await as(test, planner, {
      method: 'POST',
      url: '/api/selections',
      payload: { definition },
    });

    expect(response.statusCode, response.body).toBe(422);
  });

  it('several at once in a filter', async () => {
    const response = await as(test, planner, { url: '/api/accounts?selection=1,2' });

    expect(response.statusCode).toBe(422);
  });
});
