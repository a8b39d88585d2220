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
  await test.database.rows(
    `INSERT INTO geo.roads (source_key, class, name, condition, length_m, geom) VALUES
       ('way/1', 'primary', 'Main Street', 'fair', 1,
        ST_SetSRID(ST_MakeLine(ST_MakePoint(4.49, 52.501), ST_MakePoint(4.51, 52.501)), 4326))`,
  );
  await test.database.rows(
    `INSERT INTO geo.buildings (source_key, housing_type, year, geom) VALUES
       ('way/2', 'terrace', 1931, ST_Multi(ST_MakeEnvelope(4.4999, 52.4999, 4.5001, 52.5001, 4326)))`,
  );
  // 499 m and 501 m north of the place.
  for (const [name, lat, ownerId] of [
    ['here', 52.5, planner.userId],
    ['just within', 52.5 + 499 / 111_270, planner.userId],
    ['just beyond', 52.5 + 501 / 111_270, planner.userId],
  ] as const) {
    await anAccount(test.database, {
      name,
      ownerId,
      point: [4.5, lat],
      regionId: regions.harbour,
    });
  }
});
afterAll(async () => {
  await test.close();
});

const here = (actor: Actor, query = 'lon=4.5&lat=52.5') =>
  as(test, actor, { url: `/api/here?${query}` });

describe('what is here', () => {
  it('names regions, road, building and population', async () => {
    const response = await here(planner);

    expect(response.statusCode, response.body).toBe(200);
    const answer = response.json();
    expect(answer.place.regions.map(({ name }: { name: string }) => name)).toEqual([
      'Noordland',
      'Havenstad',
    ]);
    expect(answer).toMatchObject({
      road: { name: 'Main Street', class: 'primary', condition: 'fair' },
      building: { housingType: 'terrace', year: 1931 },
      population: { regionName: 'Havenstad', inhabitants: 5000, densityKm2: 50 },
    });
    expect(answer.road.distanceM).toBeCloseTo(111.3, 0);
  });

  it('counts the accounts within 500 m and lists the nearest', async () => {
    const answer = (await here(planner)).json();

    expect(answer.accountsWithin).toBe(2);
    expect(answer.nearest.map(({ name }: { name: string }) => name)).toEqual([
      'here',
      'just within',
      'just beyond',
    ]);
  });

  it('counts and lists only what the asker may see', async () => {
    const answer = (await here(prospector)).json();

    expect(answer).toMatchObject({ accountsWithin: 0, nearest: [] });
  });

  it('says nothing where nothing is known', async () => {
    expect((await here(planner, 'lon=-30&lat=-30')).json()).toMatchObject({
      place: { regions: [] },
      road: null,
      building: null,
      population: null,
      accountsWithin: 0,
    });
  });

  it('answers next to the date line and at the poles', async () => {
    for (const query of ['lon=180&lat=0', 'lon=-179.9999&lat=60', 'lon=0&lat=90']) {
      expect((await here(planner, query)).statusCode).toBe(200);
    }
  });

  it.each(['lon=181&lat=0', 'lon=4', ''])('is not told for "%s"', async (query) => {
    expect((await here(planner, query)).statusCode).toBe(422);
  });
});
