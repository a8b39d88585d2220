import { AppError } from '../../server/errors.js';
import { encodingOption } from '../detect/encoding.js';
import { ByteSource } from './byte-source.js';
import { sampleBytes } from './open-file.js';
import { dbfEncoding } from './shapefile/dbf-encoding.js';
import { readDbfHeader, readDbfRecord, type DbfHeader } from './shapefile/read-dbf.js';
import { readShape, readShpHeader } from './shapefile/read-shp.js';
import { openParts, type Part, type ShapefileParts } from './shapefile/shapefile-parts.js';
import type {
  FoundEncoding,
  ReadOptions,
  Reader,
  SourceDescription,
  SourceRow,
} from './source-row.js';

/** An Esri shapefile, in a zip with its table or beside it in a folder, read record by record. */
export const shapefileReader: Reader = {
  name: 'shapefile',
  title: 'Shapefile',
  extensions: ['zip', 'shp'],
  fixedColumns: true,
  readsGzip: false,
  describe,
  read: readShapefile,
};

async function describe(file: string, options: ReadOptions): Promise<SourceDescription> {
  return withParts(file, options, async ({ layer, layers, parts }) => {
    const encoding = await findEncoding(parts, options);
    const shp = await sourceOf(parts.shp);
    const geometryType = shp && (await readShpHeader(shp).finally(() => shp.close()));
    const wkt = (await textOf(parts.prj))?.trim();
    return {
      layers: layers.map((name) => (name === layer ? { name, geometryType } : { name })),
      layer,
      ...(wkt ? { crs: { wkt } } : {}),
      ...(encoding ? { encoding } : {}),
    };
  });
}

async function* readShapefile(
  file: string,
  options: ReadOptions,
  described?: SourceDescription,
): AsyncGenerator<SourceRow> {
  const found = await openParts(file, options);
  const encoding =
    described?.encoding ?? (await findEncoding(found.parts, options).catch(() => undefined));
  const shp = await sourceOf(found.parts.shp);
  const dbf = await sourceOf(found.parts.dbf);
  const total = found.parts.shp?.size ?? 0;
  try {
    if (!shp) throw new Error('there is no .shp file');
    yield* records(shp, dbf, encoding?.name ?? 'utf-8', (offset) => {
      options.signal?.throwIfAborted();
      options.onFraction?.(total === 0 ? 1 : offset / total);
    });
  } catch (error) {
    options.signal?.throwIfAborted();
    throw toAppError(file, error);
  } finally {
    shp?.close();
    dbf?.close();
    found.close();
  }
}

async function* records(
  shp: ByteSource,
  dbf: ByteSource | undefined,
  encoding: string,
  onOffset: (offset: number) => void,
): AsyncGenerator<SourceRow> {
  await readShpHeader(shp);
  const header = dbf && (await readDbfHeader(dbf, encoding));
  for (let line = 1; ; line++) {
    const shape = await readShape(shp);
    const values = dbf && header ? await readDbfRecord(dbf, header, encoding) : {};
    if (shape === undefined || (values === undefined && shape.problem !== undefined)) return;
    if (line % 256 === 1) onOffset(shp.offset);
    if (values === null) continue;
    const problem =
      shape.problem ?? (values === undefined ? 'the table (.dbf) has no such record' : undefined);
    yield {
      line,
      values: values ?? {},
      ...(shape.geometry ? { geometry: shape.geometry } : {}),
      ...(problem === undefined ? {} : { problem }),
    };
    if (shape.problem?.includes('cut off')) return;
  }
}

async function findEncoding(
  { dbf, cpg }: ShapefileParts['parts'],
  options: ReadOptions,
): Promise<FoundEncoding | undefined> {
  if (options.encoding !== undefined) return encodingOption(options.encoding);
  const source = await sourceOf(dbf);
  if (!source) return undefined;
  try {
    const header: DbfHeader = await readDbfHeader(source, 'latin1');
    const text = await source.read(Math.min(sampleBytes, header.recordLength * header.records));
    return dbfEncoding(await textOf(cpg), header.language, text);
  } finally {
    source.close();
  }
}

async function sourceOf(part: Part | undefined): Promise<ByteSource | undefined> {
  if (!part) return undefined;
  const stream = await part.open();
  // Errors reach whoever reads on; one that comes after the last read concerns nobody.
  stream.on('error', () => undefined);
  return new ByteSource(stream, Math.max(part.size, sampleBytes));
}

async function textOf(part: Part | undefined): Promise<string | undefined> {
  const source = await sourceOf(part);
  if (!source) return undefined;
  const bytes = await source.read(Math.min(part?.size ?? 0, sampleBytes));
  source.close();
  return new TextDecoder().decode(bytes);
}

async function withParts<Result>(
  file: string,
  options: ReadOptions,
  use: (parts: ShapefileParts) => Promise<Result>,
): Promise<Result> {
  const parts = await openParts(file, options);
  try {
    return await use(parts);
  } catch (error) {
    throw toAppError(file, error);
  } finally {
    parts.close();
  }
}

function toAppError(file: string, error: unknown): AppError {
  if (error instanceof AppError) return error;
  return new AppError('validation', `${file}: ${(error as Error).message}.`);
}
