import { refreshSearchIndex } from '../../geodata/geocoding/refresh-search-index.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { as, anActor, testApp, type Actor, type TestApp } from './test-app.js';
import { anAccount, someRegions, type Regions } from './test-data.js';

let test: TestApp;
let regions: Regions;
let prospector: Actor;
beforeAll(async () => {
  test = await testApp();
  regions = await someRegions(test.database);
  prospector = await anActor(test.database, 'prospector');
});
afterAll(async () => {
  await test.close();
});

const get = (url: string) => as(test, prospector, { url });
const namesOf = async (url: string): Promise<string[]> =>
  (await get(url)).json().map(({ name }: { name: string }) => name);

describe('regions', () => {
  it('are listed by parent, by level, and by both', async () => {
    expect(await namesOf('/api/regions')).toEqual(['Noordland', 'Zuidland']);
    expect(await namesOf(`/api/regions?parent=${regions.root}`)).toEqual(['Noordland', 'Zuidland']);
    expect(await namesOf(`/api/regions?parent=${regions.north}`)).toEqual(['Havenstad']);
    expect(await namesOf('/api/regions?level=2')).toEqual(['Havenstad']);
    expect(await namesOf('/api/regions?level=0')).toEqual(['All regions']);
    expect(await namesOf(`/api/regions?level=2&parent=${regions.root}`)).toEqual(['Havenstad']);
    expect(await namesOf(`/api/regions?level=2&parent=${regions.south}`)).toEqual([]);
  });

  it('say where they are, what is in them and whether they have parts', async () => {
    const [north, south] = (await get('/api/regions')).json();

    expect(north).toMatchObject({
      id: regions.north,
      parentId: regions.root,
      bbox: [4, 52, 5, 53],
      population: 5000,
      areaKm2: 100,
      hasChildren: true,
    });
    expect(south.hasChildren).toBe(false);
  });

  it('have a way down to them and a shape', async () => {
    const region = (await get(`/api/regions/${regions.harbour}`)).json();
    const shape = await get(`/api/regions/${regions.harbour}/geometry`);
    const project = await get(`/api/regions/${regions.root}/geometry`);

    expect(region.path.map(({ level }: { level: number }) => level)).toEqual([0, 1, 2]);
    expect(shape.headers['content-type']).toContain('application/geo+json');
    expect(shape.json()).toMatchObject({
      type: 'Feature',
      properties: { name: 'Havenstad' },
      geometry: { type: 'MultiPolygon' },
    });
    expect(project.json().geometry).toBeNull();
  });

  it('are not found by an unknown id', async () => {
    expect((await get('/api/regions/4242')).statusCode).toBe(404);
    expect((await get('/api/regions/4242/geometry')).statusCode).toBe(404);
  });
});

describe('the project', () => {
  it('has levels with their number, bounds and attributions', async () => {
    await test.database.rows(
      `INSERT INTO geo.places (source_key, category, kind, name, geom, source, licence) VALUES
         ('node/1', 'shop', 'bakery', 'Café Zoë', ST_SetSRID(ST_MakePoint(4.5, 52.5), 4326),
          'OpenStreetMap', 'ODbL-1.0')`,
    );
    const { project } = (await get('/api/session')).json();

    expect(project.levels).toEqual([
      { level: 0, name: 'Project', pluralName: 'Projects', count: 1 },
      { level: 1, name: 'Province', pluralName: 'Provinces', count: 2 },
      { level: 2, name: 'Town', pluralName: 'Towns', count: 1 },
    ]);
    expect(project.bounds).toEqual([4, 51, 5, 53]);
    expect(project.attributions).toEqual(['© OpenStreetMap contributors']);
  });
});

describe('cards', () => {
  it('tell about a place, a road, a building and a business zone', async () => {
    const { database } = test;
    await database.rows(
      `INSERT INTO geo.roads (source_key, class, name, condition, length_m, geom) VALUES
         ('way/1', 'primary', 'Hoofdweg', 'good', 1000,
          ST_SetSRID(ST_MakeLine(ST_MakePoint(4, 52), ST_MakePoint(4.1, 52)), 4326))`,
    );
    const polygon = 'ST_Multi(ST_MakeEnvelope(4, 52, 4.1, 52.1, 4326))';
    await database.rows(
      `INSERT INTO geo.buildings (source_key, housing_type, housing_type_source, housing_type_confidence, year, register_dwellings, geom)
       VALUES ('way/2', 'terrace', 'derived', 0.82, 1930, 3, ${polygon})`,
    );
    await database.rows(
      `INSERT INTO geo.business_zones (source_key, kind, name, geom) VALUES ('way/3', 'port', 'Haven', ${polygon})`,
    );
    const road = await get('/api/geography/roads/1');
    const building = await get('/api/geography/buildings/1');
    const zone = await get('/api/geography/business_zones/1');
    const place = await get('/api/geography/places/1');

    expect(road.json()).toMatchObject({ layer: 'roads', class: 'primary', name: 'Hoofdweg' });
    expect(building.json()).toMatchObject({
      ...{ housingType: 'terrace', housingTypeSource: 'derived', year: 1930, dwellings: 3 },
      ...{ housingTypeConfidence: expect.closeTo(0.82, 5), accounts: 0 },
    });
    expect(zone.json()).toMatchObject({ kind: 'port', lon: expect.closeTo(4.05, 5) });
    expect(place.json()).toMatchObject({ category: 'shop', kind: 'bakery', lon: 4.5, lat: 52.5 });
  });

  it('are not found for unknown ids, and refused for unknown layers', async () => {
    expect((await get('/api/geography/roads/4242')).statusCode).toBe(404);
    expect((await get('/api/geography/clouds/1')).statusCode).toBe(422);
  });
});

describe('search', () => {
  it('finds accounts, regions, places and addresses without case and accents', async () => {
    const planner = await anActor(test.database, 'planner');
    await anAccount(test.database, { name: 'Zoë Havenaar', city: 'Havenstad' });
    await test.database.rows(
      `INSERT INTO geo.addresses (source_key, street, house_number, postcode, city, geom) VALUES
         ('node/9', 'Havenstraat', '1', '1234 AB', 'Zuidstad', ST_SetSRID(ST_MakePoint(4.2, 51.2), 4326))`,
    );
    await refreshSearchIndex(test.database);
    const found = async (q: string) =>
      (await as(test, planner, { url: `/api/search?q=${encodeURIComponent(q)}` }))
        .json()
        .map(({ kind, title }: { kind: string; title: string }) => `${kind}: ${title}`);

    expect(await found('HAVEN')).toEqual([
      'account: Zoë Havenaar',
      'region: Havenstad',
      'street: Havenstraat',
    ]);
    expect(await found('havenstraat 1')).toEqual(['address: Havenstraat 1']);
    expect(await found('zoe')).toEqual(['account: Zoë Havenaar', 'place: Café Zoë']);
    expect(await found('havenstraat zuid')).toEqual(['street: Havenstraat']);
    expect(await found('havnestraat')).toEqual(['street: Havenstraat']);
    expect(await found('zo')).toEqual(['account: Zoë Havenaar']);
    expect(await found('100%')).toEqual([]);
    expect(await found('__')).toEqual([]);
  });

  it('shares the number of results between the kinds', async () => {
    for (let number = 1; number <= 6; number += 1) {
      await test.database.rows(
        `INSERT INTO geo.places (source_key, category, kind, name, geom)
         VALUES ($1, 'shop', 'kiosk', 'Kiosk ' || $1, ST_SetSRID(ST_MakePoint(4.5, 52.5), 4326))`,
        [`kiosk/${number}`],
      );
      await anAccount(test.database, { name: `Kiosk ${number}`, ownerId: prospector.userId });
    }
    const results = (await get('/api/search?q=kiosk&limit=5')).json();
    const kinds = results.map(({ kind }: { kind: string }) => kind);

    expect(kinds).toEqual(['account', 'account', 'account', 'place', 'place']);
  });

  it('refuses a single character', async () => {
    expect((await get('/api/search?q=a')).statusCode).toBe(422);
  });
});
