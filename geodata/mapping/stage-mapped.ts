import path from 'node:path';
import { z } from 'zod';
import type { ImportContext, ImportSource } from '../importer.js';
import {
  createStagingTable,
  type StagingTable,
  type StagingType,
  type StagingValue,
} from '../loaders/bulk-loader.js';
import { readerFor } from '../readers.js';
import type { SourceRow } from '../readers/source-row.js';
import type { Fields, FieldType } from './field.js';
import { readMapping, type mapOption } from './mapping.js';
import { assertColumns, createRowMapper, type MappedRow, type RowMapper } from './row-mapper.js';

/** Options that every importer of a text file has. */
export const fileOptions = {
  separator: z.string().length(1).optional().describe('Field separator, found out by itself'),
  quote: z.string().length(1).optional().describe('Quote character, default "'),
  encoding: z.enum(['utf8', 'latin1']).optional().describe('Character set, default utf8'),
};

export type FileOptions = {
  readonly separator?: string | undefined;
  readonly quote?: string | undefined;
  readonly encoding?: 'utf8' | 'latin1' | undefined;
};

/** Staging columns beside those of the fields, and their values for a row. */
export type ExtraColumns = {
  readonly columns: Readonly<Record<string, StagingType>>;
  /** Null rejects the row; it has been told by then. */
  values(row: SourceRow, mapped: MappedRow): Promise<readonly StagingValue[] | null>;
};

export type StageMapped = {
  readonly source: Pick<ImportSource, 'path'>;
  readonly options: FileOptions & { readonly map?: z.output<typeof mapOption> };
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
 * Reads a file into a staging table: `line`, one column a field, `attributes`, and the extra columns.
 * Rows without a required field, or that the reader found broken, are rejected and told.
 */
export async function stageMapped(context: ImportContext, request: StageMapped): Promise<Staged> {
  const { issues, progress, signal } = context;
  const { fields, extra, options, source } = request;
  const mapping = await readMapping(options.map, path.dirname(source.path));
  const reader = readerFor(source.path);
  progress.stage(`Reading ${path.basename(source.path)}`);
  const rows = reader.read(source.path, {
    ...options,
    signal,
    onFraction: (fraction) => progress.fraction(fraction),
  });
  const table = await createStagingTable(context.database.pool, context.importId, request.purpose, {
    line: 'bigint',
    ...Object.fromEntries(
      Object.entries(fields).map(([name, { type }]) => [name, stagingType[type]]),
    ),
    attributes: 'jsonb',
    ...extra?.columns,
  });
  let mapper: RowMapper | undefined;
  const staged = async function* (): AsyncGenerator<readonly StagingValue[]> {
    for await (const row of rows) {
      if (mapper === undefined) {
        if (reader.fixedColumns) assertColumns(mapping, row);
        mapper = await createRowMapper(fields, mapping, row);
      }
      context.countRead(1);
      const values = await stageRow(row, mapper);
      if (values) yield values;
    }
  };
  const stageRow = async (row: SourceRow, by: RowMapper) => {
    const { line } = row;
    if (row.problem !== undefined) {
      await issues.reject({ line, field: null, value: null, reason: row.problem });
      return undefined;
    }
    const mapped = by.map(row);
    const fatal = mapped.problems.find(({ isFatal }) => isFatal);
    if (fatal) {
      await issues.reject({ line, field: fatal.field, value: fatal.value, reason: fatal.reason });
      return undefined;
    }
    for (const { field, value, reason } of mapped.problems) {
      await issues.warn({ line, field, value, reason: `${reason}; left empty` });
    }
    const added = extra ? await extra.values(row, mapped) : [];
    if (added === null) return undefined;
    const values = Object.keys(fields).map((field) => mapped.values[field] ?? null);
    return [line, ...values, JSON.stringify(mapped.attributes), ...added];
  };
  await context.loader.load(table, staged(), { signal });
  await context.database.pool.query(`ANALYZE ${table.name}`);
  return { table, mapper };
}

const stagingType: Readonly<Record<FieldType, StagingType>> = {
  text: 'text',
  choice: 'text',
  number: 'double precision',
  integer: 'bigint',
  date: 'date',
  timestamp: 'timestamptz',
};
