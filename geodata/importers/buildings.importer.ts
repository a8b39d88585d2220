import { defineImporter, type ImportContext, type ImportSource } from '../importer.js';
import { deriveHousing } from '../housing/derive-housing.js';
import { housingColumns } from '../housing/housing-columns.js';
import { mergeRows } from '../loaders/merge-rows.js';
import { rejectDuplicates } from '../loaders/staged-issues.js';
import { repairAreas, tellAreas } from '../loaders/staged-shapes.js';
import { rematchForLayer } from '../matching/rematch-for-layer.js';
import { classifyBuilding } from '../osm/classify-building.js';
import { featureOptions, type FeatureOptions } from './feature-tags.js';
import { stageFeatures } from './stage-features.js';

const columns = {
  tagged_housing_type: 'text',
  register_ref: 'text',
  name: 'text',
  levels: 'integer',
  year: 'integer',
  dwellings: 'integer',
} as const;

/** Buildings from areas with OpenStreetMap tags as columns. */
export const buildingsImporter = defineImporter({
  name: 'buildings',
  describe: 'Buildings: areas with building, levels and year as columns (GeoJSON)',
  options: featureOptions,
  run: importBuildings,
});

async function importBuildings(
  source: ImportSource,
  options: FeatureOptions,
  context: ImportContext,
) {
  const table = await stageFeatures(context, source, options, {
    purpose: 'buildings',
    columns,
    geometryTypes: ['Polygon', 'MultiPolygon'],
    otherwise: 'the tags do not say that it is a building',
    classify: (tags) => {
      const building = classifyBuilding(tags);
      if (!building) return undefined;
      const { taggedType, registerRef = null, name = null } = building;
      const { levels = null, year = null, dwellings = null } = building;
      return [taggedType, registerRef, name, levels, year, dwellings];
    },
  });
  context.progress.stage('Repairing shapes');
  await repairAreas(context.database.pool, table);
  context.progress.stage('Writing buildings');
  return context.database.transaction(async (client) => {
    await rejectDuplicates(client, context, table, ['source_key']);
    await tellAreas(client, context, table, 's.source_key');
    const counts = await mergeRows(client, {
      target: 'geo.buildings',
      key: ['source_key'],
      columns: {
        ...housingColumns,
        register_ref: {},
        name: {},
        levels: { value: 's.levels::smallint' },
        year: { value: 's.year::smallint' },
        dwellings: {},
        area_m2: { value: 'ST_Area(s.geom::geography)::real' },
        geom: { value: 'ST_Multi(s.geom)::geometry(MultiPolygon, 4326)' },
        source: {},
        licence: {},
      },
      stamps: { import_id: String(context.importId) },
      source: table.name,
    });
    if (counts.inserted + counts.updated === 0) return counts;
    const { importId, progress, signal } = context;
    progress.stage('Deriving housing types');
    await client.query('ANALYZE geo.buildings');
    const housing = await deriveHousing(client, {
      importId,
      signal,
      progress: (done, total) => progress.fraction(done / Math.max(1, total)),
    });
    progress.stage('Matching accounts to the buildings');
    await rematchForLayer(client, 'buildings', { signal });
    signal.throwIfAborted();
    return { ...counts, summary: { housing } };
  });
}
