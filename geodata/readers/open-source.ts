import path from 'node:path';
import { AppError } from '../../server/errors.js';
import { crsOption } from '../crs/parse-crs-name.js';
import { builtInProjections, type Projections } from '../crs/projections.js';
import { resolveCrs, type Position, type ResolvedCrs } from '../crs/resolve-crs.js';
import { firstPosition, transformGeometry, type ToLonLat } from '../crs/transform.js';
import {
  detectColumns,
  fileFormatOf,
  valueFormat,
  type ValueFormat,
} from '../detect/column-formats.js';
import {
  encodingOf,
  findGeometryColumn,
  withGeometry,
  type GeometryColumn,
} from '../geometry/geometry-column.js';
import { openLocalFile, type LocalFile } from './local-file.js';
import { PeekedBatches } from './peeked-batches.js';
import type { SourceDetection } from './source-detection.js';
import type { ReadOptions, SourceDescription, SourceRow } from './source-row.js';

/** How to open a source: as for reading, and what concerns its coordinates. */
export type SourceOptions = ReadOptions & {
  /** Coordinate system such as `EPSG:28992`; else the one that the file names. */
  readonly crs?: string | undefined;
  /** Which of the coordinates comes first: `xy` (longitude, easting) is usual. */
  readonly axes?: 'xy' | 'yx' | undefined;
  /** Column of text that holds geometry as WKT, WKB or GeoJSON; found where not given. */
  readonly geometry?: string | undefined;
  /** Where definitions of coordinate systems come from; without, a few usual ones are known. */
  readonly projections?: Projections | undefined;
};

export type OpenSource = {
  readonly detection: SourceDetection;
  /** Whether all rows have the columns of the first one. */
  readonly fixedColumns: boolean;
  /** The first rows, which `batches` gives again. */
  readonly sample: readonly SourceRow[];
  /** All rows, with geometry in longitude and latitude. To be read once; frees what was unpacked. */
  readonly batches: AsyncIterable<readonly SourceRow[]>;
  /** How numbers and dates of a column are to be read. */
  formatOf(column: string): ValueFormat;
  /**
   * What makes longitude and latitude of coordinates in two columns; undefined where they are that.
   * Throws an AppError where they cannot be of the system that was given, or of degrees.
   */
  coordinatesOf(positions: readonly Position[]): Promise<ToLonLat | undefined>;
  /** Frees what was unpacked, where `batches` is not read to its end. */
  close(): Promise<void>;
};

/** Rows looked at to find out formats; the text of a first piece may hold more. */
const sampleRows = 1000;

/**
 * Opens a file of any known format: finds the format by its content, then character set, layout, formats of
 * values and coordinate system, from what the file says of itself and from its first rows.
 *
 * @throws AppError where it cannot be read, holds several layers and none is asked for, or its
 *   coordinate system is not known
 */
export async function openSource(file: string, options: SourceOptions = {}): Promise<OpenSource> {
  const local = await openLocalFile(file, options);
  try {
    return await openLocal(file, local, options);
  } catch (error) {
    await local.remove();
    options.signal?.throwIfAborted();
    throw named(error, local, file);
  }
}

async function openLocal(
  file: string,
  local: LocalFile,
  options: SourceOptions,
): Promise<OpenSource> {
  const { reader } = local;
  const reading = local.isLayerUsed ? { ...options, layer: undefined } : options;
  const described = (await reader.describe?.(local.path, reading)) ?? {};
  const peeked = new PeekedBatches(reader, local.path, { options: reading, described });
  await peeked.peek(sampleRows);
  const raw = peeked.sample.slice(0, sampleRows);
  const column = geometryColumn(raw, options.geometry, file);
  const { rows: sample, srid, isNorthFirst } = parsedSample(raw, column);
  const positions = sample
    .map(({ geometry }) => geometry && firstPosition(geometry))
    .filter((position) => position !== undefined);
  const question = {
    file: path.basename(file),
    option: optionOf(options),
    declared: declaredOf(described, srid, isNorthFirst),
    projections: options.projections ?? builtInProjections,
  };
  const resolved: ResolvedCrs | undefined =
    sample.some(({ geometry }) => geometry) || question.option
      ? await resolveCrs({ ...question, positions })
      : undefined;
  const columns = detectColumns(sample);
  const values = fileFormatOf(columns);
  const byName = new Map(columns.map((found) => [found.name, found]));
  const finish = (row: SourceRow) =>
    toLonLatRow(column ? withGeometry(row, column).row : row, resolved);
  const isPlain = column === undefined && resolved?.toLonLat === undefined;
  return {
    detection: {
      format: reader.title,
      packing: local.packing,
      ...described,
      crs: resolved?.crs,
      geometry: geometryOf(sample, column),
      columns,
      values,
    },
    fixedColumns: reader.fixedColumns,
    sample: sample.map((row) => toLonLatRow(row, resolved)),
    batches: finished(peeked, isPlain ? undefined : finish, { local, file, options }),
    formatOf: (name) => valueFormat(byName.get(name), values),
    coordinatesOf: async (found) =>
      (await resolveCrs({ ...question, declared: undefined, positions: found })).toLonLat,
    close: async () => {
      await peeked.close();
      await local.remove();
    },
  };
}

async function* finished(
  batches: AsyncIterable<readonly SourceRow[]>,
  finish: ((row: SourceRow) => SourceRow) | undefined,
  { local, file, options }: { local: LocalFile; file: string; options: SourceOptions },
): AsyncGenerator<readonly SourceRow[]> {
  try {
    for await (const batch of batches) yield finish ? batch.map(finish) : batch;
  } catch (error) {
    options.signal?.throwIfAborted();
    throw named(error, local, file);
  } finally {
    await local.remove();
  }
}

/** Messages name the file that a person gave, not the one that was unpacked from it. */
function named(error: unknown, local: LocalFile, file: string): unknown {
  if (!(error instanceof AppError) || local.path === file) return error;
  return new AppError(error.code, error.message.replaceAll(local.path, file), error.details);
}

function optionOf({ crs, axes }: SourceOptions) {
  if (crs === undefined && axes !== 'yx') return undefined;
  return { ...crsOption(crs ?? 'EPSG:4326'), isNorthFirst: axes === 'yx' };
}

function declaredOf(
  { crs }: SourceDescription,
  srid: number | undefined,
  isNorthFirst: boolean,
): SourceDescription['crs'] {
  return crs ?? (srid === undefined || srid === 0 ? undefined : { epsg: srid, isNorthFirst });
}

function geometryColumn(
  rows: readonly SourceRow[],
  asked: string | undefined,
  file: string,
): GeometryColumn | undefined {
  if (asked === undefined) {
    return rows.some(({ geometry }) => geometry) ? undefined : findGeometryColumn(rows);
  }
  const encoding = encodingOf(rows, asked);
  if (encoding) return { name: asked, encoding };
  const reason = `The column ${asked} of ${path.basename(file)} holds no WKT, WKB or GeoJSON.`;
  throw new AppError('validation', reason);
}

function parsedSample(rows: readonly SourceRow[], column: GeometryColumn | undefined) {
  if (!column) return { rows, srid: undefined, isNorthFirst: false };
  const parsed = rows.map((row) => withGeometry(row, column));
  const named = parsed.find(({ srid }) => srid !== undefined);
  return {
    rows: parsed.map(({ row }) => row),
    srid: named?.srid,
    isNorthFirst: named?.isNorthFirst ?? false,
  };
}

function geometryOf(rows: readonly SourceRow[], column: GeometryColumn | undefined) {
  const types = new Set(rows.flatMap(({ geometry }) => (geometry ? [geometry.type] : [])));
  if (types.size === 0) return undefined;
  return { types: [...types], ...(column ? { column: column.name } : {}) };
}

function toLonLatRow(row: SourceRow, resolved: ResolvedCrs | undefined): SourceRow {
  if (!row.geometry || !resolved?.toLonLat) return row;
  return { ...row, geometry: transformGeometry(row.geometry, resolved.toLonLat) };
}
