import { mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { matchAccounts } from '../../../geodata/matching/match-accounts.js';
import type { OsmElement, OsmMember, OsmNode, OsmWay } from '../../../geodata/osm/elements.js';
import { osmImporter } from '../../../geodata/osm/osm.importer.js';
import type { Tags } from '../../../geodata/osm/tags.js';
import { ImportFailure, runImport } from '../../../geodata/run-import.js';
import type { Database } from '../../../server/db/database.js';
import { testDatabase, type TestDatabase } from '../../support/database.js';
import { writeOsmPbf } from '../../support/osm-pbf.js';

let opened: TestDatabase;
let database: Database;
let folder: string;

beforeAll(async () => {
  opened = await testDatabase();
  database = opened.database;
  folder = await mkdtemp(path.join(os.tmpdir(), 'catchment-osm-'));
});

afterAll(async () => {
  await opened.close();
  await rm(folder, { recursive: true });
});

beforeEach(async () => {
  for (const table of [
    ...['crm.accounts', 'geo.road_edges', 'geo.road_nodes', 'geo.roads', 'geo.buildings'],
    ...['geo.business_zones', 'geo.places', 'geo.addresses', 'geo.land_cover', 'app.imports'],
  ]) {
    await database.rows(`DELETE FROM ${table}`);
  }
});

/** A node on a grid of 0.001 degrees north-east of 5/52. */
function node(id: number, x: number, y: number, tags?: Tags): OsmNode {
  return { type: 'node', id, lon: 5 + x / 1000, lat: 52 + y / 1000, ...(tags ? { tags } : {}) };
}

function way(id: number, refs: readonly number[], tags?: Tags): OsmWay {
  return { type: 'way', id, refs, ...(tags ? { tags } : {}) };
}

function multipolygon(id: number, tags: Tags, members: readonly (readonly [number, string])[]) {
  return {
    type: 'relation' as const,
    id,
    tags: { type: 'multipolygon', ...tags },
    members: members.map(([ref, role]): OsmMember => ({ type: 'way', ref, role })),
  };
}

/** The corners of a square of nodes `first` to `first + 3`, and its closed list of refs. */
function square(first: number, x: number, y: number, size: number) {
  const nodes = [
    node(first, x, y),
    node(first + 1, x + size, y),
    node(first + 2, x + size, y + size),
    node(first + 3, x, y + size),
  ];
  return { nodes, refs: [first, first + 1, first + 2, first + 3, first] };
}

/** Nodes first, then ways, then relations, as extracts are sorted. */
function sorted(elements: readonly OsmElement[]): OsmElement[] {
  const order = { node: 0, way: 1, relation: 2 };
  return [...elements].sort((a, b) => order[a.type] - order[b.type]);
}

async function importElements(
  elements: readonly OsmElement[],
  options = {},
  name = 'town.osm.pbf',
) {
  const file = path.join(folder, name);
  await writeOsmPbf(file, sorted(elements));
  return runImport({ database, importer: osmImporter, source: { path: file }, options });
}

async function issues() {
  return database.rows<{ severity: string; line: number; field: string; reason: string }>(
    'SELECT severity, line, field, reason FROM app.import_issues ORDER BY line, reason',
  );
}

test('two streets that cross make four edges between five nodes', async () => {
  await importElements([
    ...[node(1, 0, 0), node(2, 1, 0), node(3, 2, 0), node(4, 1, 1), node(5, 1, -1)],
    way(10, [1, 2, 3], {
      highway: 'primary',
      name: 'Hoofdweg',
      maxspeed: '50',
      surface: 'asphalt',
    }),
    way(11, [4, 2, 5], { highway: 'residential', oneway: '-1', lanes: '1' }),
  ]);

  const roads = await database.rows(
    `SELECT source_key, class, name, condition, max_speed_kmh, one_way, lanes, source, licence
     FROM geo.roads ORDER BY source_key`,
  );
  expect(roads).toEqual([
    {
      ...{ source_key: 'way/10', class: 'primary', name: 'Hoofdweg', condition: 'good' },
      ...{ max_speed_kmh: 50, one_way: 'no', lanes: null },
      ...{ source: '© OpenStreetMap contributors', licence: 'ODbL 1.0' },
    },
    {
      ...{ source_key: 'way/11', class: 'residential', name: null, condition: 'unknown' },
      ...{ max_speed_kmh: null, one_way: 'backward', lanes: 1 },
      ...{ source: '© OpenStreetMap contributors', licence: 'ODbL 1.0' },
    },
  ]);
  const edges = await database.rows(
    `SELECT r.source_key, e.sequence, e.from_node_id, e.to_node_id, round(e.length_m) AS metres
     FROM geo.road_edges e JOIN geo.roads r USING (road_id) ORDER BY 1, 2`,
  );
  expect(edges).toEqual([
    { source_key: 'way/10', sequence: 0, from_node_id: 1, to_node_id: 2, metres: 69 },
    { source_key: 'way/10', sequence: 1, from_node_id: 2, to_node_id: 3, metres: 69 },
    { source_key: 'way/11', sequence: 0, from_node_id: 4, to_node_id: 2, metres: 111 },
    { source_key: 'way/11', sequence: 1, from_node_id: 2, to_node_id: 5, metres: 111 },
  ]);
  expect(await database.rows('SELECT FROM geo.road_nodes')).toHaveLength(5);
});

test('a zone of several outer ways keeps its hole', async () => {
  const hole = square(20, 4, 4, 2);
  await importElements([
    ...[node(1, 0, 0), node(2, 10, 0), node(3, 10, 10), node(4, 0, 10), ...hole.nodes],
    ...[way(10, [1, 2, 3]), way(11, [1, 4, 3]), way(12, hole.refs)],
    multipolygon(5, { landuse: 'industrial', name: 'De Hoef' }, [
      [10, 'outer'],
      [12, 'inner'],
      [11, 'outer'],
    ]),
  ]);
  const zones = await database.rows(
    `SELECT source_key, kind, name, ST_NRings(geom) AS rings,
            round(ST_Area(geom)::numeric * 1000000) AS grid_area FROM geo.business_zones`,
  );
  expect(zones).toEqual([
    { source_key: 'relation/5', kind: 'industrial', name: 'De Hoef', rings: 2, grid_area: 96 },
  ]);
});

test('in the old style the outer way lends its tags and is not stored twice', async () => {
  const outer = square(1, 0, 0, 10);
  const hole = square(20, 4, 4, 2);
  await importElements([
    ...[...outer.nodes, ...hole.nodes],
    ...[way(10, outer.refs, { building: 'apartments' }), way(11, hole.refs)],
    multipolygon(5, {}, [
      [10, 'outer'],
      [11, 'inner'],
    ]),
  ]);
  const buildings = await database.rows(
    'SELECT source_key, housing_type, ST_NRings(geom) AS rings FROM geo.buildings',
  );
  expect(buildings).toEqual([{ source_key: 'relation/5', housing_type: 'apartments', rings: 2 }]);
});

test('one outline can be a building, a place and an address; a node likewise', async () => {
  const house = square(1, 0, 0, 1);
  const address = { 'addr:street': 'Dijk', 'addr:housenumber': '7', 'addr:city': 'Oord' };
  await importElements([
    ...house.nodes,
    node(9, 5, 5, { shop: 'bakery', name: 'Brood', phone: '123', ...address }),
    way(10, house.refs, { building: 'retail', name: 'Markt', shop: 'mall', ...address }),
  ]);
  const places = await database.rows(
    `SELECT source_key, category, kind, name, phone, street, house_number,
            round(ST_X(geom)::numeric, 4)::float8 AS lon FROM geo.places ORDER BY source_key`,
  );
  const at = { category: 'shop', street: 'Dijk', house_number: '7' };
  expect(places).toEqual([
    { source_key: 'node/9', kind: 'bakery', name: 'Brood', phone: '123', lon: 5.005, ...at },
    { source_key: 'way/10', kind: 'mall', name: 'Markt', phone: null, lon: 5.0005, ...at },
  ]);
  const addresses = await database.rows('SELECT source_key, label FROM geo.addresses ORDER BY 1');
  expect(addresses).toEqual([
    { source_key: 'node/9', label: 'Dijk 7 Oord' },
    { source_key: 'way/10', label: 'Dijk 7 Oord' },
  ]);
});

test('importing the same again changes nothing; a change is an update that keeps the row', async () => {
  const house = square(1, 0, 0, 1);
  const park = square(30, 5, 5, 4);
  const town = (name: string) => [
    ...[...house.nodes, ...park.nodes, node(9, 5, 5, { shop: 'bakery', name: 'Brood' })],
    way(10, [1, 3], { highway: 'primary', name }),
    way(11, house.refs, { building: 'house' }),
    way(12, park.refs, { leisure: 'park' }),
  ];
  const ids = () => database.rows('SELECT road_id FROM geo.roads');

  const first = await importElements(town('Oude weg'));
  const before = await ids();
  const again = await importElements(town('Oude weg'));
  const renamed = await importElements(town('Nieuwe weg'));

  expect(first.counts).toMatchObject({ inserted: 4, updated: 0, unchanged: 0, read: 12 });
  expect(again.counts).toMatchObject({ inserted: 0, updated: 0, unchanged: 4 });
  expect(renamed.counts).toMatchObject({ inserted: 0, updated: 1, unchanged: 3 });
  expect(await ids()).toEqual(before);
});

test('a road that loses a junction loses an edge and the loose node', async () => {
  const nodes = [node(1, 0, 0), node(2, 1, 0), node(3, 2, 0), node(4, 1, 1)];
  const main = way(10, [1, 2, 3], { highway: 'primary' });
  await importElements([...nodes, main, way(11, [2, 4], { highway: 'service' })]);
  await importElements([...nodes, main], { replace: true });
  expect(await database.rows('SELECT from_node_id, to_node_id FROM geo.road_edges')).toEqual([
    { from_node_id: 1, to_node_id: 3 },
  ]);
  expect(await database.rows('SELECT node_id FROM geo.road_nodes ORDER BY 1')).toEqual([
    { node_id: 1 },
    { node_id: 3 },
  ]);
});

test('what vanished from the file stays and is counted, and goes only with replace', async () => {
  const shop = node(1, 0, 0, { shop: 'bakery', name: 'Brood' });
  const office = node(2, 1, 1, { office: 'lawyer', name: 'Recht' });
  const other = node(3, 2, 2, { craft: 'brewery', name: 'Bier' });
  await importElements([other], {}, 'elsewhere.osm.pbf');
  await importElements([shop, office]);

  const kept = await importElements([shop]);
  const keptRows = await database.rows('SELECT FROM geo.places');
  const replaced = await importElements([shop], { replace: true });

  expect(kept.summary).toMatchObject({ layers: { places: { vanished: 1, removed: 0 } } });
  expect(keptRows).toHaveLength(3);
  expect(replaced.summary).toMatchObject({ layers: { places: { vanished: 1, removed: 1 } } });
  expect(await database.rows('SELECT name FROM geo.places ORDER BY name')).toEqual([
    { name: 'Bier' },
    { name: 'Brood' },
  ]);
});

test('elements that lack nodes or rings are reported with their id, and the rest goes in', async () => {
  const good = square(1, 0, 0, 1);
  const report = await importElements([
    ...[...good.nodes, node(50, 0, 5), node(51, 1, 5), node(52, 2, 5)],
    way(10, good.refs, { building: 'yes' }),
    way(11, [50, 51, 52], { building: 'yes' }),
    way(12, [50, 51, 99, 50], { building: 'yes' }),
    way(13, [50, 51, 99], { highway: 'track' }),
    way(14, [98, 99], { highway: 'track' }),
    way(15, [50, 51, 52]),
    multipolygon(16, { landuse: 'retail' }, [
      [15, 'outer'],
      [77, 'outer'],
    ]),
  ]);

  expect(await issues()).toEqual([
    {
      ...{ severity: 'rejected', line: 11, field: 'way' },
      reason: 'the outline of the building is not closed',
    },
    {
      ...{ severity: 'rejected', line: 12, field: 'way' },
      reason: '1 of 4 nodes of the outline are missing',
    },
    {
      ...{ severity: 'warning', line: 13, field: 'way' },
      reason: '1 of 3 nodes are missing; the road is shorter',
    },
    {
      ...{ severity: 'rejected', line: 14, field: 'way' },
      reason: 'the road has fewer than two nodes in the file',
    },
    {
      ...{ severity: 'rejected', line: 16, field: 'relation' },
      reason:
        'the area has no closed outer ring; 1 of 2 member ways are missing; rings are open at nodes 50, 52',
    },
  ]);
  expect(report.counts).toMatchObject({ inserted: 2, rejected: 4, warned: 1 });
});

test('a shape that crosses itself is repaired and said to be', async () => {
  const report = await importElements([
    ...[node(1, 0, 0), node(2, 2, 2), node(3, 2, 0), node(4, 0, 2)],
    way(10, [1, 2, 3, 4, 1], { building: 'yes' }),
  ]);
  expect(report.counts).toMatchObject({ inserted: 1, warned: 1 });
  expect((await issues())[0]?.reason).toContain('Self-intersection');
  const rows = await database.rows('SELECT ST_IsValid(geom) AS valid FROM geo.buildings');
  expect(rows).toEqual([{ valid: true }]);
});

test('accounts are matched anew to what came in', async () => {
  const account = await database.row<{ account_id: number }>(
    `INSERT INTO crm.accounts (name, geom, placement)
     VALUES ('Someone', ST_SetSRID(ST_MakePoint(5.0005, 52.0005), 4326), 'exact')
     RETURNING account_id`,
  );
  await matchAccounts(database.pool, 'all');
  const house = square(1, 0, 0, 1);
  const zone = square(20, 3, 0, 1);
  await importElements([
    ...[...house.nodes, ...zone.nodes],
    way(10, house.refs, { building: 'terrace' }),
    way(11, [1, 2], { highway: 'tertiary', surface: 'gravel' }),
    way(12, zone.refs, { landuse: 'retail' }),
  ]);
  const matched = await database.row(
    `SELECT housing_type, road_class, road_condition, round(road_distance_m) AS road_metres,
            zone_kind, round(zone_distance_m) AS zone_metres
     FROM crm.accounts WHERE account_id = $1`,
    [account!.account_id],
  );
  expect(matched).toEqual({
    ...{ housing_type: 'terrace', road_class: 'tertiary', road_condition: 'poor', road_metres: 56 },
    ...{ zone_kind: 'retail', zone_metres: 172 },
  });
});

test('a file that is cut off, or no PBF at all, fails with a sentence and changes nothing', async () => {
  await importElements([node(1, 0, 0, { shop: 'bakery', name: 'Brood' })]);
  const file = path.join(folder, 'broken.osm.pbf');
  await writeOsmPbf(file, [node(1, 0, 0, { shop: 'bakery', name: 'Anders' }), node(2, 1, 1)]);
  await truncate(file, (await readFile(file)).length - 7);
  const text = path.join(folder, 'text.osm.pbf');
  await writeFile(text, 'this is not an extract, whatever its name says');

  for (const source of [file, text]) {
    const failure = runImport({
      ...{ database, importer: osmImporter, options: {} },
      source: { path: source },
    });
    await expect(failure).rejects.toThrow('not a readable OpenStreetMap PBF extract');
  }
  expect(await database.rows('SELECT name FROM geo.places')).toEqual([{ name: 'Brood' }]);
});

test('an extract that is not sorted is refused with the command that sorts it', async () => {
  const file = path.join(folder, 'unsorted.osm.pbf');
  await writeOsmPbf(file, [way(10, [1, 2], { highway: 'primary' }), node(1, 0, 0), node(2, 1, 0)]);
  await expect(
    runImport({ database, importer: osmImporter, source: { path: file }, options: {} }),
  ).rejects.toThrow('osmium sort');
});

test('cancelling leaves the previous state and no staging tables', async () => {
  const cancel = new AbortController();
  const file = path.join(folder, 'town.osm.pbf');
  await writeOsmPbf(file, [node(1, 0, 0, { shop: 'bakery', name: 'Brood' })]);
  const running = runImport({
    ...{ database, importer: osmImporter, source: { path: file }, options: {} },
    signal: cancel.signal,
    progress: {
      stage: (label) => {
        if (label === 'Writing places') cancel.abort(new Error('stopped'));
      },
      advance: () => undefined,
      fraction: () => undefined,
    },
  });
  const failure = (await running.catch((error: unknown) => error)) as ImportFailure;
  expect(failure).toBeInstanceOf(ImportFailure);
  expect(failure.report.status).toBe('cancelled');
  expect(await database.rows('SELECT FROM geo.places')).toHaveLength(0);
  expect(await database.rows(`SELECT FROM pg_tables WHERE tablename LIKE 'staging%'`)).toEqual([]);
});
