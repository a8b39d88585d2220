import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { OsmElement, OsmMember, OsmNode, OsmWay } from '../../../../geodata/osm/elements.js';
import { osmImporter } from '../../../../geodata/osm/osm.importer.js';
import type { Tags } from '../../../../geodata/osm/tags.js';
import { connectivity } from '../../../../geodata/roads/connectivity.js';
import { loadRoadGraph } from '../../../../geodata/roads/road-graph.js';
import { shortestPath } from '../../../../geodata/roads/shortest-path.js';
import type { TravelMode } from '../../../../geodata/roads/travel-mode.js';
import { runImport } from '../../../../geodata/run-import.js';
import type { Database } from '../../../../server/db/database.js';
import { testDatabase, type TestDatabase } from '../../../support/database.js';
import { writeOsmPbf } from '../../../support/osm-pbf.js';

let opened: TestDatabase;
let database: Database;
let folder: string;

beforeAll(async () => {
  opened = await testDatabase();
  database = opened.database;
  folder = await mkdtemp(path.join(os.tmpdir(), 'catchment-roads-'));
});

afterAll(async () => {
  await opened.close();
  await rm(folder, { recursive: true });
});

beforeEach(async () => {
  for (const table of ['roads', 'road_edges', 'road_nodes', 'land_cover', 'extracts']) {
    await database.rows(`DELETE FROM geo.${table}`);
  }
});

/** Metres of 0.001 degrees northwards at the equator, on the spheroid. */
const step = 110.574;

/** A node `y` steps north of the equator, and `x` steps east, where a step is nearly as long (111.3 m). */
function node(id: number, x: number, y: number, tags?: Tags): OsmNode {
  return { type: 'node', id, lon: 5 + x / 1000, lat: y / 1000, ...(tags ? { tags } : {}) };
}

/** A street without speed limit of its own unless tags say so: 30 km/h, driven at 27. */
function street(id: number, refs: readonly number[], tags: Tags = {}): OsmWay {
  return { type: 'way', id, refs, tags: { highway: 'residential', maxspeed: '30', ...tags } };
}

function restriction(id: number, value: string, members: Record<string, string>, tags: Tags = {}) {
  const list = Object.entries(members).map(([ref, role]): OsmMember => {
    const type = ref.startsWith('n') ? 'node' : 'way';
    return { type, ref: Number(ref.slice(1)), role };
  });
  return {
    ...{ type: 'relation' as const, id, members: list },
    tags: { type: 'restriction', restriction: value, ...tags },
  };
}

async function load(elements: readonly OsmElement[], options = {}, name = 'town.osm.pbf') {
  const order = { node: 0, way: 1, relation: 2 };
  const file = path.join(folder, name);
  await writeOsmPbf(
    file,
    [...elements].sort((a, b) => order[a.type] - order[b.type]),
  );
  return runImport({ database, importer: osmImporter, source: { path: file }, options });
}

/** Seconds of the quickest way; undefined where there is none. */
async function seconds(from: number, to: number, mode: TravelMode = 'car') {
  const found = shortestPath(await loadRoadGraph(database.pool, mode), from, to);
  return found && Math.round(found.seconds * 10) / 10;
}

/** Seconds over a number of steps at a speed. */
const over = (steps: number, kmh: number) => Math.round(((steps * step * 3.6) / kmh) * 10) / 10;

/** Nodes 1, 2, 3 and 4 northwards in a row, one step apart. */
const row = [node(1, 0, 0), node(2, 0, 1), node(3, 0, 2), node(4, 0, 3)];

describe('speeds', () => {
  test.each<[string, Tags, object, number]>([
    ['a limit', { maxspeed: '50' }, {}, 45],
    ['a limit in miles', { maxspeed: '30 mph' }, {}, 43.5],
    ['a legal zone', { maxspeed: 'NL:rural' }, {}, 72],
    ['walking pace', { maxspeed: 'walk' }, {}, 4.5],
    ['no limit on a motorway', { highway: 'motorway', maxspeed: 'none' }, {}, 117],
    ['Dutch motorway untagged', { highway: 'motorway', maxspeed: '' }, { country: 'nl' }, 90],
    ['Brazilian street untagged', { maxspeed: '' }, { country: 'BR' }, 27],
    ['Swiss road out of town', { highway: 'primary', maxspeed: '' }, { country: 'CH' }, 72],
    ['cobbles', { maxspeed: '50', surface: 'cobblestone' }, {}, 30],
    ['a bad road', { maxspeed: '80', smoothness: 'bad' }, {}, 40],
    ['a track', { highway: 'track', maxspeed: '', tracktype: 'grade5' }, {}, 13.5],
  ])('%s: %j', async (_, tags, options, kmh) => {
    await load([...row, street(10, [1, 2, 3, 4], tags)], options);
    expect(await seconds(1, 4)).toBeCloseTo(over(3, kmh), 0);
  });

  test('each direction has its own limit', async () => {
    const tags = { maxspeed: '', 'maxspeed:forward': '50', 'maxspeed:backward': '30' };
    await load([...row, street(10, [1, 2, 3, 4], tags)]);
    expect([await seconds(1, 4), await seconds(4, 1)]).toEqual([over(3, 45), over(3, 27)]);
  });

  test('a road is in town on residential land, and where it says so', async () => {
    const corners = [node(21, -1, -1), node(22, 1, -1), node(23, 1, 9), node(24, -1, 9)];
    const land: OsmWay = {
      type: 'way',
      id: 20,
      refs: [21, 22, 23, 24, 21],
      tags: { landuse: 'residential' },
    };
    const road = street(10, [1, 2], { highway: 'secondary', maxspeed: '' });
    const far = [node(31, 50, 0), node(32, 50, 1), node(33, 60, 0), node(34, 60, 1)];
    const country = street(11, [31, 32], { highway: 'secondary', maxspeed: '' });
    const signed = street(12, [33, 34], { ...country.tags, 'zone:traffic': 'DE:urban' });
    const report = await load([...row, ...corners, ...far, road, country, signed, land], {
      country: 'DE',
    });
    expect(await seconds(1, 2)).toBe(over(1, 45));
    expect(await seconds(31, 32)).toBe(over(1, 72));
    expect(await seconds(33, 34)).toBe(over(1, 45));
    expect(report.summary).toMatchObject({ country: 'DE', roadGraph: { edges: 3, builtUp: 2 } });
  });

  test('the country is what most elements say', async () => {
    const shops = [1, 2, 3].map((id) => node(90 + id, 5, id, { phone: `+31 30 123456${id}` }));
    const motorway = street(10, [1, 2], { highway: 'motorway', maxspeed: '' });
    const report = await load([...row, ...shops, motorway]);
    expect(report.summary).toMatchObject({ country: 'NL' });
    expect(await seconds(1, 2)).toBe(over(1, 90));
  });
});

describe('directions and access', () => {
  test.each<[string, Tags, boolean, boolean]>([
    ['both ways', {}, true, true],
    ['one-way', { oneway: 'yes' }, true, false],
    ['one-way against the drawing', { oneway: '-1' }, false, true],
    ['a roundabout', { junction: 'roundabout' }, true, false],
    ['a motorway', { highway: 'motorway' }, true, false],
    ['closed', { access: 'no' }, false, false],
    ['closed but for cars', { access: 'no', motor_vehicle: 'yes' }, true, true],
    ['closed to motors', { motor_vehicle: 'no' }, false, false],
    ['closed in one direction', { 'motor_vehicle:backward': 'no' }, true, false],
    ['a footway', { highway: 'footway' }, false, false],
    ['a footway that says yes to all', { highway: 'footway', access: 'yes' }, false, false],
    ['impassable', { smoothness: 'impassable' }, false, false],
  ])('cars: %s', async (_, tags, forward, backward) => {
    await load([...row, street(10, [1, 2], tags)]);
    const found = [(await seconds(1, 2)) !== undefined, (await seconds(2, 1)) !== undefined];
    expect(found).toEqual([forward, backward]);
  });

  test('bicycles go against a one-way street that lets them, at their own speed; all walk', async () => {
    const tags = { oneway: 'yes', 'oneway:bicycle': 'no' };
    await load([...row, street(10, [1, 2], tags), street(11, [3, 4], { motorroad: 'yes' })]);
    expect(await seconds(2, 1, 'bicycle')).toBe(over(1, 16));
    expect(await seconds(2, 1, 'foot')).toBe(over(1, 5));
    expect(await seconds(3, 4, 'foot')).toBeUndefined();
  });

  test('a road for destinations only is used to arrive, not to pass', async () => {
    // The short way 1–2–3 is limited; around by 5 it is longer.
    const round = [node(5, 3, 1), node(6, 1, 1), node(7, 0, -1)];
    const limited = street(10, [1, 2, 3], { access: 'destination' });
    await load([
      ...row,
      ...round,
      limited,
      street(11, [3, 4]),
      street(12, [1, 5, 3]),
      street(13, [2, 6]),
      street(14, [7, 1]),
    ]);
    expect(await seconds(1, 2)).toBe(over(1, 27));
    expect(await seconds(2, 4)).toBe(over(2, 27));
    expect(await seconds(7, 4)).toBeGreaterThan(over(7, 27));
  });
});

describe('barriers and ferries', () => {
  test.each<[string, Tags, boolean, boolean]>([
    ['a bollard', { barrier: 'bollard' }, false, true],
    ['a gate', { barrier: 'gate' }, false, true],
    ['a lift gate for those who come', { barrier: 'lift_gate', access: 'destination' }, true, true],
    ['a gate for motors', { barrier: 'gate', motor_vehicle: 'yes' }, true, true],
    ['a private gate', { barrier: 'gate', access: 'private' }, false, false],
    ['a toll booth', { barrier: 'toll_booth' }, true, true],
    ['a stile', { barrier: 'stile' }, false, false],
  ])('%s', async (_, tags, isOpenToCars, isOpenToBicycles) => {
    const [first, , ...others] = row;
    await load([first!, node(2, 0, 1, tags), ...others, street(10, [1, 2, 3])]);
    expect((await seconds(1, 3)) !== undefined).toBe(isOpenToCars);
    expect((await seconds(1, 3, 'bicycle')) !== undefined).toBe(isOpenToBicycles);
    expect(await seconds(1, 2)).toBe(isOpenToCars ? undefined : over(1, 27));
  });

  test('a ferry takes as long as it says, and cars where it says so', async () => {
    const ferry = (tags: Tags): OsmWay => ({
      type: 'way',
      id: 10,
      refs: [1, 2, 3],
      tags: { route: 'ferry', ...tags },
    });
    await load([...row, ferry({ duration: '00:20', motor_vehicle: 'yes' }), street(11, [2, 4])]);
    expect(await seconds(1, 3)).toBe(1200);
    expect(await seconds(1, 3, 'foot')).toBe(1200);
    await load([...row, ferry({})]);
    expect(await seconds(1, 3)).toBeUndefined();
    expect(await seconds(1, 3, 'foot')).toBe(over(2, 10));
    expect(await database.rows('SELECT class, condition FROM geo.roads ORDER BY 1')).toContainEqual(
      { class: 'ferry', condition: 'unknown' },
    );
  });
});

describe('turn restrictions', () => {
  //   4          crossing at 2: south 1, north 3, west 5, east 6; a way around from 3 over 7 to 6
  const cross = [
    ...[node(1, 0, 0), node(2, 0, 1), node(3, 0, 2), node(5, -1, 1), node(6, 1, 1), node(7, 1, 2)],
    ...[street(10, [1, 2]), street(11, [2, 3]), street(12, [5, 2]), street(13, [2, 6])],
    ...[street(14, [3, 7]), street(15, [7, 6])],
  ];

  test('a forbidden turn is not made', async () => {
    const turn = { w10: 'from', n2: 'via', w13: 'to' };
    await load(cross);
    expect(await seconds(1, 6)).toBeCloseTo(over(2, 27), 0);
    await load([...cross, restriction(1, 'no_right_turn', turn)]);
    expect(await seconds(1, 6)).toBeCloseTo(over(4, 27), 0);
    expect(await seconds(5, 6)).toBeCloseTo(over(2, 27), 0);
    expect(await seconds(1, 6, 'foot')).toBeCloseTo(over(2, 5), -1);
  });

  test('vehicles that are excepted make it all the same', async () => {
    const turn = { w10: 'from', n2: 'via', w13: 'to' };
    await load([...cross, restriction(1, 'no_right_turn', turn, { except: 'psv;bicycle' })]);
    expect(await seconds(1, 6)).toBeCloseTo(over(4, 27), 0);
    expect(await seconds(1, 6, 'bicycle')).toBeCloseTo(over(2, 16), 0);
  });

  test('the only turn allowed leaves no other', async () => {
    await load([
      ...cross,
      restriction(1, 'only_straight_on', { w10: 'from', n2: 'via', w11: 'to' }),
    ]);
    expect(await seconds(1, 3)).toBe(over(2, 27));
    expect(await seconds(1, 6)).toBeCloseTo(over(4, 27), 0);
    expect(await seconds(1, 5)).toBeGreaterThan(over(5, 27));
  });

  test('a turn over a road in between is forbidden only to who comes from there', async () => {
    const via = { w10: 'from', w11: 'via', w14: 'to' };
    await load([...cross, restriction(1, 'no_left_turn', via)]);
    const graph = await loadRoadGraph(database.pool, 'car');
    expect(graph.forbidden).toMatchObject({ unresolved: 0 });
    expect(graph.forbidden.sequences).toHaveLength(1);
    expect(await seconds(5, 7)).toBeCloseTo(over(3, 27), 0);
    expect(await seconds(1, 3)).toBe(over(2, 27));
    // From 1 to 7 it is 1–2–6–7 instead of 1–2–3–7, which is as long; without 13 there is no way but back.
    const without = cross.filter(({ id }) => id !== 13 && id !== 15);
    await load([...without, restriction(1, 'no_left_turn', via)], { replace: true });
    expect(await seconds(5, 7)).toBeCloseTo(over(3, 27), 0);
    expect(await seconds(1, 7)).toBeCloseTo(over(5, 27), 0);
  });

  test('one turns back only where the road ends', async () => {
    await load(cross.filter(({ id }) => id !== 12 && id !== 13 && id !== 14 && id !== 15));
    expect(await seconds(1, 3)).toBe(over(2, 27));
    await load([...cross, restriction(1, 'no_u_turn', { w10: 'from', n2: 'via', w10b: 'to' })]);
    expect(await database.rows('SELECT FROM geo.turn_restrictions')).toHaveLength(0);
  });

  test('what cannot be traced is told by relation; hours and lorries are counted', async () => {
    const report = await load([
      ...cross,
      restriction(1, 'no_left_turn', { w10: 'from', n2: 'via', w99: 'to' }),
      restriction(2, 'no_left_turn', { w10: 'from', n7: 'via', w11: 'to' }),
      restriction(3, 'no_left_turn', { w10: 'from', w11: 'to' }),
      restriction(4, 'no_flying', { w10: 'from', n2: 'via', w11: 'to' }),
      restriction(5, 'no_left_turn', { w10: 'from', n2: 'via', w12: 'to' }, { hour_on: '7' }),
      restriction(
        6,
        'no_left_turn',
        { w10: 'from', n2: 'via', w12: 'to' },
        { except: 'motorcar;bicycle' },
      ),
    ]);
    expect(report.summary).toMatchObject({
      roadGraph: {
        restrictions: {
          ...{ stored: 0, broken: 4 },
          leftAside: { 'it holds at certain hours only': 1, 'it is for other vehicles': 1 },
        },
      },
    });
    const issues = await database.rows(
      `SELECT line, reason FROM app.import_issues WHERE import_id = $1 ORDER BY line`,
      [report.importId],
    );
    const told = 'the turn restriction is left out: ';
    expect(issues).toEqual([
      { line: 1, reason: `${told}way 99 is not among the roads` },
      { line: 2, reason: `${told}node 7 is not on both ways` },
      { line: 3, reason: `${told}it names no via node or via way, or both` },
      { line: 4, reason: `${told}no_flying is not known` },
    ]);
  });
});

describe('the import', () => {
  test('tells values it does not know, and how far the network hangs together', async () => {
    const loose = [node(8, 9, 9), node(9, 9, 10)];
    const report = await load([
      ...[...row, ...loose, node(2, 0, 1, { barrier: 'dragon' })].filter((n, i) => i !== 1),
      street(10, [1, 2, 3], { surface: 'logs', 'maxspeed:conditional': '30 @ (Mo-Fr)' }),
      street(11, [8, 9], { oneway: 'yes' }),
    ]);
    expect(report.summary).toMatchObject({
      roads: {
        unknownValues: { 'surface=logs': 1, 'barrier=dragon': 1 },
        conditionalTagsLeftAside: { 'maxspeed:conditional': 1 },
      },
      roadGraph: {
        network: { car: { edges: 3, largestShare: 0.6667 }, foot: { edges: 4, largestShare: 0.5 } },
      },
    });
  });

  test('a road in two extracts keeps the junctions of both', async () => {
    const shared = street(10, [1, 2, 3, 4]);
    await load([...row, node(5, 1, 1), shared, street(11, [2, 5])], {}, 'south.osm.pbf');
    await load([...row, node(6, 1, 2), shared, street(12, [3, 6])], {}, 'north-2024.osm.pbf');
    expect(await seconds(5, 6)).toBeCloseTo(over(3, 27), 0);
    const graph = await loadRoadGraph(database.pool, 'car');
    expect(connectivity(graph)).toEqual({ edges: 10, largestShare: 1 });
  });

  test('an extract replaced takes nothing that another holds', async () => {
    const shared = street(10, [1, 2]);
    const turn = restriction(1, 'no_left_turn', { w11: 'from', n2: 'via', w10: 'to' });
    await load([...row, shared, street(11, [2, 3]), turn], {}, 'south-2023.osm.pbf');
    await load([...row, shared], {}, 'north.osm.pbf');
    const report = await load(
      [...row, street(12, [3, 4])],
      { replace: true },
      'south-latest.osm.pbf',
    );
    const roads = await database.rows('SELECT source_key FROM geo.roads ORDER BY 1');
    expect(roads).toEqual([{ source_key: 'way/10' }, { source_key: 'way/12' }]);
    expect(report.summary).toMatchObject({
      extract: 'south',
      layers: { roads: { vanished: 2, removed: 1 } },
    });
    expect(await database.rows('SELECT FROM geo.turn_restrictions')).toHaveLength(0);
  });
});
