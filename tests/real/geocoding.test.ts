import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { parse as parseCsv } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { geocodeMany } from '../../geodata/geocoding/geocode-many.js';
import { certain, type GeocodeAnswer } from '../../geodata/geocoding/geocoder.js';
import { toPlain, toPostcodeKey } from '../../geodata/geocoding/normalise.js';
import { parseAddress } from '../../geodata/geocoding/parse-address.js';
import { metersBetween } from '../../geodata/geocoding/rank-candidates.js';
import { importFile, TestFiles } from '../db/geodata/import-files.js';
import { testDatabase, type TestDatabase } from '../support/database.js';
import { hasRealData, realData } from '../support/real-data.js';
import { misspell, seededRandom } from './misspell.js';

if (!hasRealData) {
  console.warn('SKIPPED: geocoding, because ../shared/data with the real data is not there.');
}

type Row = Readonly<Record<string, string>>;
type House = {
  readonly street: string;
  readonly number: string;
  readonly postcode: string;
  readonly city: string;
};

const read = (file: string) => readFileSync(realData(file));
const rowsOf = (text: string, delimiter = ','): Row[] =>
  parseCsv(text, { columns: true, delimiter, relax_column_count: true }) as Row[];
const percent = (part: number, whole: number) => `${((100 * part) / whole).toFixed(2)} %`;

describe.skipIf(!hasRealData)('the geocoder on real addresses', () => {
  let test: TestDatabase;
  const files = new TestFiles();

  beforeAll(async () => {
    test = await testDatabase();
    const { database } = test;
    await importFile(database, 'settlements', realData('addresses/geonames_cities1000.csv.gz'), {
      source: 'GeoNames',
      licence: 'CC BY 4.0',
    });
    await importFile(database, 'addresses', realData('addresses/nl_nieuwegein_addresses.csv.gz'), {
      source: '© OpenStreetMap contributors',
      licence: 'ODbL 1.0',
    });
    await importFile(database, 'addresses', files.write('amsterdam.csv', amsterdamHouses()));
    await importFile(database, 'roads', realData('osm/amsterdam_main_roads.geojson.gz'), {
      options: { key: 'osm_id' },
    });
    await importFile(database, 'osm', realData('osm/monaco.osm.pbf'));
    await importFile(database, 'osm', realData('osm/sao-paulo-centre.osm.pbf'));
  }, 600_000);

  afterAll(async () => {
    files.remove();
    await test?.close();
  });

  const ask = async (texts: readonly string[], limit = 4) =>
    geocodeMany(
      test.database.pool,
      texts.map((text) => ({ text })),
      { limit },
    );

  const houses = () =>
    test.database.rows<House>(
      `SELECT street, house_number AS number, postcode, city FROM geo.addresses
       WHERE source_key LIKE 'address/%' AND postcode LIKE '3%' AND city IS NOT NULL ORDER BY address_id`,
    );

  const isThat = (answer: GeocodeAnswer | undefined, { street, number, city }: House) =>
    answer?.street === street &&
    answer.city === city &&
    toPlain(answer.houseNumber ?? '') === toPlain(number);

  it.each([
    { edits: 0, least: 0.98 },
    { edits: 1, least: 0.95 },
    { edits: 2, least: 0.9 },
  ])(
    'finds the addresses of Nieuwegein with $edits edits first',
    async ({ edits, least }) => {
      const random = seededRandom(20_261_122 + edits);
      const all = await houses();
      expect(all.length).toBeGreaterThan(5_000);
      const texts = all.map((house) => {
        const [street, city] = misspell(random, edits, house.street, house.city);
        return `${street} ${house.number}, ${city}`;
      });
      const answers = await ask(texts, 1);
      const right = all.filter((house, index) => isThat(answers[index]![0], house)).length;
      const otherCity = all.filter((house, index) => {
        const best = answers[index]![0];
        return best !== undefined && best.precision !== 'place' && best.city !== house.city;
      }).length;
      const sure = answers.map(([best]) => best && best.confidence >= certain && !best.ambiguous);
      const sureAndWrong = all.filter(
        (house, index) => sure[index] && !isThat(answers[index]![0], house),
      );
      console.log(
        `Nieuwegein, ${edits} edits: ${percent(right, all.length)} right first, in another city ` +
          `${percent(otherCity, all.length)}, certain ${percent(sure.filter(Boolean).length, all.length)}, ` +
          `certain and wrong ${percent(sureAndWrong.length, all.length)}`,
      );
      expect(right / all.length).toBeGreaterThanOrEqual(least);
      expect(otherCity / all.length).toBeLessThanOrEqual(0.005);
      expect(sureAndWrong.length / all.length).toBeLessThanOrEqual(0.005);
    },
    300_000,
  );

  it('finds the street where the number is left out', async () => {
    const all = await houses();
    const answers = await ask(
      all.map(({ street, city }) => `${street}, ${city}`),
      1,
    );
    const right = all.filter(({ street, city }, index) => {
      const best = answers[index]![0];
      return toPlain(best?.street ?? '') === toPlain(street) && best?.city === city;
    }).length;
    console.log(`Nieuwegein, without number: ${percent(right, all.length)} right first`);
    expect(right / all.length).toBeGreaterThanOrEqual(0.9);
  }, 300_000);

  it('answers the Dutch queries of the geocoder testers that the loaded data can answer', async () => {
    const queries = [
      ...rowsOf(read('addresses/geocoder_tests_nl_addresses.csv').toString()),
      ...rowsOf(read('addresses/geocoder_tests_nl_pois_amsterdam.csv').toString()),
    ];
    const known = await Promise.all(queries.map((query) => isAnswerable(test, query)));
    const answers = await ask(queries.map((query) => query['query']!));
    const asked = queries.filter((_, index) => known[index]);
    const right = queries.filter(
      (query, index) => known[index] && answers[index]!.some((answer) => fits(answer, query)),
    );
    const wrong = queries.filter((query, index) => {
      const best = answers[index]![0];
      return (
        !known[index] && best && best.confidence >= certain && !best.ambiguous && !fits(best, query)
      );
    });
    console.log(
      `Dutch queries: ${queries.length}, answerable ${asked.length}, of these right ${right.length}; ` +
        `certain and wrong among the others ${wrong.length}: ${wrong.map((query) => query['query']).join('; ')}`,
    );
    expect(asked.filter((query) => !right.includes(query)).map((query) => query['query'])).toEqual(
      [],
    );
    expect(wrong).toEqual([]);
  }, 60_000);

  it('answers no museum with certainty that is not there', async () => {
    const queries = rowsOf(read('addresses/geocoder_tests_world_museums.csv').toString(), ';');
    const answers = await ask(queries.map((query) => query['query']!));
    const counts = { answerable: 0, right: 0, none: 0, inTown: 0, sureElsewhere: 0 };
    for (const [index, query] of queries.entries()) {
      const [lat = 0, lon = 0] = query['expected_coordinate']!.split(',').map(Number);
      const [best] = answers[index]!;
      const away = best ? metersBetween(best.lonLat, [lon, lat]) : Infinity;
      if (await isMuseumLoaded(test, query['query']!, [lon, lat])) {
        counts.answerable += 1;
        if (answers[index]!.some(({ lonLat }) => metersBetween(lonLat, [lon, lat]) <= 500))
          counts.right += 1;
      } else if (!best) counts.none += 1;
      else if (away <= 25_000) counts.inTown += 1;
      else if (best.confidence >= certain && !best.ambiguous) counts.sureElsewhere += 1;
    }
    console.log(`Museums: ${queries.length}`, counts);
    expect(counts.right).toBe(counts.answerable);
    expect(counts.sureElsewhere).toBeLessThanOrEqual(2);
  }, 120_000);
});

describe.skipIf(!hasRealData)('address formats', () => {
  // The body of a describe runs even where its tests are skipped.
  const countries = hasRealData ? ['be', 'br', 'nl', 'pt'] : [];
  const cases = countries.flatMap((country) =>
    parseAllDocuments(read(`addresses/address_format_${country}.yaml`).toString()).flatMap(
      (document) => {
        const found = document.toJS() as FormatCase | null;
        return found?.components ? [found] : [];
      },
    ),
  );

  it('are there', () => expect(cases).toHaveLength(16));

  it.each(cases.map((one) => [one.description, one] as const))(
    '%s parses back',
    (_, { components, expected }) => {
      const { interpretations, postcode, country } = parseAddress({ text: expected });
      const [first] = interpretations;
      const { road, house_number: house } = components;
      if (road !== undefined) expect(first?.street).toBe(toPlain(String(road)));
      expect(first?.house?.number).toBe(
        house === undefined ? undefined : Number(/\d+/.exec(String(house))![0]),
      );
      const written = toPostcodeKey(expected);
      const given =
        components.postcode === undefined ? '' : toPostcodeKey(String(components.postcode));
      if (given !== '' && written.includes(given)) expect(postcode).toBe(given);
      const town = components.city ?? components.town ?? components.village ?? '';
      const said = [first?.street, ...(first?.localities ?? [])];
      if (town !== '' && toPlain(expected).includes(toPlain(town)))
        expect(said).toContain(toPlain(town));
      expect(country).toBeDefined();
    },
  );
});

type FormatCase = {
  readonly description: string;
  readonly components: {
    readonly road?: string;
    readonly house_number?: string | number;
    readonly postcode?: string | number;
    readonly city?: string;
    readonly town?: string;
    readonly village?: string;
  };
  readonly expected: string;
};

/** The buildings of central Amsterdam that have an address, as a register. */
function amsterdamHouses(): string {
  const text = gunzipSync(read('osm/amsterdam_centre_buildings.geojson.gz')).toString();
  const { features } = JSON.parse(text) as {
    features: { properties: Record<string, string | null>; geometry: { coordinates: unknown } }[];
  };
  const lines = features.flatMap(({ properties, geometry }) => {
    const [lon, lat] = (geometry.coordinates as unknown[]).flat(5) as number[];
    if (!properties['addr.street'] || !properties['addr.housenumber']) return [];
    const name = (part: string) => `"${properties[`addr.${part}`] ?? ''}"`;
    return [
      [
        `b${properties['osm_id']}`,
        name('street'),
        name('housenumber'),
        name('postcode'),
        '"Amsterdam"',
        lat,
        lon,
      ].join(','),
    ];
  });
  return ['id,street,housenumber,postcode,city,lat,lon', ...lines].join('\n');
}

/** By what is loaded, not by what we answer: the house or street asked for, or a place of that name, is there. */
async function isAnswerable({ database }: TestDatabase, query: Row): Promise<boolean> {
  const found = await database.row(
    `SELECT 1 WHERE
       $2 <> '' AND $1 <> '' AND EXISTS (SELECT FROM geo.addresses WHERE app.search_text(street) = app.search_text($1)
         AND split_part(house_number, '-', 1) = $2 AND city = $4)
       OR $2 = '' AND $1 <> '' AND $3 = ''
         AND strpos(replace(app.search_text($5), ' ', ''), replace(app.search_text($1), ' ', '')) > 0 AND (
         EXISTS (SELECT FROM geo.addresses WHERE app.search_text(street) = app.search_text($1) AND city = $4)
         OR EXISTS (SELECT FROM geo.roads WHERE app.search_text(name) = app.search_text($1)
                    AND geom && ST_MakeEnvelope(4.84, 52.33, 4.96, 52.41, 4326)))
       OR $3 <> '' AND (EXISTS (SELECT FROM geo.places WHERE app.search_text(name) = app.search_text($3))
         OR EXISTS (SELECT FROM geo.roads WHERE app.search_text(name) = app.search_text($3)))`,
    [
      query['expected_street'],
      query['expected_housenumber'],
      query['expected_name'],
      query['expected_city'],
      query['query'],
    ],
  );
  return found !== undefined;
}

function fits(answer: GeocodeAnswer, query: Row): boolean {
  const isSame = (given: string | undefined, expected: string | undefined) =>
    !expected || toPlain(given ?? '') === toPlain(expected);
  const isNumber = isSame(answer.houseNumber?.split('-')[0], query['expected_housenumber']);
  const name = answer.street ?? answer.label.split(',')[0];
  return (
    isNumber &&
    isSame(answer.street, query['expected_street']) &&
    isSame(name, query['expected_name']) &&
    isSame(answer.city, query['expected_city'])
  );
}

async function isMuseumLoaded(
  { database }: TestDatabase,
  name: string,
  [lon, lat]: readonly [number, number],
): Promise<boolean> {
  const found = await database.row(
    `SELECT 1 FROM geo.places WHERE app.search_text(name) = app.search_text($1)
     AND ST_DWithin(geom::geography, ST_SetSRID(ST_MakePoint($2, $3), 4326)::geography, 500) LIMIT 1`,
    [name, lon, lat],
  );
  return found !== undefined;
}
