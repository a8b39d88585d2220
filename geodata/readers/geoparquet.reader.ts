import {
  asyncBufferFromFile,
  parquetMetadataAsync,
  parquetReadObjects,
  type AsyncBuffer,
  type FileMetaData,
  type ParquetParsers,
} from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import { AppError } from '../../server/errors.js';
import { parseWkb } from '../geometry/parse-wkb.js';
import { assertPages } from './geoparquet/check-pages.js';
import { geoColumnOf, type GeoColumn } from './geoparquet/geo-column.js';
import { toPlain } from './plain-value.js';
import type { ReadOptions, Reader, SourceDescription, SourceRow } from './source-row.js';

/** Rows that are decoded at once, within a row group of the file. */
const batchRows = 65_536;

/** GeoParquet, and Parquet without geometry: row group by row group. */
export const geoparquetReader: Reader = {
  name: 'geoparquet',
  title: 'GeoParquet',
  extensions: ['parquet', 'geoparquet'],
  fixedColumns: true,
  readsGzip: false,
  describe,
  async *read(path, options) {
    for await (const batch of readBatches(path, options)) yield* batch;
  },
  readBatches,
};

/** Geometry stays bytes: it is decoded with the checks that a file from outside needs. */
const parsers: Partial<ParquetParsers> = {
  geometryFromBytes: (bytes) => bytes,
  geographyFromBytes: (bytes) => bytes,
  dateFromDays: (days) => new Date(days * 86_400_000).toISOString().slice(0, 10),
};

async function describe(path: string): Promise<SourceDescription> {
  return reading(path, async () => {
    const { metadata } = await open(path);
    const { crs } = geoColumnOf(metadata);
    return { rows: Number(metadata.num_rows), crs, encoding: { name: 'utf-8', by: 'file' } };
  });
}

async function* readBatches(path: string, options: ReadOptions): AsyncGenerator<SourceRow[]> {
  const { file, metadata } = await reading(path, () => open(path));
  const geo = geoColumnOf(metadata);
  const total = Number(metadata.num_rows);
  let first = 0;
  for (const group of metadata.row_groups) {
    const end = first + Number(group.num_rows);
    await reading(path, () => assertPages(file, group));
    for (let from = first; from < end; from += batchRows) {
      options.signal?.throwIfAborted();
      const rowEnd = Math.min(end, from + batchRows);
      const range = { file, metadata, compressors, parsers, rowStart: from, rowEnd };
      const rows = await reading(path, () => parquetReadObjects(range));
      yield rows.map((row, index) => toRow(from + index + 1, row, geo));
      options.onFraction?.(rowEnd / total);
    }
    first = end;
  }
}

async function open(path: string): Promise<{ file: AsyncBuffer; metadata: FileMetaData }> {
  const file = await asyncBufferFromFile(path);
  return { file, metadata: await parquetMetadataAsync(file, { parsers }) };
}

function toRow(line: number, row: Record<string, unknown>, geo: GeoColumn): SourceRow {
  const values: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(row)) {
    if (!geo.columns.has(name)) values[name] = toPlain(value);
  }
  const bytes = geo.primary === undefined ? undefined : row[geo.primary];
  if (!(bytes instanceof Uint8Array)) return { line, values };
  try {
    const geometry = parseWkb(bytes)?.geometry;
    return geometry ? { line, values, geometry } : { line, values };
  } catch (error) {
    return { line, values, problem: `the geometry is damaged: ${(error as Error).message}` };
  }
}

async function reading<Result>(path: string, read: () => Promise<Result>): Promise<Result> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw new AppError('validation', `${path}: ${(error as Error).message}.`);
  }
}
