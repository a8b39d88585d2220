import { z } from 'zod';
import { defineImporter, type ImportContext, type ImportSource } from '../importer.js';
import { mergeRows } from '../loaders/merge-rows.js';
import { rejectDuplicates, rejectStaged } from '../loaders/staged-issues.js';
import type { Fields } from '../mapping/field.js';
import { mapOption } from '../mapping/mapping.js';
import { fileOptions } from '../import-source.js';
import { stageMapped } from '../mapping/stage-mapped.js';
import { withSource } from './addresses.importer.js';
import { coordinateFields } from './coordinate-fields.js';
import { rowPoint } from './row-point.js';

const settlementsOptions = z.object({
  ...fileOptions,
  map: mapOption,
  country: z
    .string()
    .regex(/^[A-Za-z]{2}$/, 'must be a two-letter code')
    .transform((code) => code.toUpperCase())
    .optional()
    .describe('Only settlements of this country, by its two-letter code'),
});

const fields: Fields = {
  key: { type: 'text', synonyms: ['id', 'geoname_id', 'geonameid', 'osm_id', 'code'] },
  name: { type: 'text', required: true, synonyms: ['place', 'city', 'town', 'plaats', 'ville'] },
  country: { type: 'text', synonyms: ['country_code', 'iso2', 'land'] },
  area: {
    type: 'text',
    synonyms: ['admin_code', 'admin1', 'state', 'province', 'provincie', 'uf'],
  },
  population: { type: 'integer', synonyms: ['inhabitants', 'inwoners', 'pop', 'populacao'] },
  ...coordinateFields,
};

/** Cities, towns and villages of a gazetteer such as GeoNames: the towns that addresses name. */
export const settlementsImporter = defineImporter({
  name: 'settlements',
  describe: 'Cities, towns and villages with their point, which addresses name (CSV, GeoJSON)',
  options: settlementsOptions,
  fields,
  run: importSettlements,
});

async function importSettlements(
  source: ImportSource,
  options: z.output<typeof settlementsOptions>,
  context: ImportContext,
) {
  const { database, issues, progress } = context;
  const { table, mapper } = await stageMapped(context, {
    source,
    options,
    purpose: 'settlements',
    fields,
    extra: {
      columns: { point: 'geometry', source_key: 'text' },
      values: async (row, mapped) => [
        await rowPoint(row, mapped, { bounds: undefined, issues }),
        null,
      ],
    },
  });
  progress.stage('Writing settlements');
  return database.transaction(async (client) => {
    if (options.country !== undefined) {
      await client.query(`DELETE FROM ${table.name} WHERE upper(country) IS DISTINCT FROM $1`, [
        options.country,
      ]);
    }
    await rejectStaged(client, context, table, {
      where: `s.point IS NULL OR s.country !~ '^[A-Za-z]{2}$' OR s.population < 0`,
      field: 'name',
      value: 's.name',
      reason: `'needs a point, a two-letter country and no negative population'`,
    });
    await client.query(
      `UPDATE ${table.name} SET country = upper(country),
         source_key = 'settlement/' || COALESCE(key, concat_ws('|', name, area, country))`,
    );
    await rejectDuplicates(client, context, table, ['source_key']);
    const counts = await mergeRows(client, {
      target: 'geo.settlements',
      key: ['source_key'],
      columns: {
        name: {},
        country: {},
        area: {},
        population: {},
        geom: { value: 's.point::geometry(Point, 4326)' },
        source: {},
        licence: {},
      },
      stamps: { import_id: String(context.importId) },
      source: withSource(table.name, source),
    });
    context.signal.throwIfAborted();
    return { ...counts, summary: { columns: mapper?.columns ?? {} } };
  });
}
