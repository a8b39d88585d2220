import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { testDatabase, type TestDatabase } from '../../support/database.js';
import {
  featureCollection,
  importFile,
  issuesOf,
  square,
  stagingTables,
  TestFiles,
} from './import-files.js';

let test: TestDatabase;
const files = new TestFiles();

beforeAll(async () => {
  test = await testDatabase();
  await test.database.pool.query(
    `INSERT INTO app.settings (name, value) VALUES ('project', '{"bounds": [3, 50, 8, 54]}')`,
  );
  await test.database.pool.query(
    `INSERT INTO app.users (id, name, email) VALUES ('u1', 'Ann', 'ann@example.org')`,
  );
  const regions = featureCollection([
    { properties: { code: 'W', name: 'West' }, geometry: square(4, 52, 1) },
    { properties: { code: 'E', name: 'East' }, geometry: square(5, 52, 1) },
  ]);
  const options = { level: 1, levelName: 'Province', code: 'code', name: 'name' };
  await importFile(test.database, 'regions', files.write('regions.geojson', regions), { options });
});

afterAll(async () => {
  files.remove();
  await test.close();
});

beforeEach(async () => {
  await test.database.pool.query('DELETE FROM crm.accounts');
  await test.database.pool.query('DELETE FROM geo.postcodes');
  await test.database.pool.query('DELETE FROM geo.postcode_ranges');
});

const header = 'id,name,zip,lat,lon,since,owner_email,segment\n';
const importText = (text: string, options: Record<string, unknown> = {}) =>
  importFile(test.database, 'accounts', files.write('accounts.csv', header + text), {
    options,
    source: 'Own list',
    licence: 'Own',
  });

const accounts = (columns: string) =>
  test.database.rows(`SELECT external_id AS id, ${columns} FROM crm.accounts ORDER BY external_id`);

const versions = () => accounts('xmin::text, matched_at');

async function importPostcodes(text: string, options: Record<string, unknown> = {}) {
  const file = files.write('postcodes.csv', text);
  return importFile(test.database, 'postcodes', file, { options, source: 'Post', licence: 'CC0' });
}

describe('the accounts importer', () => {
  it('places by coordinates, matches the region and keeps where the point came from', async () => {
    const report = await importText('1,Ann,1000,52.5,4.5,2024-01-31,ANN@example.org,A\n');
    expect(report.counts).toMatchObject({ read: 1, inserted: 1, warned: 0 });
    expect(
      await accounts(
        `lifecycle, owner_id, customer_since, placement, placement_source AS source, placement_licence AS licence,
         (SELECT code FROM geo.regions r WHERE r.region_id = a.region_id) AS region`.replaceAll(
          'a.region_id',
          'crm.accounts.region_id',
        ),
      ),
    ).toEqual([
      {
        id: '1',
        lifecycle: 'customer',
        owner_id: 'u1',
        customer_since: '2024-01-31',
        placement: 'exact',
        source: 'Own list',
        licence: 'Own',
        region: 'W',
      },
    ]);
  });

  it('tells of bad rows with line, field, value and reason, and keeps what can be kept', async () => {
    const report = await importText(
      [
        '1,Zero,,0,0,,,',
        '2,Swapped,,4.5,52.5,,,',
        '3,Away,,48.8,2.3,,,',
        '4,Date,,,,31-31-2024,,',
        '5,Owner,,,,,nobody@example.org,',
        ',No id,,,,,,',
        '1,Double,,,,,,',
        '7,Short',
      ].join('\n'),
    );
    expect(report.counts).toEqual({
      ...{ read: 8, inserted: 5, updated: 0, unchanged: 0 },
      ...{ rejected: 3, warned: 5 },
    });
    expect(await issuesOf(test.database, report.importId)).toEqual([
      {
        severity: 'warning',
        line: 2,
        field: 'coordinates',
        value: '0 0',
        reason: 'the coordinates are 0/0; not used',
      },
      {
        severity: 'warning',
        line: 3,
        field: 'coordinates',
        value: '52.5 4.5',
        reason: 'longitude and latitude look swapped; not used',
      },
      {
        severity: 'warning',
        line: 4,
        field: 'coordinates',
        value: '2.3 48.8',
        reason: 'the point is outside the project; not used',
      },
      {
        severity: 'warning',
        line: 5,
        field: 'customer_since',
        value: '31-31-2024',
        reason: 'is not a day of the calendar; left empty',
      },
      {
        severity: 'warning',
        line: 6,
        field: 'owner',
        value: 'nobody@example.org',
        reason: 'no user has this e-mail address; left without owner',
      },
      { severity: 'rejected', line: 7, field: 'external_id', value: null, reason: 'is empty' },
      {
        severity: 'rejected',
        line: 8,
        field: 'external_id',
        value: '1',
        reason: 'is already on line 2 of the file',
      },
      {
        severity: 'rejected',
        line: 9,
        field: null,
        value: null,
        reason: 'has 2 fields where the header names 8',
      },
    ]);
    expect((await accounts('placement')).map(({ placement }) => placement)).toEqual(
      Array.from({ length: 5 }, () => 'not_placed'),
    );
    expect(report.summary).toMatchObject({ placements: { not_placed: 5 } });
  });

  it('writes nothing the second time, and only what differs the third time', async () => {
    await importPostcodes('postcode,lat,lon\n1000,52.1,4.1\n');
    const rows = ['1,Ann,1000,52.5,4.5,2024-01-31,,A', '2,Bob,1000,,,,,B', '3,Cas,9999,,,,,C'];
    await importText(rows.join('\n'));
    const before = await versions();
    expect((await importText(rows.join('\n'))).counts).toMatchObject({ updated: 0, unchanged: 3 });
    expect(await versions()).toEqual(before);
    const report = await importText(rows.join('\n').replace('Bob', 'Rob'));
    expect(report.counts).toMatchObject({ inserted: 0, updated: 1, unchanged: 2 });
    expect(await accounts('name, placement')).toEqual([
      { id: '1', name: 'Ann', placement: 'exact' },
      { id: '2', name: 'Rob', placement: 'postcode' },
      { id: '3', name: 'Cas', placement: 'not_placed' },
    ]);
    const after = await versions();
    expect([after[0], after[2]]).toEqual([before[0], before[2]]);
  });

  it('leaves corrected fields and points that a person put', async () => {
    await importText('1,Ann,1000,52.5,4.5,,,A\n');
    await test.database.pool.query(
      `UPDATE crm.accounts SET name = 'Anna', segment = 'Z', locked_fields = '{name}',
         geom = ST_SetSRID(ST_Point(5.5, 52.5), 4326), placement_locked = true`,
    );
    const report = await importText('1,Ann,2000,52.6,4.6,,,A\n');
    expect(report.counts).toMatchObject({ updated: 1 });
    expect(await accounts('name, segment, postcode, ST_AsText(geom) AS point')).toEqual([
      { id: '1', name: 'Anna', segment: 'A', postcode: '2000', point: 'POINT(5.5 52.5)' },
    ]);
    const again = await importText('1,Ann,2000,52.6,4.6,,,A\n');
    expect(again.counts).toMatchObject({ updated: 0, unchanged: 1 });
  });

  it('touches only the fields that the file has', async () => {
    await importText('1,Ann,1000,52.5,4.5,2024-01-31,,A\n');
    const file = files.write('names.csv', 'id,name\n1,Anna\n');
    await importFile(test.database, 'accounts', file);
    expect(await accounts('name, postcode, customer_since, placement')).toEqual([
      { id: '1', name: 'Anna', postcode: '1000', customer_since: '2024-01-31', placement: 'exact' },
    ]);
  });

  it('goes to the postcode when the coordinates are taken away, and back', async () => {
    await importPostcodes('postcode,lat,lon\n1000,52.1,5.1\n');
    await importText('1,Ann,1000,52.5,4.5,,,\n');
    await importText('1,Ann,1000,,,,,\n');
    expect(await accounts('placement, placement_source AS source, ST_X(geom) AS lon')).toEqual([
      { id: '1', placement: 'postcode', source: 'Post', lon: 5.1 },
    ]);
    await importText('1,Ann,1000,52.5,4.5,,,\n');
    expect(await accounts('placement, placement_source AS source, ST_X(geom) AS lon')).toEqual([
      { id: '1', placement: 'exact', source: 'Own list', lon: 4.5 },
    ]);
  });

  /** Imports two accounts, one of them without a point, and cancels as soon as a stage begins. */
  async function importCancelledAt(stage: string) {
    const { importerNamed } = await import('../../../geodata/importers.js');
    const { runImport } = await import('../../../geodata/run-import.js');
    const controller = new AbortController();
    return runImport({
      database: test.database,
      importer: importerNamed('accounts'),
      source: {
        path: files.write('accounts.csv', `${header}1,Other,1000,52.5,4.5,,,\n2,New,,,,,,\n`),
      },
      options: {},
      progress: {
        stage: (label) => label === stage && controller.abort(new Error('stop')),
        advance: () => undefined,
        fraction: () => undefined,
      },
      signal: controller.signal,
    });
  }

  it.each(['Checking accounts', 'Matching accounts', 'Writing accounts'])(
    'leaves the previous state when it is cancelled while %s',
    async (stage) => {
      await importText('1,Ann,1000,52.5,4.5,,,\n');
      const before = await accounts('name, matched_at');
      await expect(importCancelledAt(stage)).rejects.toMatchObject({
        report: { status: 'cancelled' },
      });
      expect(await accounts('name, matched_at')).toEqual(before);
      expect(await stagingTables(test.database)).toEqual([]);
      const workingTables = `SELECT FROM pg_tables WHERE schemaname = 'crm' AND tablename ~ '^matching_'`;
      expect(await test.database.rows(workingTables)).toEqual([]);
    },
  );

  it('says when it was cancelled before every account was placed, and goes on there later', async () => {
    const report = await importCancelledAt('Placing and matching accounts');
    expect(report).toMatchObject({
      status: 'succeeded',
      counts: { inserted: 2 },
      summary: { matchingNotFinished: 'cancelled' },
    });
    const isMatched = () => accounts('matched_at IS NOT NULL AS matched');
    expect(await isMatched()).toEqual([
      { id: '1', matched: true },
      { id: '2', matched: false },
    ]);
    const { matchStaleAccounts } = await import('../../../geodata/matching/match-stale.js');
    await matchStaleAccounts(test.database);
    expect(await isMatched()).toEqual([
      { id: '1', matched: true },
      { id: '2', matched: true },
    ]);
  });

  it('imports leads as leads, with attributes', async () => {
    const file = files.write(
      'leads.csv',
      'mql_id,first_contact_date,landing,origin\nL1,2018-02-01,x9,social\n',
    );
    const map = {
      columns: {
        external_id: 'mql_id',
        name: { template: 'Lead {mql_id}' },
        lead_since: 'first_contact_date',
        origin: 'origin',
      },
      attributes: 'all',
    };
    await importFile(test.database, 'leads', file, { options: { map } });
    expect(await accounts('name, lifecycle, origin, lead_since, attributes')).toEqual([
      {
        id: 'L1',
        name: 'Lead L1',
        lifecycle: 'lead',
        origin: 'social',
        lead_since: '2018-02-01',
        attributes: { landing: 'x9' },
      },
    ]);
  });

  it('names the columns there are when the mapping has another', async () => {
    const run = importText('1,Ann,,,,,,\n', { map: { columns: { external_id: 'nummer' } } });
    await expect(run).rejects.toThrow(/no column nummer; the file has id, name/);
  });
});

describe('the postcodes importer', () => {
  it('pads, drops bad points but keeps the postcode, and places accounts again', async () => {
    await importText('1,Ann,01001,,,,,\n2,Bob,02000,,,,,\n');
    const text =
      'postcode,lat,lon,place,region\n1001,52.5,4.5,Aa,W\n2000,0,0,Bb,X\n3000,-33,151,Cc,\n1001,52,4,Dd,\n';
    const report = await importPostcodes(text, { pad: 5 });
    expect(report.counts).toMatchObject({ read: 4, inserted: 3, rejected: 1 });
    expect(
      (await issuesOf(test.database, report.importId)).map(({ line, field, value }) => [
        line,
        field,
        value,
      ]),
    ).toEqual([
      [3, 'coordinates', '0 0'],
      [3, 'region', 'X'],
      [4, 'coordinates', '151 -33'],
      [5, 'postcode', '01001'],
    ]);
    expect(await accounts('placement, placement_licence AS licence')).toEqual([
      { id: '1', placement: 'postcode', licence: 'CC0' },
      { id: '2', placement: 'not_placed', licence: null },
    ]);
    expect((await importPostcodes(text, { pad: 5 })).counts).toMatchObject({
      updated: 0,
      unchanged: 3,
    });
  });
});

describe('the postcode ranges importer', () => {
  it('gives the region of the range, the deepest and narrowest first, else none', async () => {
    await importText('1,Ann,01500,,,,,\n2,Bob,05001,,,,,\n3,Cas,77777,,,,,\n');
    const text =
      'code,ranges\nW,"[01000-000 01999-999] [05000-000 05999-999]"\nE,[05001-000 05001-999]\nE,none\n';
    const options = { level: 1, region: 'code', ranges: 'ranges', length: 5 };
    const file = files.write('ranges.csv', text);
    const report = await importFile(test.database, 'postcode-ranges', file, { options });
    expect(report.counts).toMatchObject({ read: 3, inserted: 3, rejected: 1 });
    const region =
      '(SELECT code FROM geo.regions r WHERE r.region_id = postcode_region_id) AS region';
    expect(await accounts(region)).toEqual([
      { id: '1', region: 'W' },
      { id: '2', region: 'E' },
      { id: '3', region: null },
    ]);
    const again = await importFile(test.database, 'postcode-ranges', file, { options });
    expect(again.counts).toMatchObject({ inserted: 0, unchanged: 3 });
  });
});
