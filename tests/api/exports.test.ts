import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exportFormats } from '../../server/contract/exports.js';
import { neutraliseCsvText, neutraliseText } from '../../server/http/formulas.js';
import { readExport, type ExportedRow } from '../support/read-exports.js';
import { as, anActor, testApp, type Actor, type TestApp } from './test-app.js';
import { anAccount, aSale, someRegions, type Regions } from './test-data.js';

let test: TestApp;
let regions: Regions;
let actors: Readonly<Record<'planner' | 'manager' | 'prospector', Actor>>;

const PLAIN_ACCOUNTS = 1_100;

beforeAll(async () => {
  test = await testApp();
  const { database } = test;
  regions = await someRegions(database);
  const { north, south, harbour } = regions;
  actors = {
    planner: await anActor(database, 'planner'),
    manager: await anActor(database, 'manager', { regionIds: [north] }),
    prospector: await anActor(database, 'prospector'),
  };
  const ownerId = actors.prospector.userId;
  const point = [4.5, 52.5] as const;
  const first = await anAccount(database, {
    name: 'Bäcker <&> "x"\nzwei',
    point,
    regionId: harbour,
  });
  await anAccount(database, { name: '=1+1', segment: 'gold', point: [-4.5, -52.5] });
  await anAccount(database, { name: '\u0001=1_x0041_', segment: 'gold', postcodeRegionId: north });
  await anAccount(database, { name: 'a;=1+1\r\n-2', lifecycle: 'lead', point, regionId: south });
  await anAccount(database, { name: '😀 Ёлка 東京', ownerId, city: ' ', segment: '＝1' });
  await aSale(database, first, 1234.5);
  await database.rows(
    `UPDATE crm.accounts SET customer_since = '2024-02-29', lead_since = '1850-01-01',
       road_distance_m = 12.25, placement_source = 'Kadaster', placement_licence = 'CC BY 4.0'
     WHERE account_id = $1`,
    [first],
  );
  await database.rows(
    `INSERT INTO crm.accounts (name, region_id, geom, placement)
     SELECT 'Account ' || n, $1, ST_SetSRID(ST_MakePoint(4 + n / 10000.0, 52), 4326), 'exact'
     FROM generate_series(1, ${PLAIN_ACCOUNTS}) n`,
    [north],
  );
});
afterAll(() => test?.close());

const filters = {
  '': 'true',
  'segment=gold': `segment = 'gold'`,
  'region=NORTH': 'region_id IN (NORTH, HARBOUR)',
  'lifecycle=lead,prospect&placement=exact': `lifecycle IN ('lead', 'prospect') AND geom IS NOT NULL`,
  'segment=none&owner=none&lifecycle=former': 'false',
} as const;

const visible = {
  planner: 'true',
  manager: 'CASE WHEN geom IS NULL THEN postcode_region_id ELSE region_id END IN (NORTH, HARBOUR)',
  prospector: `(owner_id = 'ME' OR owner_id IS NULL AND lifecycle IN ('lead', 'prospect'))`,
} as const;

const fill = (text: string) =>
  text
    .replaceAll('NORTH', String(regions.north))
    .replaceAll('HARBOUR', String(regions.harbour))
    .replaceAll('ME', actors.prospector.userId);

/** What the database says that the file must hold, written without the code under test. */
function expectedRows(role: keyof typeof visible, filter: keyof typeof filters) {
  return test.database.rows<ExportedRow>(
    fill(
      `SELECT account_id, name, lifecycle, segment, city, customer_since, lead_since, road_distance_m,
         ST_X(geom) AS lon, ST_Y(geom) AS lat, placement, placement_source,
         (SELECT count(*)::int FROM crm.sales s WHERE s.account_id = a.account_id) AS orders,
         (SELECT COALESCE(sum(l.revenue), 0) FROM crm.sales s JOIN crm.sale_lines l USING (sale_id)
          WHERE s.account_id = a.account_id) AS revenue
       FROM crm.accounts a WHERE (${filters[filter]}) AND ${visible[role]} ORDER BY account_id`,
    ),
  );
}

async function download(role: keyof typeof visible, format: string, filter = '') {
  const response = await as(test, actors[role], {
    url: `/api/exports/accounts.${format}?${fill(filter)}`,
  });
  expect(response.statusCode).toBe(200);
  expect(response.headers['content-disposition']).toContain(`accounts.${format}`);
  return response.rawPayload;
}

/** The expectation as a format tells it: spreadsheets get neutralised text, CSV has no numbers. */
function asTold(format: string, row: ExportedRow): ExportedRow {
  if (format !== 'csv' && format !== 'xlsx') return row;
  const neutralise = format === 'csv' ? neutraliseCsvText : neutraliseText;
  const tell = (value: unknown) => {
    if (typeof value === 'string') return neutralise(value) || null;
    return format === 'csv' && value !== null ? String(value) : value;
  };
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [name, tell(value)]));
}

describe.each(exportFormats)('the export as %s', (format) => {
  const cases = Object.keys(visible).flatMap((role) =>
    Object.keys(filters).map((filter) => [role, filter] as const),
  ) as [keyof typeof visible, keyof typeof filters][];

  it.each(cases)('gives a %s exactly the accounts of the filter “%s”', async (role, filter) => {
    const { rows } = await readExport[format](await download(role, format, filter));
    const expected = await expectedRows(role, filter);

    expect(rows).toHaveLength(expected.length);
    const told = expected.map((row) => asTold(format, row));
    const names = Object.keys(told[0] ?? {});
    const found = rows.map((row) => Object.fromEntries(names.map((name) => [name, row[name]])));
    expect(found).toEqual(told);
  });
});

describe('what the files say of themselves', () => {
  const metadata = async (format: (typeof exportFormats)[number]) =>
    (await readExport[format](await download('planner', format))).metadata;
  const sources = [{ source: 'Kadaster', licence: 'CC BY 4.0' }];

  it('GeoJSON: name, count, bounds and sources', async () => {
    expect(await metadata('geojson')).toEqual({
      type: 'FeatureCollection',
      name: 'Catchment',
      numberMatched: PLAIN_ACCOUNTS + 5,
      bbox: [-4.5, -52.5, 4.5, 52.5],
      sources,
    });
  });

  it('FlatGeobuf: count, envelope, types of columns and EPSG:4326', async () => {
    const header = await metadata('fgb');
    expect(header).toMatchObject({ featuresCount: PLAIN_ACCOUNTS + 5, indexNodeSize: 0 });
    expect(header['crs']).toMatchObject({ org: 'EPSG', code: 4326 });
    expect([...(header['envelope'] as Float64Array)]).toEqual([-4.5, -52.5, 4.5, 52.5]);
    expect(JSON.parse(header['metadata'] as string)).toEqual({ sources });
  });

  it('GeoParquet: version, encoding, types and bounds', async () => {
    const { geo, catchment } = await metadata('parquet');
    expect(geo).toEqual({
      version: '1.1.0',
      primary_column: 'geometry',
      columns: {
        geometry: {
          encoding: 'WKB',
          geometry_types: ['Point'],
          bbox: [-4.5, -52.5, 4.5, 52.5],
        },
      },
    });
    expect(catchment).toEqual({ name: 'Catchment', sources });
  });

  it('XLSX: the sources on a sheet of their own', async () => {
    expect((await metadata('xlsx'))['sources']).toEqual([
      ['source', 'licence'],
      ['Catchment', `${PLAIN_ACCOUNTS + 5} accounts`],
      ['Kadaster', 'CC BY 4.0'],
    ]);
  });
});

describe('an export', () => {
  it('is not there for a format that is not known', async () => {
    const response = await as(test, actors.planner, { url: '/api/exports/accounts.exe' });
    expect(response.statusCode).toBe(404);
  });

  it('names the filter at fault', async () => {
    const response = await as(test, actors.planner, {
      url: '/api/exports/accounts.xlsx?lifecycle=alien',
    });
    expect(response.statusCode).toBe(422);
  });
});
