import { z } from 'zod';
import type { Queryable } from '../../server/db/database.js';
import { defineImporter, type ImportContext, type ImportSource } from '../importer.js';
import type { StagingTable } from '../loaders/bulk-loader.js';
import { mergeRows } from '../loaders/merge-rows.js';
import { rejectDuplicates } from '../loaders/staged-issues.js';
import { repairAreas, tellAreas } from '../loaders/staged-shapes.js';
import { rematchForLayer } from '../matching/rematch-for-layer.js';
import { classifyZone, zoneKinds } from '../osm/classify-zone.js';
import type { Tags } from '../osm/tags.js';
import { resolveZones } from '../zones/resolve-zones.js';
import { kindOfClass } from '../zones/zone-class.js';
import { featureOptions } from './feature-tags.js';
import { stageFeatures } from './stage-features.js';

const zoneOptions = z.object({
  ...featureOptions.shape,
  class: z
    .string()
    .min(1)
    .optional()
    .describe('Column with the class of a zoning plan; without it, tags as OpenStreetMap has them'),
  kinds: z
    .record(z.string(), z.enum(zoneKinds))
    .default({})
    .describe(`CLASS=KIND by the beginning of the class; kinds: ${zoneKinds.join(', ')}`),
  name: z.string().min(1).optional().describe('Column with the name of the zone'),
});

type ZoneOptions = z.output<typeof zoneOptions>;

/** Business zones from areas of a zoning plan, or with OpenStreetMap tags as columns. */
export const businessZonesImporter = defineImporter({
  name: 'business-zones',
  describe: 'Business zones: areas of a zoning plan with their class, or with landuse as a column',
  options: zoneOptions,
  run: importZones,
});

async function importZones(source: ImportSource, options: ZoneOptions, context: ImportContext) {
  const { database, importId, progress, signal } = context;
  const table = await stageFeatures(context, source, options, {
    purpose: 'zones',
    columns: { class: 'text', kind: 'text', name: 'text' },
    geometryTypes: ['Polygon', 'MultiPolygon'],
    otherwise: 'the feature cannot be used',
    classify: (tags) => classOf(tags, options),
  });
  progress.stage('Repairing shapes');
  await repairAreas(database.pool, table);
  progress.stage('Writing business zones');
  return database.transaction(async (client) => {
    const leftOut = await leaveOut(client, table);
    await rejectDuplicates(client, context, table, ['source_key']);
    await tellAreas(client, context, table, 's.source_key');
    const counts = await mergeParts(client, table, importId);
    if (counts.inserted + counts.updated === 0) return { ...counts, summary: { leftOut } };
    progress.stage('Resolving business zones');
    await client.query('ANALYZE geo.zone_parts');
    const zones = await resolveZones(client, {
      importId,
      signal,
      progress: (done, total) => progress.fraction(done / Math.max(1, total)),
    });
    progress.stage('Matching accounts and places to the zones');
    await client.query('ANALYZE geo.business_zones');
    await rematchForLayer(client, 'business_zones', { signal, bbox: zones.bbox });
    signal.throwIfAborted();
    return { ...counts, summary: { leftOut, zones } };
  });
}

/** Class, kind and name; the kind is null where it is no business. */
function classOf(tags: Tags, options: ZoneOptions) {
  const name = options.name === undefined ? undefined : tags[options.name];
  if (options.class === undefined) {
    const zone = classifyZone(tags);
    return [tags['landuse'] ?? null, zone?.kind ?? null, name ?? zone?.name ?? null];
  }
  const value = tags[options.class] ?? '';
  return [value, kindOfClass(options.kinds, value) ?? null, name ?? null];
}

/** Takes out what is no business, counted by the letters that its class begins with. */
async function leaveOut(client: Queryable, table: StagingTable): Promise<Record<string, number>> {
  const { rows } = await client.query<{ letters: string; count: number }>(
    `WITH gone AS (DELETE FROM ${table.name} WHERE kind IS NULL RETURNING class)
     SELECT COALESCE(substring(class FROM '^[^0-9 -]+'), '') AS letters, count(*) AS count
     FROM gone GROUP BY 1 ORDER BY 1`,
  );
  return Object.fromEntries(rows.map(({ letters, count }) => [letters, count]));
}

function mergeParts(client: Queryable, table: StagingTable, importId: number) {
  return mergeRows(client, {
    target: 'geo.zone_parts',
    key: ['source_key'],
    columns: {
      kind: {},
      name: {},
      area_m2: { value: 'ST_Area(s.geom::geography)::real' },
      geom: { value: 'ST_Multi(s.geom)::geometry(MultiPolygon, 4326)' },
      source: {},
      licence: {},
    },
    stamps: { import_id: String(importId) },
    source: table.name,
  });
}
