import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { as, anActor, testApp, type Actor, type TestApp } from './test-app.js';
import { anAccount, someRegions, type Regions } from './test-data.js';

let test: TestApp;
let regions: Regions;
let planner: Actor;
let prospector: Actor;
beforeAll(async () => {
  test = await testApp();
  regions = await someRegions(test.database);
  planner = await anActor(test.database, 'planner');
  prospector = await anActor(test.database, 'prospector');
  const ownerId = planner.userId;
  for (const [name, lon] of [
    ['east of the date line', -179.99],
    ['west of it', 179.9],
    ['far', 170],
  ] as const) {
    await anAccount(test.database, { name, point: [lon, -17], ownerId });
  }
  await anAccount(test.database, {
    name: 'an open lead',
    lifecycle: 'lead',
    point: [160, -17],
    regionId: regions.harbour,
  });
  await anAccount(test.database, { name: 'not placed' });
});
afterAll(async () => {
  await test.close();
});

async function nearestTo(actor: Actor, query: string): Promise<string[]> {
  const response = await as(test, actor, { url: `/api/accounts/nearest?${query}` });
  expect(response.statusCode, response.body).toBe(200);
  return response.json().items.map((account: { name: string }) => account.name);
}

describe('the nearest accounts', () => {
  it('come in order of distance, also across the antimeridian', async () => {
    const names = await nearestTo(planner, 'lon=179.99&lat=-17');

    expect(names).toEqual(['east of the date line', 'west of it', 'far', 'an open lead']);
  });

  it('say how far away they are', async () => {
    const response = await as(test, planner, {
      url: '/api/accounts/nearest?lon=179.9&lat=-17.1&limit=1',
    });

    expect(response.json().items[0].distanceM).toBeCloseTo(11_119.5, 0);
  });

  it('are those of the filter', async () => {
    expect(await nearestTo(planner, 'lon=0&lat=0&lifecycle=lead')).toEqual(['an open lead']);
  });

  it('are those that the asker may see', async () => {
    expect(await nearestTo(prospector, 'lon=179.99&lat=-17')).toEqual(['an open lead']);
  });

  it.each(['lon=181&lat=0', 'lon=0', 'lon=0&lat=x', 'lon=&lat=', 'lon=0&lat=0&limit=101'])(
    'cannot be asked for with %s',
    async (query) => {
      const response = await as(test, planner, { url: `/api/accounts/nearest?${query}` });

      expect(response.statusCode).toBe(422);
    },
  );
});
