import { escapeLiteral } from 'pg';
import { z } from 'zod';
import { defineImporter, type ImportContext, type ImportSource } from '../importer.js';
import { mergeRows } from '../loaders/merge-rows.js';
import { rejectDuplicates, rejectStaged } from '../loaders/staged-issues.js';
import type { Fields } from '../mapping/field.js';
import { mapOption } from '../mapping/mapping.js';
import { fileOptions } from '../import-source.js';
import { stageMapped } from '../mapping/stage-mapped.js';
import { projectBounds } from '../values/project-bounds.js';
import { citySynonyms, coordinateFields, postcodeSynonyms } from './coordinate-fields.js';
import { rowPoint } from './row-point.js';

const addressesOptions = z.object({ ...fileOptions, map: mapOption });

const fields: Fields = {
  key: {
    type: 'text',
    synonyms: ['id', 'osm_node_id', 'identificatie', 'identifica', 'uprn', 'source_key'],
  },
  street: {
    type: 'text',
    required: true,
    synonyms: [
      'street_name',
      'openbare_ruimte',
      'openbare_r',
      'straat',
      'straatnaam',
      'rua',
      'logradouro',
      'rue',
      'nom_voie',
      'voie',
      'strasse',
      'straße',
      'road',
    ],
  },
  house_number: {
    type: 'text',
    synonyms: [
      'housenumber',
      'number',
      'huisnummer',
      'numero',
      'número',
      'hausnummer',
      'house_no',
      'nr',
    ],
  },
  suffix: {
    type: 'text',
    synonyms: ['house_letter', 'huisletter', 'rep', 'complemento', 'hausnummerzusatz', 'addition'],
  },
  addition: { type: 'text', synonyms: ['toevoeging', 'huisnummertoevoeging', 'unit'] },
  postcode: { type: 'text', synonyms: postcodeSynonyms },
  city: { type: 'text', synonyms: citySynonyms },
  ...coordinateFields,
};

/** An address register: street, house number, postcode, town and point, a row each. */
export const addressesImporter = defineImporter({
  name: 'addresses',
  describe:
    'Addresses of a register with their points, which accounts are placed by (CSV, GeoJSON)',
  options: addressesOptions,
  fields,
  run: importAddresses,
});

async function importAddresses(
  source: ImportSource,
  options: z.output<typeof addressesOptions>,
  context: ImportContext,
) {
  const { database, issues, progress } = context;
  const bounds = await projectBounds(database.pool);
  const { table, mapper } = await stageMapped(context, {
    source,
    options,
    purpose: 'addresses',
    fields,
    extra: {
      columns: { point: 'geometry', source_key: 'text' },
      values: async (row, mapped) => [await rowPoint(row, mapped, { bounds, issues }), null],
    },
  });
  progress.stage('Writing addresses');
  return database.transaction(async (client) => {
    await rejectStaged(client, context, table, {
      where: 's.point IS NULL',
      field: 'coordinates',
      value: 's.street',
      reason: `'an address without a point is of no use'`,
    });
    await client.query(
      `UPDATE ${table.name} SET
         house_number = NULLIF(concat(house_number, suffix,
           CASE WHEN addition IS NOT NULL THEN '-' || addition END), ''),
         source_key = 'address/' || COALESCE(key, concat_ws('|', street, house_number, suffix, addition, postcode, city))`,
    );
    await rejectDuplicates(client, context, table, ['source_key']);
    const counts = await mergeRows(client, {
      target: 'geo.addresses',
      key: ['source_key'],
      columns: {
        street: {},
        house_number: {},
        postcode: {},
        city: {},
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

/** The staged rows with the publisher and licence of their file. */
export function withSource(table: string, { source, licence }: ImportSource): string {
  return `(SELECT s.*, ${literal(source)} AS source, ${literal(licence)} AS licence FROM ${table} s)`;
}

function literal(text: string | undefined): string {
  return text === undefined ? 'NULL::text' : `${escapeLiteral(text)}::text`;
}
