import path from 'node:path';
import { z } from 'zod';
import type { ImportContext, ImportSource } from '../importer.js';
import {
  createStagingTable,
  type StagingRow,
  type StagingTable,
  type StagingType,
  type StagingValue,
} from '../loaders/bulk-loader.js';
import { readerFor } from '../readers.js';
import type { Reader, SourceRow } from '../readers/source-row.js';
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
  /** Null rejects the row; it has been told by then. A promise only where something has to be told. */
  values(
    row: SourceRow,
    mapped: MappedRow,
  ): readonly StagingValue[] | null | Promise<readonly StagingValue[] | null>;
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
  const batches = (reader.readBatches ?? singly(reader))(source.path, {
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
  const staged = async function* (): AsyncGenerator<StagingRow[]> {
    for await (const batch of batches) {
      const first = batch[0];
      if (first === undefined) continue;
      if (mapper === undefined) {
        if (reader.fixedColumns) assertColumns(mapping, first);
        mapper = await createRowMapper(fields, mapping, first);
      }
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
  const names = Object.keys(fields);
  const rowOf = (
    row: SourceRow,
    mapped: MappedRow,
    added: readonly StagingValue[] | null,
  ): StagingRow | null => {
    if (added === null) return null;
    const values: StagingValue[] = [row.line];
    for (const name of names) values.push(mapped.values[name] ?? null);
    values.push(mapper?.hasAttributes ? JSON.stringify(mapped.attributes) : '{}', ...added);
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
  await context.loader.loadBatches(table, staged(), { signal });
  await context.database.pool.query(`ANALYZE ${table.name}`);
  return { table, mapper };
}

/** Batches of one, for readers that give rows singly. */
function singly(reader: Reader): NonNullable<Reader['readBatches']> {
  return async function* (path, options) {
    for await (const row of reader.read(path, options)) yield [row];
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
