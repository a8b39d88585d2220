import { defineImporter, type ImportContext, type ImportSource } from '../importer.js';
import { mergeRows } from '../loaders/merge-rows.js';
import { rejectDuplicates, rejectStaged } from '../loaders/staged-issues.js';
import { rejectUnmeasurable } from '../loaders/staged-shapes.js';
import { rematchForLayer } from '../matching/rematch-for-layer.js';
import { classifyRoad } from '../osm/classify-road.js';
import { featureOptions, type FeatureOptions } from './feature-tags.js';
import { stageFeatures } from './stage-features.js';

const columns = {
  class: 'text',
  name: 'text',
  ref: 'text',
  surface: 'text',
  smoothness: 'text',
  condition: 'text',
  condition_source: 'text',
  max_speed_kmh: 'double precision',
  one_way: 'text',
  lanes: 'integer',
  toll: 'boolean',
  bridge: 'boolean',
  tunnel: 'boolean',
} as const;

/** Roads from lines with OpenStreetMap tags as columns. */
export const roadsImporter = defineImporter({
  name: 'roads',
  describe: 'Roads: lines with highway, surface, maxspeed and the like as columns (GeoJSON)',
  options: featureOptions,
  run: importRoads,
});

async function importRoads(source: ImportSource, options: FeatureOptions, context: ImportContext) {
  const table = await stageFeatures(context, source, options, {
    purpose: 'roads',
    columns,
    geometryTypes: ['LineString'],
    otherwise: 'the tags do not say that it is a road',
    classify: (tags) => {
      const road = classifyRoad(tags);
      if (!road) return undefined;
      const { name = null, ref = null, surface = null, smoothness = null } = road;
      const { maxSpeedKmh = null, lanes = null, oneWay, toll, bridge, tunnel } = road;
      const texts = [road.class, name, ref, surface, smoothness, road.condition];
      return [...texts, road.conditionSource, maxSpeedKmh, oneWay, lanes, toll, bridge, tunnel];
    },
  });
  context.progress.stage('Writing roads');
  return context.database.transaction(async (client) => {
    await rejectDuplicates(client, context, table, ['source_key']);
    await rejectStaged(client, context, table, {
      where: 'ST_Length(s.geom) = 0',
      field: 'geometry',
      value: 's.source_key',
      reason: `'the line has no length'`,
    });
    await rejectUnmeasurable(client, context, table, 's.source_key');
    const plain = Object.keys(columns).filter((name) => !['max_speed_kmh', 'lanes'].includes(name));
    const counts = await mergeRows(client, {
      target: 'geo.roads',
      key: ['source_key'],
      columns: {
        ...Object.fromEntries(plain.map((name) => [name, {}])),
        max_speed_kmh: { value: 's.max_speed_kmh::real' },
        lanes: { value: 's.lanes::smallint' },
        length_m: { value: 'ST_Length(s.geom::geography)::real' },
        geom: { value: 's.geom::geometry(LineString, 4326)' },
        source: {},
        licence: {},
      },
      stamps: { import_id: String(context.importId) },
      source: table.name,
    });
    if (counts.inserted + counts.updated > 0) {
      context.progress.stage('Matching accounts to the roads');
      await rematchForLayer(client, 'roads', { signal: context.signal });
    }
    context.signal.throwIfAborted();
    return counts;
  });
}
