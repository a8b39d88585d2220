import { AppError } from '../../server/errors.js';
import { parseWkb } from '../geometry/parse-wkb.js';
import { decodeFile, type ParquetRows } from './geoparquet/decode-file.js';
import { geoColumnOf, type GeoColumn } from './geoparquet/geo-column.js';
import { toPlain } from './plain-value.js';
import type { ReadOptions, Reader, SourceDescription, SourceRow } from './source-row.js';

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

async function describe(path: string): Promise<SourceDescription> {
  try {
    for await (const part of decodeFile(path)) {
      if (!('schema' in part)) break;
      const { crs } = geoColumnOf(part);
      return { rows: part.rows, crs, encoding: { name: 'utf-8', by: 'file' } };
    }
  } catch (error) {
    throw explained(path, error);
  }
  throw explained(path, new Error('it has no metadata'));
}

async function* readBatches(
  path: string,
  { signal, onFraction }: ReadOptions,
): AsyncGenerator<SourceRow[]> {
  let geo: GeoColumn = { primary: undefined, columns: new Set(), crs: undefined };
  let total = 0;
  try {
    for await (const part of decodeFile(path, signal)) {
      signal?.throwIfAborted();
      if ('schema' in part) {
        geo = geoColumnOf(part);
        total = part.rows;
        continue;
      }
      yield toRows(part, geo);
      onFraction?.((part.first + part.count) / total);
    }
  } catch (error) {
    throw signal?.aborted ? error : explained(path, error);
  }
}

function toRows({ first, count, columns }: ParquetRows, geo: GeoColumn): SourceRow[] {
  const plain = columns.filter(({ name }) => !geo.columns.has(name));
  const shapes = columns.find(({ name }) => name === geo.primary)?.values;
  return Array.from({ length: count }, (_, index) => {
    const values: Record<string, unknown> = {};
    for (const column of plain) values[column.name] = toPlain(column.values[index]);
    return withGeometry({ line: first + index + 1, values }, shapes?.[index]);
  });
}

function withGeometry(row: SourceRow, bytes: unknown): SourceRow {
  if (!(bytes instanceof Uint8Array)) return row;
  try {
    const geometry = parseWkb(bytes)?.geometry;
    return geometry ? { ...row, geometry } : row;
  } catch (error) {
    return { ...row, problem: `the geometry is damaged: ${(error as Error).message}` };
  }
}

function explained(path: string, error: unknown): AppError {
  if (error instanceof AppError) return error;
  return new AppError('validation', `${path}: ${(error as Error).message}.`);
}
