import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { osmImporter } from '../../geodata/osm/osm.importer.js';
import type { LayerTally } from '../../geodata/osm/layer-tally.js';
import type { LayerName } from '../../geodata/osm/layers.js';
import { loadRoadGraph } from '../../geodata/roads/road-graph.js';
import { shortestPath } from '../../geodata/roads/shortest-path.js';
import type { ImportReport } from '../../geodata/report/import-record.js';
import { runImport } from '../../geodata/run-import.js';
import { testDatabase, type TestDatabase } from '../support/database.js';
import { countWithOsmium, hasOsmium } from '../support/osmium.js';
import { hasRealData, realData } from '../support/real-data.js';

const canCount = hasRealData && (await hasOsmium());

if (!hasRealData) console.warn('SKIPPED: extracts, because ../shared/data is not there.');
else if (!canCount) console.warn('SKIPPED: extracts, because osmium-tool is not to be had.');

const no = 'no,false,0';
const notAmenities =
  'atm,bbq,bench,bicycle_parking,charging_station,clock,drinking_water,fountain,grave_yard,grit_bin,' +
  'hunting_stand,motorcycle_parking,parking,parking_entrance,parking_space,post_box,recycling,shelter,taxi,' +
  'telephone,toilets,vending_machine,waste_basket,waste_disposal,watering_place';
const notLeisure =
  'bandstand,bird_hide,bleachers,common,dog_park,firepit,garden,nature_reserve,outdoor_seating,park,' +
  'picnic_table,pitch,playground,slipway,swimming_pool,track';
const highways =
  'motorway,motorway_link,trunk,trunk_link,primary,primary_link,secondary,secondary_link,tertiary,tertiary_link,' +
  'residential,unclassified,living_street,service,track,pedestrian,cycleway,path,footway,steps,bridleway,road,' +
  'busway,bus_guideway,raceway,escape';
const zoneLanduse =
  'industrial,commercial,retail,port,harbour,railway,aerodrome,quarry,military,institutional,education,office,' +
  'office_park,business_park,depot,logistics,landfill,greenhouse_horticulture';
const coverLanduse =
  'reservoir,basin,forest,grass,meadow,village_green,recreation_ground,cemetery,allotments,farmland,farm,' +
  'farmyard,orchard,vineyard,plant_nursery,residential';

/** What each layer takes, said anew in the language of osmium-tool. */
const filters: Readonly<Record<LayerName, readonly (readonly string[])[]>> = {
  roads: [
    [`w/highway=${highways}`, 'w/route=ferry'],
    ['not', 'w/area=yes'],
  ],
  buildings: [['nwr/building'], ['not', `nwr/building=${no}`]],
  business_zones: [
    [
      ...['nwr/aeroway=aerodrome', 'nwr/industrial=port', 'nwr/harbour=yes'],
      `nwr/landuse=${zoneLanduse}`,
    ],
  ],
  land_cover: [
    [
      'nwr/natural=water,bay,wood,grassland,heath,scrub,fell,beach,sand',
      ...['nwr/waterway=riverbank,dock', `nwr/landuse=${coverLanduse}`],
      'nwr/leisure=park,garden,golf_course',
    ],
  ],
  addresses: [
    ['nwr/addr:housenumber', 'nwr/addr:housename'],
    ['nwr/addr:street', 'nwr/addr:place'],
  ],
  places: [
    ['nwr/name', 'nwr/brand', 'nwr/operator'],
    [
      `nwr/amenity!=${notAmenities},${no}`,
      `nwr/shop!=vacant,disused,closed,${no}`,
      ...[`nwr/office!=${no}`, `nwr/craft!=${no}`, `nwr/healthcare!=${no}`, `nwr/club!=${no}`],
      `nwr/tourism!=artwork,information,picnic_site,viewpoint,${no}`,
      ...[`nwr/leisure!=${notLeisure},${no}`, 'nwr/man_made=works'],
    ],
  ],
};

const layers = Object.keys(filters) as LayerName[];
const tables: Readonly<Partial<Record<LayerName, string>>> = { business_zones: 'zone_parts' };

describe.skipIf(!canCount)('extracts of whole countries and cities', () => {
  let opened: TestDatabase;
  const reports = new Map<string, ImportReport>();

  const files = ['liechtenstein-2013', 'liechtenstein-2015', 'monaco', 'porto-alegre'];
  const path = (file: string) => realData(`osm/${file}.osm.pbf`);

  beforeAll(async () => {
    opened = await testDatabase();
    for (const file of files) {
      const source = { path: path(file) };
      // Each under its own name, so that the two of Liechtenstein stand side by side.
      const options = { extract: file };
      const report = await runImport({
        ...{ database: opened.database, importer: osmImporter, source, options },
      });
      reports.set(file, report);
    }
  }, 600_000);

  afterAll(() => opened?.close());

  const summary = <Value>(file: string, name: string) => reports.get(file)?.summary[name] as Value;
  const layerOf = (file: string, layer: LayerName) =>
    summary<Record<LayerName, LayerTally>>(file, 'layers')[layer];
  const sum = (counts: Readonly<Record<string, number>>) =>
    Object.values(counts).reduce((total, count) => total + count, 0);

  describe.each(files)('%s', (file) => {
    test.each(layers)(
      '%s: osmium-tool finds as many, and each is stored or accounted for',
      async (layer) => {
        const { found, leftOut, byTagsOfMembers } = layerOf(file, layer);
        expect(found).toEqual(countWithOsmium(path(file), filters[layer]));
        const stored = await opened.database.row<{ count: number }>(
          `SELECT count(*) AS count FROM geo.${tables[layer] ?? layer}
         WHERE extract_ids @> (SELECT ARRAY[extract_id] FROM geo.extracts WHERE name = $1)`,
          [file],
        );
        expect(stored?.count).toBe(sum(found) + byTagsOfMembers - sum(leftOut));
      },
    );

    test('every relation that is left out or repaired is told with its id and reason', async () => {
      const issues = await opened.database.rows<{ line: number; reason: string }>(
        `SELECT line, reason FROM app.import_issues WHERE import_id = $1 AND field = 'relation'`,
        [reports.get(file)!.importId],
      );
      expect(issues.every(({ line, reason }) => line > 0 && reason.length > 10)).toBe(true);
      const rejected = issues.filter(({ reason }) => reason.startsWith('the area has no closed'));
      const expected = new Set(
        layers.map((layer) => layerOf(file, layer)).flatMap(({ leftOut }) => Object.keys(leftOut)),
      );
      expect(rejected.length > 0).toBe(expected.has('the area has no closed outer ring'));
    });
  });

  test.each(files)(
    '%s: every turn restriction is stored, left aside or told as broken',
    async (file) => {
      type Counts = { stored: number; broken: number; leftAside: Record<string, number> };
      const { restrictions } = summary<{ restrictions: Counts }>(file, 'roadGraph');
      const { stored, broken, leftAside } = restrictions;
      const { relation } = countWithOsmium(path(file), [['r/type=restriction']]);
      expect(stored + broken + sum(leftAside)).toBe(relation);
      const told = await opened.database.row<{ count: number }>(
        `SELECT count(*) AS count FROM app.import_issues
       WHERE import_id = $1 AND reason LIKE 'the turn restriction is left out%'`,
        [reports.get(file)!.importId],
      );
      expect(told?.count).toBe(broken);
    },
  );

  test.each([
    ['liechtenstein-2013', 'LI'],
    ['liechtenstein-2015', 'LI'],
    ['monaco', 'MC'],
    ['porto-alegre', 'BR'],
  ])('the country of %s is found: %s', (file, country) => {
    expect(summary(file, 'country')).toBe(country);
  });

  test.each([
    ['liechtenstein-2015', 0.85],
    ['monaco', 0.8],
    ['porto-alegre', 0.7],
  ])('in %s cars reach nearly every road from nearly every other', (file, share) => {
    const { network } = summary<{ network: Record<string, { largestShare: number }> }>(
      file,
      'roadGraph',
    );
    expect(network['car']?.largestShare).toBeGreaterThan(share);
    expect(network['foot']?.largestShare).toBeGreaterThan(0.9);
  });

  test('the drive through Liechtenstein, Balzers to Ruggell, takes its half hour', async () => {
    const { database } = opened;
    const near = async (lon: number, lat: number) =>
      (await database.row<{ node_id: number }>(
        `SELECT n.node_id FROM geo.road_nodes n
         WHERE EXISTS (SELECT FROM geo.road_edges e JOIN geo.roads r USING (road_id)
           WHERE e.from_node_id = n.node_id AND r.class = 'primary'
             AND r.extract_ids @> (SELECT ARRAY[extract_id] FROM geo.extracts WHERE name = 'liechtenstein-2015'))
         ORDER BY n.geom <-> ST_SetSRID(ST_MakePoint($1, $2), 4326) LIMIT 1`,
        [lon, lat],
      ))!.node_id;
    const graph = await loadRoadGraph(database.pool, 'car');
    const drive = shortestPath(graph, await near(9.5026, 47.0672), await near(9.5256, 47.2385));
    // Route planners say 25 to 30 minutes for the 22 km from village to village; the main road is a little shorter.
    expect(drive!.metres / 1000).toBeGreaterThan(17);
    expect(drive!.metres / 1000).toBeLessThan(24);
    expect(drive!.seconds / 60).toBeGreaterThan(18);
    expect(drive!.seconds / 60).toBeLessThan(32);
  });

  test('the same file again changes nothing; the newer one replaces the older on purpose', async () => {
    const run = (file: string, options: object) =>
      runImport({
        ...{ database: opened.database, importer: osmImporter, options },
        source: { path: path(file) },
      });
    const again = await run('monaco', { extract: 'monaco' });
    expect(again.counts).toMatchObject({ inserted: 0, updated: 0 });
    const older = reports.get('liechtenstein-2013')!.counts;
    const newer = await run('liechtenstein-2015', { extract: 'liechtenstein-2013', replace: true });
    const counts = newer.summary['layers'] as Record<string, { removed: number }>;
    const removed = Object.values(counts).reduce((total, layer) => total + layer.removed, 0);
    // The older file numbers its elements anew, so nothing of it is found again.
    expect(removed).toBe(older.inserted);
    expect(newer.counts).toMatchObject({ inserted: 0, updated: 0 });
  });

  test('a sample in which nearly every way misses nodes is survived, and its misses are told', async () => {
    const report = await runImport({
      ...{ database: opened.database, importer: osmImporter, options: {} },
      source: { path: realData('osm/edge-cases/nieuwegein-every-kth-element.osm.gz') },
    });
    expect(report.summary['country']).toBe('NL');
    expect(report.counts).toMatchObject({ read: 44_279 + 7_302 + 60 });
    const tally = report.summary['layers'] as Record<LayerName, LayerTally & { inserted: number }>;
    for (const layer of layers) {
      const { found, leftOut, byTagsOfMembers, inserted } = tally[layer];
      expect(inserted, layer).toBe(sum(found) + byTagsOfMembers - sum(leftOut));
    }
    expect(tally.buildings.leftOut['nodes are missing']).toBeGreaterThan(4000);
    expect(tally.addresses.inserted).toBeGreaterThan(5000);
  });
});
