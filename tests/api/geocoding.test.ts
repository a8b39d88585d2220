import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { refreshSearchIndex } from '../../geodata/geocoding/refresh-search-index.js';
import { anActor, as, testApp, type Actor, type TestApp } from './test-app.js';

let test: TestApp;
let prospector: Actor;

beforeAll(async () => {
  test = await testApp();
  prospector = await anActor(test.database, 'prospector');
  await test.database.rows(
    `INSERT INTO geo.addresses (source_key, street, house_number, postcode, city, geom, source, licence)
     VALUES ('node/1', 'Havenstraat', '1', '1234 AB', 'Zuidstad',
             ST_SetSRID(ST_MakePoint(4.2, 51.2), 4326), 'Register', 'CC0')`,
  );
  await refreshSearchIndex(test.database);
});

afterAll(() => test.close());

const get = (url: string) => as(test, prospector, { url });
const geocode = (q: string, more = '') => get(`/api/geocode?q=${encodeURIComponent(q)}${more}`);

describe('the geocoder over HTTP', () => {
  it('answers with point, precision, confidence, source and licence', async () => {
    const [answer] = (await geocode('havenstraat 1, zuidstad')).json();
    expect(answer).toEqual({
      ...{ kind: 'address', label: 'Havenstraat 1, 1234 AB Zuidstad', lonLat: [4.2, 51.2] },
      ...{ precision: 'roof', confidence: 1, ambiguous: false, id: expect.any(Number) },
      ...{ street: 'Havenstraat', houseNumber: '1', postcode: '1234 AB', city: 'Zuidstad' },
      ...{ source: 'Register', licence: 'CC0' },
    });
  });

  it('completes what is being typed', async () => {
    const answers = (await geocode('have', '&autocomplete=1&near=4,51&country=nl')).json();
    expect(answers).toMatchObject([{ kind: 'street', label: 'Havenstraat, Zuidstad' }]);
  });

  it('answers nothing to punctuation and control characters', async () => {
    for (const q of ['!!!', '\u0001\u0002', `';--`]) {
      const response = await geocode(q);
      expect([200, 422]).toContain(response.statusCode);
      if (response.statusCode === 200) expect(response.json()).toEqual([]);
    }
  });

  it('refuses long texts, bad points and bad countries', async () => {
    expect((await geocode('a'.repeat(100_000))).statusCode).toBeGreaterThanOrEqual(400);
    expect((await geocode('a'.repeat(301))).statusCode).toBe(422);
    expect((await geocode('a', '&near=400,1')).statusCode).toBe(422);
    expect((await geocode('a', '&near=1')).statusCode).toBe(422);
    expect((await geocode('a', '&country=Netherlands')).statusCode).toBe(422);
    expect((await get('/api/reverse?lon=181&lat=0')).statusCode).toBe(422);
  });

  it('tells what lies at a point', async () => {
    const found = (await get('/api/reverse?lon=4.20001&lat=51.2')).json();
    expect(found).toMatchObject({
      address: { label: 'Havenstraat 1, 1234 AB Zuidstad', distanceMeters: 0.7 },
      postcode: '1234 AB',
      regions: [],
    });
  });
});
