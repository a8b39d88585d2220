import path from 'node:path';
import type { z } from 'zod';
import type { Position } from '../crs/resolve-crs.js';
import type { ToLonLat } from '../crs/transform.js';
import { openImportSource, type FileOptions } from '../import-source.js';
import type { ImportContext, ImportSource } from '../importer.js';
import {
  createStagingTable,
  type StagingRow,
  type StagingTable,
  type StagingType,
  type StagingValue,
} from '../loaders/bulk-loader.js';
import type { OpenSource } from '../readers/open-source.js';
import type { SourceRow } from '../readers/source-row.js';
import { jsonText } from '../values/json-text.js';
import type { Fields, FieldType } from './field.js';
import { readMapping, type Mapping, type mapOption } from './mapping.js';
import { assertColumns, createRowMapper, type MappedRow, type RowMapper } from './row-mapper.js';

/** Staging columns beside those of the fields, and their values for a row. */
export type ExtraColumns = {
  readonly columns: Readonly<Record<string, StagingType>>;
  /** Null rejects the row; it has been told by then. A promise only where something has to be told. */
  values(
    row: SourceRow,
    mapped: MappedRow,
  ): readonly StagingValue[] | null | Promise<readonly StagingValue[] | null>;
};

export type StageMapped = {
  readonly source: Pick<ImportSource, 'path'>;
  readonly options: Partial<FileOptions> & { readonly map?: z.output<typeof mapOption> };
  /** Name of the staging table within the import. */
  readonly purpose: string;
  readonly fields: Fields;
  readonly extra?: ExtraColumns;
};

export type Staged = {
  readonly table: StagingTable;
  /** Undefined where the file has no rows. */
  readonly mapper: RowMapper | undefined;
};

/**
 * Reads a file into a staging table: `line`, one column a field, `attributes`, and the extra columns. Only
 * columns that the file fills are sent; the others keep null, `attributes` an empty object.
 * Rows without a required field, or that the reader found broken, are rejected and told.
 */
export async function stageMapped(context: ImportContext, request: StageMapped): Promise<Staged> {
  const { issues, progress, signal } = context;
  const { fields, extra, options, source } = request;
  const mapping = await readMapping(options.map, path.dirname(source.path));
  progress.stage(`Reading ${path.basename(source.path)}`);
  const table = await createStagingTable(context.database.pool, context.importId, request.purpose, {
    line: 'bigint',
    ...Object.fromEntries(
      Object.entries(fields).map(([name, { type }]) => [name, stagingType[type]]),
    ),
    attributes: 'jsonb',
    ...extra?.columns,
  });
  await context.database.pool.query(`ALTER TABLE ${table.name} ALTER attributes SET DEFAULT '{}'`);
  const opened = await openImportSource(context, source.path, options);
  const mapper = await mapperFor(opened, fields, mapping);
  const names = mapper?.fields ?? [];
  const hasAttributes = mapper?.hasAttributes ?? false;
  const staged = async function* (): AsyncGenerator<StagingRow[]> {
    for await (const batch of opened.batches) {
      if (mapper === undefined) continue;
      const rows: StagingRow[] = [];
      for (const row of batch) {
        const values = stageRow(row, mapper);
        const known = values instanceof Promise ? await values : values;
        if (known) rows.push(known);
      }
      context.countRead(batch.length);
      yield rows;
    }
  };
  const rowOf = (
    row: SourceRow,
    mapped: MappedRow,
    added: readonly StagingValue[] | null,
  ): StagingRow | null => {
    if (added === null) return null;
    const values: StagingValue[] = [row.line];
    for (const name of names) values.push(mapped.values[name] ?? null);
    if (hasAttributes) values.push(jsonText(mapped.attributes));
    values.push(...added);
    return values;
  };
  /** The row as it is staged, null where it is rejected; a promise where something is told. */
  const stageRow = (row: SourceRow, by: RowMapper) => {
    if (row.problem !== undefined) return tell(row, by.map(row));
    const mapped = by.map(row);
    if (mapped.problems.length > 0) return tell(row, mapped);
    const added = extra ? extra.values(row, mapped) : [];
    if (added instanceof Promise) return added.then((values) => rowOf(row, mapped, values));
    return rowOf(row, mapped, added);
  };
  const tell = async (row: SourceRow, mapped: MappedRow): Promise<StagingRow | null> => {
    const { line } = row;
    const fatal =
      row.problem === undefined
        ? mapped.problems.find(({ isFatal }) => isFatal)
        : { field: null, value: null, reason: row.problem };
    if (fatal) {
      await issues.reject({ line, field: fatal.field, value: fatal.value, reason: fatal.reason });
      return null;
    }
    for (const { field, value, reason } of mapped.problems) {
      await issues.warn({ line, field, value, reason: `${reason}; left empty` });
    }
    return rowOf(row, mapped, extra ? await extra.values(row, mapped) : []);
  };
  const filled = columnsOf(table, [
    'line',
    ...names,
    ...(hasAttributes ? ['attributes'] : []),
    ...Object.keys(extra?.columns ?? {}),
  ]);
  await context.loader.loadBatches(filled, staged(), { signal });
  await context.database.pool.query(`ANALYZE ${table.name}`);
  return { table, mapper };
}

/** The table with some of its columns, in the order given. */
function columnsOf({ name, columns }: StagingTable, names: readonly string[]): StagingTable {
  const chosen = names.map((column) => [column, columns[column] as StagingType]);
  return { name, columns: Object.fromEntries(chosen) };
}

/** The mapper of a source's rows, which gives coordinates in degrees; undefined where it has no rows. */
async function mapperFor(
  source: OpenSource,
  fields: Fields,
  mapping: Mapping | undefined,
): Promise<RowMapper | undefined> {
  const [first] = source.sample;
  if (first === undefined) return undefined;
  try {
    if (source.fixedColumns) assertColumns(mapping, first);
    const mapper = await createRowMapper(fields, mapping, first, source.formatOf);
    // Where shapes give the place, columns of coordinates are values like any other.
    const hasColumns = mapper.fields.includes('lon') && mapper.fields.includes('lat');
    if (!hasColumns || source.detection.geometry) return mapper;
    const toLonLat = await source.coordinatesOf(positionsOf(source.sample, mapper));
    return toLonLat ? inDegrees(mapper, toLonLat) : mapper;
  } catch (error) {
    await source.close();
    throw error;
  }
}

function positionsOf(rows: readonly SourceRow[], mapper: RowMapper): Position[] {
  return rows
    .map((row) => mapper.map(row).values)
    .map(({ lon, lat }): Position => [Number(lon ?? NaN), Number(lat ?? NaN)])
    .filter(([lon, lat]) => !Number.isNaN(lon) && !Number.isNaN(lat));
}

function inDegrees(mapper: RowMapper, toLonLat: ToLonLat): RowMapper {
  return {
    ...mapper,
    map: (row) => {
      const mapped = mapper.map(row);
      const { lon: x, lat: y } = mapped.values;
      if (typeof x !== 'number' || typeof y !== 'number') return mapped;
      const [lon, lat] = toLonLat(x, y);
      return { ...mapped, values: { ...mapped.values, lon, lat } };
    },
  };
}

const stagingType: Readonly<Record<FieldType, StagingType>> = {
  text: 'text',
  choice: 'text',
  number: 'double precision',
  integer: 'bigint',
  date: 'date',
  timestamp: 'timestamptz',
};
