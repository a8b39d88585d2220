import path from 'node:path';
import { z } from 'zod';
import { fileOptions, importRows } from '../import-source.js';
import { defineImporter, type ImportContext, type ImportSource } from '../importer.js';
import { deriveHousing } from '../housing/derive-housing.js';
import { linkUnits } from '../housing/link-units.js';
import {
  createStagingTable,
  type StagingTable,
  type StagingValue,
} from '../loaders/bulk-loader.js';
import { mergeRows } from '../loaders/merge-rows.js';
import { rejectDuplicates } from '../loaders/staged-issues.js';
import { columnText } from '../mapping/column-value.js';
import { rematchForLayer } from '../matching/rematch-for-layer.js';
import type { SourceRow } from '../readers/source-row.js';
import { checkCoordinates } from '../values/check-coordinates.js';
import { parseNumber } from '../values/parse-number.js';
import { keySource } from './feature-tags.js';

const column = (what: string) => z.string().min(1).optional().describe(`Column with ${what}`);
const words = (text: string) =>
  text
    .split(',')
    .map((word) => word.trim().toLowerCase())
    .filter(Boolean);

const dwellingOptions = z.object({
  ...fileOptions,
  key: z.string().min(1).default('{id}').describe('Column, or template, that identifies a unit'),
  building: column('the id of the building in the register'),
  use: column('the use of the unit, several parted by commas'),
  dwellingUses: z
    .string()
    .default('woonfunctie,residential,dwelling,house,flat,apartment,wohnen,wohnung,logement')
    .describe('Uses that mean living, parted by commas'),
  status: column('the status of the unit'),
  inUse: z
    .string()
    .default('')
    .describe('Statuses of units in use, parted by commas; without it all are'),
  floorArea: column('the floor area in m²'),
  year: column('the year built'),
  lon: z.string().min(1).default('lon').describe('Column with the longitude'),
  lat: z.string().min(1).default('lat').describe('Column with the latitude'),
});

type DwellingOptions = z.output<typeof dwellingOptions>;

/** Units of an official register of dwellings, linked to the buildings that hold them. */
export const dwellingsImporter = defineImporter({
  name: 'dwellings',
  describe: 'Units of a register of dwellings: use, floor area, year and building (CSV)',
  options: dwellingOptions,
  run: importDwellings,
});

async function importDwellings(
  source: ImportSource,
  options: DwellingOptions,
  context: ImportContext,
) {
  const { database, importId, issues, progress, signal } = context;
  const table = await stageUnits(source, options, context);
  progress.stage('Writing units');
  return database.transaction(async (client) => {
    await rejectDuplicates(client, context, table, ['source_key']);
    const counts = await mergeRows(client, {
      target: 'geo.dwelling_units',
      key: ['source_key'],
      columns: {
        ...Object.fromEntries(['building_ref', 'use', 'is_dwelling', 'in_use'].map((c) => [c, {}])),
        floor_area_m2: { value: 's.floor_area_m2::real' },
        year: { value: 's.year::smallint' },
        geom: { value: 's.geom::geometry(Point, 4326)' },
        source: {},
        licence: {},
      },
      stamps: { import_id: String(importId) },
      source: table.name,
    });
    progress.stage('Linking units to buildings');
    await client.query('ANALYZE geo.dwelling_units');
    const links = await linkUnits(client, importId);
    await issues.collect(
      client,
      'warning',
      `SELECT s.line, 'building' AS field, s.building_ref AS value,
              'no loaded building has this id, and none holds the point of the unit' AS reason
       FROM ${table.name} s JOIN geo.dwelling_units u ON u.source_key = s.source_key
       WHERE u.building_id IS NULL`,
    );
    if (links.buildingsChanged === 0) return { ...counts, summary: { links } };
    progress.stage('Deriving housing types');
    const housing = await deriveHousing(client, { isRegistered: true, signal });
    if (housing.changed > 0) await rematchForLayer(client, 'buildings', { signal });
    signal.throwIfAborted();
    return { ...counts, summary: { links, housing } };
  });
}

async function stageUnits(
  source: ImportSource,
  options: DwellingOptions,
  context: ImportContext,
): Promise<StagingTable> {
  const { progress, signal, issues } = context;
  const table = await createStagingTable(context.database.pool, context.importId, 'units', {
    line: 'bigint',
    source_key: 'text',
    building_ref: 'text',
    use: 'text',
    is_dwelling: 'boolean',
    in_use: 'boolean',
    floor_area_m2: 'double precision',
    year: 'integer',
    geom: 'geometry',
    source: 'text',
    licence: 'text',
  });
  const keyOf = keySource(options.key);
  const factsOf = unitReader(options);
  progress.stage(`Reading ${path.basename(source.path)}`);
  const staged = async function* () {
    for await (const row of importRows(context, source.path, options)) {
      const key = keyOf(row);
      const reason = row.problem ?? (key === null ? `${options.key} is empty` : undefined);
      if (reason === undefined) {
        const facts = [...factsOf(row), await pointOf(row, options, context)];
        yield [row.line, key, ...facts, source.source ?? null, source.licence ?? null];
      } else await issues.reject({ line: row.line, field: 'key', value: key, reason });
    }
  };
  await context.loader.load(table, staged(), { signal });
  return table;
}

/** Reads what a row says of its unit. */
function unitReader(options: DwellingOptions): (row: SourceRow) => StagingValue[] {
  const dwellingUses = words(options.dwellingUses);
  const inUse = words(options.inUse);
  return (row) => unitOf(row, options, { dwellingUses, inUse });
}

function unitOf(
  { values }: SourceRow,
  options: DwellingOptions,
  lists: { readonly dwellingUses: readonly string[]; readonly inUse: readonly string[] },
): StagingValue[] {
  const text = (name: string | undefined) => (name === undefined ? null : columnText(values, name));
  const use = text(options.use);
  const uses = words(use ?? '');
  const status = text(options.status)?.toLowerCase() ?? '';
  return [
    text(options.building)?.replace(/^0+/, '') ?? null,
    use,
    uses.some((word) => lists.dwellingUses.includes(word)),
    lists.inUse.length === 0 || lists.inUse.includes(status),
    numberOf(text(options.floorArea)),
    numberOf(text(options.year)),
  ];
}

function numberOf(text: string | null): number | null {
  const parsed = text === null ? undefined : parseNumber(text);
  return parsed?.ok ? parsed.value : null;
}

async function pointOf(
  { values, line }: SourceRow,
  options: DwellingOptions,
  { issues }: ImportContext,
): Promise<string | null> {
  const lon = numberOf(columnText(values, options.lon));
  const lat = numberOf(columnText(values, options.lat));
  const check = checkCoordinates(lon, lat, undefined);
  if (check.status === 'good') return `SRID=4326;POINT(${check.lon} ${check.lat})`;
  if (check.status === 'missing') return null;
  const reason = `${check.reason}; not used`;
  await issues.warn({ line, field: 'coordinates', value: `${lon} ${lat}`, reason });
  return null;
}
