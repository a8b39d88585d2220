import * as flatbuffers from 'flatbuffers';
import { Feature } from 'flatgeobuf/lib/mjs/flat-geobuf/feature.js';
import type { Geometry } from 'flatgeobuf/lib/mjs/flat-geobuf/geometry.js';
import { GeometryType } from 'flatgeobuf/lib/mjs/flat-geobuf/geometry-type.js';
import { parseProperties } from 'flatgeobuf/lib/mjs/generic/feature.js';
import { fromGeometry } from 'flatgeobuf/lib/mjs/geojson/geometry.js';
import { fromByteBuffer, type HeaderMeta } from 'flatgeobuf/lib/mjs/header-meta.js';
import { calcTreeSize } from 'flatgeobuf/lib/mjs/packedrtree.js';
import { AppError } from '../../server/errors.js';
import type { DeclaredCrs } from '../crs/crs.js';
import { ByteSource } from './byte-source.js';
import { openFile } from './open-file.js';
import type {
  ReadOptions,
  Reader,
  SourceDescription,
  SourceGeometry,
  SourceRow,
} from './source-row.js';

/** Longest header and feature that are read: a length beyond is damage. */
const longestHeader = 16 * 2 ** 20;
const longestFeature = 512 * 2 ** 20;

/** FlatGeobuf, read feature by feature; the index in front of them is passed over. */
export const flatgeobufReader: Reader = {
  name: 'flatgeobuf',
  title: 'FlatGeobuf',
  extensions: ['fgb'],
  fixedColumns: true,
  readsGzip: true,
  describe,
  read: readFlatgeobuf,
};

async function describe(path: string, options: ReadOptions): Promise<SourceDescription> {
  const source = new ByteSource(await openFile(path, { signal: options.signal }), longestHeader);
  try {
    const { crs, featuresCount } = await readHeader(source);
    return { rows: featuresCount || undefined, crs: crs ? toCrs(crs) : undefined };
  } catch (error) {
    throw toAppError(path, error);
  } finally {
    source.close();
  }
}

function toCrs({ org, code, wkt, name }: NonNullable<HeaderMeta['crs']>): DeclaredCrs | undefined {
  const isRegistered = code > 0 && (!org || /^(EPSG|ESRI)$/i.test(org));
  if (!isRegistered && !wkt) return undefined;
  return { epsg: isRegistered ? code : undefined, wkt: wkt ?? undefined, name: name ?? undefined };
}

async function* readFlatgeobuf(path: string, options: ReadOptions): AsyncGenerator<SourceRow> {
  const source = new ByteSource(await openFile(path, options), longestFeature);
  try {
    const header = await readHeader(source);
    const { indexNodeSize, featuresCount } = header;
    if (indexNodeSize > 0 && featuresCount > 0) {
      await source.skip(calcTreeSize(featuresCount, indexNodeSize));
    }
    for (let line = 1; ; line++) {
      const bytes = await readFeature(source);
      if (bytes === undefined) break;
      yield toRow(line, bytes, header);
    }
  } catch (error) {
    options.signal?.throwIfAborted();
    throw toAppError(path, error);
  } finally {
    source.close();
  }
}

async function readHeader(source: ByteSource): Promise<HeaderMeta> {
  const start = await source.read(12);
  const isFlatgeobuf = start[0] === 0x66 && start[1] === 0x67 && start[2] === 0x62;
  if (start.length < 12 || !isFlatgeobuf) throw new Error('it is no FlatGeobuf file');
  const length = new DataView(start.buffer, start.byteOffset).getUint32(8, true);
  if (length > longestHeader) throw new Error('its header is damaged');
  const body = await source.read(length);
  if (body.length < length) throw new Error('it is cut off within its header');
  return fromByteBuffer(prefixed(body));
}

/** Bytes of the next feature; undefined at the end. Throws where the file ends within it. */
async function readFeature(source: ByteSource): Promise<Uint8Array | undefined> {
  const prefix = source.has(4) ? source.take(4) : await source.read(4);
  if (prefix.length === 0) return undefined;
  const length = prefix.length < 4 ? Infinity : viewOf(prefix).getUint32(0, true);
  const body = Number.isFinite(length) ? await source.read(length) : prefix;
  if (body.length < length) throw new Error('it is cut off within a feature');
  return body;
}

/** A buffer as flatbuffers wants it: with the length in front, and aligned. */
function prefixed(body: Uint8Array): flatbuffers.ByteBuffer {
  const bytes = new Uint8Array(body.length + 4);
  viewOf(bytes).setUint32(0, body.length, true);
  bytes.set(body, 4);
  return new flatbuffers.ByteBuffer(bytes);
}

function toRow(line: number, bytes: Uint8Array, header: HeaderMeta): SourceRow {
  try {
    const feature = Feature.getSizePrefixedRootAsFeature(prefixed(bytes));
    const values = parseProperties(feature, header.columns) as Record<string, unknown>;
    const geometry = feature.geometry();
    if (!geometry || isEmpty(geometry, header.geometryType)) return { line, values };
    assertParts(geometry, { parts: bytes.length / 4 });
    return {
      line,
      values,
      geometry: fromGeometry(geometry, header.geometryType) as SourceGeometry,
    };
  } catch (error) {
    return { line, values: {}, problem: `the feature is damaged: ${(error as Error).message}` };
  }
}

function isEmpty(geometry: Geometry, headerType: GeometryType): boolean {
  const type = headerType === GeometryType.Unknown ? geometry.type() : headerType;
  const hasParts = type === GeometryType.MultiPolygon || type === GeometryType.GeometryCollection;
  return hasParts ? geometry.partsLength() === 0 : geometry.xyLength() === 0;
}

/** Refuses a geometry that names more parts than its bytes can hold, or parts within parts for ever. */
function assertParts(geometry: Geometry, left: { parts: number }, depth = 0): void {
  const count = geometry.partsLength();
  left.parts -= count + 1;
  if (left.parts < 0 || depth > 16) throw new Error('its parts cannot be');
  for (let n = 0; n < count; n++) {
    const part = geometry.parts(n);
    if (part) assertParts(part, left, depth + 1);
  }
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function toAppError(path: string, error: unknown): AppError {
  if (error instanceof AppError) return error;
  return new AppError('validation', `${path}: ${(error as Error).message}.`);
}
