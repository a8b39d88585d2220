import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { as, anActor, testApp, type Actor, type TestApp } from './test-app.js';

let test: TestApp;
let prospector: Actor;
beforeAll(async () => {
  test = await testApp();
  prospector = await anActor(test.database, 'prospector');
});
afterAll(async () => {
  await test.close();
});

const classesOf = (layer: string) => as(test, prospector, { url: `/tiles/classes/${layer}` });

const addRoad = (key: string, roadClass: string, condition: string) =>
  test.database.rows(
    `INSERT INTO geo.roads (source_key, class, condition, length_m, geom)
     VALUES ($1, $2, $3, 100, ST_GeomFromText('LINESTRING(4 52, 4.001 52)', 4326))`,
    [key, roadClass, condition],
  );

describe('counts by class', () => {
  it('are exact by every attribute, also after the layer changed', async () => {
    await addRoad('way/1', 'primary', 'good');
    await addRoad('way/2', 'track', 'good');
    expect((await classesOf('roads')).json()).toEqual({
      class: { primary: 1, track: 1 },
      condition: { good: 2 },
    });

    await addRoad('way/3', 'track', 'bad');
    await expect
      .poll(async () => (await classesOf('roads')).json(), { timeout: 10_000 })
      .toEqual({ class: { primary: 1, track: 2 }, condition: { good: 2, bad: 1 } });
  });

  it.each(['land_cover', 'business_zones', 'buildings', 'places'])(
    'of %s are there',
    async (id) => {
      expect((await classesOf(id)).statusCode).toBe(200);
    },
  );

  it('of a layer without classes are refused', async () => {
    expect((await classesOf('regions')).statusCode).toBe(422);
  });
});
