import { z } from 'zod';
import type { Queryable } from '../../server/db/database.js';
import { defineImporter, type ImportContext, type ImportSource } from '../importer.js';
import type { StagingTable } from '../loaders/bulk-loader.js';
import { mergeRows } from '../loaders/merge-rows.js';
import { rejectDuplicates, warnStaged } from '../loaders/staged-issues.js';
import type { Fields } from '../mapping/field.js';
import { mapOption } from '../mapping/mapping.js';
import { fileOptions } from '../import-source.js';
import { stageMapped, type Staged } from '../mapping/stage-mapped.js';
import { placeAndMatchAccounts } from '../matching/match-accounts.js';
import { placeAccounts } from '../placing/place-accounts.js';
import { projectBounds } from '../values/project-bounds.js';
import { citySynonyms, coordinateFields, postcodeSynonyms } from './coordinate-fields.js';
import { findLevel, levelOption } from './region-level.js';
import { rowPoint } from './row-point.js';

const postcodesOptions = z.object({
  ...fileOptions,
  map: mapOption,
  pad: z.coerce
    .number()
    .int()
    .positive()
    .optional()
    .describe('Puts zeros in front up to this length'),
  level: levelOption.optional().describe('Level of the region column; else the deepest'),
});

type PostcodesOptions = z.output<typeof postcodesOptions>;

const fields: Fields = {
  postcode: { type: 'text', required: true, synonyms: postcodeSynonyms },
  place: { type: 'text', synonyms: ['city', ...citySynonyms] },
  region: { type: 'text', synonyms: ['region_code'] },
  ...coordinateFields,
};

/** Postcodes with their point, place and region. */
export const postcodesImporter = defineImporter({
  name: 'postcodes',
  describe: 'Postcodes with point, place and region code (CSV, GeoJSON)',
  options: postcodesOptions,
  fields,
  run: importPostcodes,
});

async function importPostcodes(
  source: ImportSource,
  options: PostcodesOptions,
  context: ImportContext,
) {
  const { database, issues, progress } = context;
  const bounds = await projectBounds(database.pool);
  const staged = await stageMapped(context, {
    source,
    options,
    purpose: 'postcodes',
    fields,
    extra: {
      columns: { point: 'geometry', region_id: 'bigint' },
      values: async (row, mapped) => [await rowPoint(row, mapped, { bounds, issues }), null],
    },
  });
  progress.stage('Writing postcodes');
  return database.transaction(async (client) => {
    const { table } = staged;
    if (options.pad !== undefined) {
      await client.query(
        `UPDATE ${table.name} SET postcode = lpad(postcode, $1, '0')
        WHERE length(postcode) < $1`,
        [options.pad],
      );
    }
    await rejectDuplicates(client, context, table, ['postcode']);
    await findRegions(client, context, table, options.level);
    const counts = await mergePostcodes(client, staged, { source, context });
    if (counts.inserted + counts.updated > 0) await placeAgain(client, context);
    context.signal.throwIfAborted();
    return { ...counts, summary: { columns: staged.mapper?.columns ?? {} } };
  });
}

/** Sets `region_id` of staged rows by their region code; codes that are not known are told. */
export async function findRegions(
  client: Queryable,
  context: ImportContext,
  table: StagingTable,
  givenLevel: string | undefined,
): Promise<void> {
  const level = givenLevel === undefined ? undefined : await findLevel(client, givenLevel);
  await client.query(
    `UPDATE ${table.name} s SET region_id = (
       SELECT r.region_id FROM geo.regions r
       WHERE r.code = s.region AND r.level > 0 AND ($1::int IS NULL OR r.level = $1)
       ORDER BY r.level DESC LIMIT 1)
     WHERE s.region IS NOT NULL`,
    [level ?? null],
  );
  await warnStaged(client, context, table, {
    where: 's.region IS NOT NULL AND s.region_id IS NULL',
    field: 'region',
    value: 's.region',
    reason: `'no region has this code; left empty'`,
  });
}

async function mergePostcodes(
  client: Queryable,
  { table, mapper }: Staged,
  { source, context }: { readonly source: ImportSource; readonly context: ImportContext },
) {
  const has = (field: string) => mapper?.fields.includes(field) ?? false;
  const hasPoint = has('lon') || has('lat');
  await client.query(`ALTER TABLE ${table.name} ADD source text, ADD licence text`);
  await client.query(`UPDATE ${table.name} SET source = $1, licence = $2`, [
    source.source ?? null,
    source.licence ?? null,
  ]);
  return mergeRows(client, {
    target: 'geo.postcodes',
    key: ['postcode'],
    columns: {
      ...(has('place') ? { place: {} } : {}),
      ...(has('region') ? { region_id: {} } : {}),
      ...(hasPoint ? { geom: { value: 's.point::geometry(Point, 4326)' } } : {}),
      source: {},
      licence: {},
    },
    stamps: { import_id: String(context.importId) },
    source: table.name,
  });
}

/** Places and matches the accounts again whose postcode says something else now. */
export async function placeAgain(client: Queryable, context: ImportContext): Promise<void> {
  if (context.isCheck) return;
  context.progress.stage('Placing accounts by postcode');
  await placeAccounts(client, 'all');
  await placeAndMatchAccounts(client, 'stale', { signal: context.signal });
}
