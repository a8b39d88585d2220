import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { geocodeMany } from '../../../geodata/geocoding/geocode-many.js';
import type { GeocodeOptions, GeocodeRequest } from '../../../geodata/geocoding/geocoder.js';
import { refreshSearchIndex } from '../../../geodata/geocoding/refresh-search-index.js';
import { reverseGeocode } from '../../../geodata/geocoding/reverse-geocode.js';
import { testDatabase, type TestDatabase } from '../../support/database.js';
import { featureCollection, importFile, square, TestFiles } from './import-files.js';

let test: TestDatabase;
const files = new TestFiles();

/** Houses of a street on a line to the east, even numbers on the north side; 7, 8 and 9 are not known. */
function houses(street: string, city: string, postcode: string, [lon, lat]: [number, number]) {
  const numbers = ['1', '2', '3', '4', '5', '6', '10', '11', '12', '12a', '12b', '12-2'];
  return numbers.map((number) => {
    const at = Number.parseInt(number, 10);
    return `${street},${number},${postcode},${city},${lat + (at % 2 === 0 ? 0.0001 : 0)},${lon + at * 0.0001}`;
  });
}

const addresses = [
  'street,number,postcode,city,lat,lon',
  ...houses('Kerkstraat', 'Zuiddorp', '1234 AB', [4.1, 52.1]),
  ...houses('Kerkstraat', 'Noorddorp', '9876 XY', [4.8, 52.8]),
  ...houses('Burgemeester de Vrieslaan', 'Zuiddorp', '1234 CD', [4.1, 52.11]),
  ...houses('Molenweg', 'Zuiddorp', '1235 AA', [4.12, 52.12]),
].join('\n');

const settlements = [
  'id,name,country,admin_code,population,lat,lon',
  '1,Zuiddorp,NL,ZH,20000,52.1,4.1',
  '2,Noorddorp,NL,NH,3000,52.8,4.8',
  '3,Westdorp,NL,NH,90000,52.5,4.2',
].join('\n');

beforeAll(async () => {
  test = await testDatabase();
  const { database } = test;
  const regions = featureCollection([
    { properties: { code: 'W', name: 'Westland' }, geometry: square(4, 52, 1) },
  ]);
  const levels = { level: 1, levelName: 'Province', code: 'code', name: 'name' };
  await importFile(database, 'regions', files.write('regions.geojson', regions), {
    options: levels,
  });
  await importFile(database, 'addresses', files.write('addresses.csv', addresses), {
    source: 'Register',
    licence: 'CC0',
  });
  await importFile(database, 'settlements', files.write('towns.csv', settlements));
  await database.rows(
    `INSERT INTO geo.roads (source_key, class, name, condition, length_m, geom) VALUES
       ('way/1', 'residential', 'Dijkje', 'good', 500,
        ST_SetSRID(ST_MakeLine(ST_MakePoint(4.2, 52.5), ST_MakePoint(4.206, 52.5)), 4326))`,
  );
  await refreshSearchIndex(database);
});

afterAll(async () => {
  files.remove();
  await test.close();
});

const ask = async (request: string | GeocodeRequest, options?: GeocodeOptions) => {
  const one = typeof request === 'string' ? { text: request } : request;
  return (await geocodeMany(test.database.pool, [one], options))[0]!;
};

describe('an address that is known', () => {
  it('is found with its point, source and licence', async () => {
    const [best] = await ask('Molenweg 5, 1235 AA Zuiddorp');
    expect(best).toMatchObject({
      ...{ kind: 'address', precision: 'roof', confidence: 1, ambiguous: false },
      ...{ street: 'Molenweg', houseNumber: '5', postcode: '1235 AA', city: 'Zuiddorp' },
      ...{ label: 'Molenweg 5, 1235 AA Zuiddorp', source: 'Register', licence: 'CC0' },
    });
    expect(best!.lonLat[0]).toBeCloseTo(4.1205, 6);
    expect(best!.lonLat[1]).toBeCloseTo(52.12, 6);
  });

  it.each([
    ['molenweg 5 zuiddorp', '5'],
    ['5 Molenweg, Zuiddorp', '5'],
    ['1235aa 5', '5'],
    ['Molenweg 12a, Zuiddorp', '12a'],
    ['Molenweg 12-2 Zuiddorp', '12-2'],
    ['Burg. de Vriesln 3, Zuiddorp', '3'],
    ['Burgemeester de Vrieslaan 3 Zuiddorp Nederland', '3'],
  ])('is found as %j', async (text, houseNumber) => {
    expect((await ask(text))[0]).toMatchObject({
      houseNumber,
      precision: 'roof',
      ambiguous: false,
    });
  });

  it('is found in parts as well', async () => {
    const parts = {
      street: 'Molenweg',
      houseNumber: '5',
      city: 'Zuiddorp',
      country: 'Netherlands',
    };
    expect((await ask(parts))[0]).toMatchObject({ precision: 'roof', houseNumber: '5' });
  });
});

describe('what is not quite known', () => {
  it('is corrected where it is misspelled, with less confidence', async () => {
    const [best] = await ask('Moelnweg 5, Zuiddrop');
    expect(best).toMatchObject({ street: 'Molenweg', houseNumber: '5', city: 'Zuiddorp' });
    expect(best!.confidence).toBeLessThan(0.85);
    expect(best!.confidence).toBeGreaterThan(0.5);
  });

  it('is the plot where only the letter is not known', async () => {
    const [best] = await ask('Molenweg 5c, Zuiddorp');
    expect(best).toMatchObject({ precision: 'parcel', houseNumber: '5' });
  });

  it('lies between its neighbours where the number is missing', async () => {
    const [best] = await ask('Molenweg 8, Zuiddorp');
    expect(best).toMatchObject({ precision: 'interpolated', houseNumber: '8', confidence: 0.88 });
    expect(best!.lonLat[0]).toBeCloseTo(4.1208, 5);
    expect(best!.lonLat[1]).toBeCloseTo(52.1201, 5);
  });

  it('is the street, doubtful, where no neighbours are known', async () => {
    const [best] = await ask('Molenweg 400, Zuiddorp');
    expect(best).toMatchObject({ precision: 'street', confidence: 0.6 });
  });

  it('is ambiguous where two towns have the street, and no town is given', async () => {
    const answers = await ask('Kerkstraat 3');
    expect(answers.map(({ city, ambiguous }) => [city, ambiguous])).toEqual([
      [expect.any(String), true],
      [expect.any(String), true],
    ]);
    const near = await ask('Kerkstraat 3', { near: [4.8, 52.8] });
    expect(near[0]).toMatchObject({ city: 'Noorddorp', ambiguous: true });
    expect((await ask('Kerkstraat 3, Noorddorp'))[0]).toMatchObject({ ambiguous: false });
  });

  it('is never a street of another town', async () => {
    for (const answer of await ask('Molenweg 5, Westdorp')) {
      expect(answer).toMatchObject({ precision: 'place', city: 'Westdorp' });
      expect(answer.confidence).toBeLessThan(0.8);
    }
  });

  it('is nothing where nothing fits', async () => {
    expect(await ask('Rue de la Paix 12, Paris')).toEqual([]);
    expect(await ask('Postbus 12, 1234 AB Zuiddorp')).toEqual([]);
    expect(await ask('Molenweg 5, Zuiddorp', { country: 'FR' })).not.toContainEqual(
      expect.objectContaining({ kind: 'settlement' }),
    );
  });
});

describe('streets, towns, regions and postcodes', () => {
  it('are answers of their own', async () => {
    expect((await ask('Zuiddorp'))[0]).toMatchObject({ kind: 'settlement', precision: 'place' });
    expect((await ask('Westland'))[0]).toMatchObject({ kind: 'region', precision: 'place' });
    expect((await ask('1235 AA'))[0]).toMatchObject({ kind: 'postcode', precision: 'postcode' });
    expect((await ask('Molenweg Zuiddorp'))[0]).toMatchObject({ kind: 'street', city: 'Zuiddorp' });
  });

  it('come from roads too, in the town that they lie in', async () => {
    expect((await ask('Dijkje, Westdorp'))[0]).toMatchObject({ kind: 'street', confidence: 1 });
  });

  it('are completed while a person types', async () => {
    const titles = async (text: string) =>
      (await ask(text, { autocomplete: true })).map(({ label }) => label);
    expect(await titles('mole')).toContain('Molenweg, Zuiddorp');
    expect(await titles('kerkstraat noo')).toEqual(['Kerkstraat, Noorddorp']);
    expect(await titles('zuid')).toContain('Zuiddorp, NL');
  });
});

describe('hostile texts', () => {
  it.each([
    `'; DROP TABLE geo.addresses; --`,
    `') & ('x`,
    '\\',
    `''''''`,
    '%_%',
    '\u0000\u0001\u0002',
    '!!! ??? ...',
    '12 '.repeat(30_000),
    'ab '.repeat(30_000),
    'a'.repeat(100_000),
  ])('find nothing or something, quickly (%#)', async (text) => {
    const start = performance.now();
    await ask(text);
    await ask({ street: text, houseNumber: text, postcode: text, city: text, country: text });
    expect(performance.now() - start).toBeLessThan(3_000);
  });
});

describe('the way back', () => {
  it('tells address, street, postcode and regions of a point', async () => {
    const found = await reverseGeocode(test.database.pool, [4.12051, 52.12001]);
    expect(found).toMatchObject({
      address: { label: 'Molenweg 5, 1235 AA Zuiddorp', distanceMeters: expect.any(Number) },
      street: { name: 'Molenweg' },
      postcode: '1235 AA',
      regions: [{ level: 1, name: 'Westland' }],
    });
    expect(found.address!.distanceMeters).toBeLessThan(2);
  });

  it('is empty where nothing is near', async () => {
    expect(await reverseGeocode(test.database.pool, [-30, 10])).toEqual({ regions: [] });
  });
});

describe('the index', () => {
  it('follows what is changed and removed', async () => {
    const { database } = test;
    const add = `INSERT INTO geo.addresses (source_key, street, house_number, city, geom)
      VALUES ('own/1', 'Zandpad', '7', 'Zuiddorp', ST_SetSRID(ST_MakePoint(4.1, 52.1), 4326))`;
    await database.rows(add);
    expect(await ask('Zandpad 7, Zuiddorp')).not.toContainEqual(
      expect.objectContaining({ street: 'Zandpad' }),
    );
    expect(await refreshSearchIndex(database)).toEqual({ indexed: 1, layers: [] });
    expect((await ask('Zandpad 7, Zuiddorp'))[0]).toMatchObject({ precision: 'roof' });
    await database.rows(`UPDATE geo.addresses SET street = 'Kleipad' WHERE source_key = 'own/1'`);
    await refreshSearchIndex(database);
    expect((await ask('Kleipad 7, Zuiddorp'))[0]).toMatchObject({ precision: 'roof' });
    await database.rows(`DELETE FROM geo.addresses WHERE source_key = 'own/1'`);
    await refreshSearchIndex(database);
    expect(await ask('Kleipad 7, Zuiddorp')).not.toContainEqual(
      expect.objectContaining({ street: 'Kleipad' }),
    );
    expect(await refreshSearchIndex(database)).toEqual({ indexed: 0, layers: [] });
  });
});
