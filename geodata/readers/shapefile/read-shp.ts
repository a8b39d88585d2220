import type { ByteSource } from '../byte-source.js';
import type { SourceGeometry } from '../source-row.js';
import { toPolygon, type Ring } from './rings.js';

/** A record of a .shp file. */
export type Shape = { readonly geometry?: SourceGeometry; readonly problem?: string };

const fileCode = 9994;
const names: Readonly<Record<number, string>> = {
  0: 'Null',
  1: 'Point',
  3: 'LineString',
  5: 'Polygon',
  8: 'MultiPoint',
};

/** Kind of geometry in the file, from its header; the source then stands at the first record. */
export async function readShpHeader(source: ByteSource): Promise<string> {
  const header = viewOf(await source.read(100));
  if (header.byteLength < 100 || header.getInt32(0, false) !== fileCode) {
    throw new Error('the .shp file has no header of a shapefile');
  }
  return names[header.getInt32(32, true) % 10] ?? 'unknown';
}

/** The next record; undefined at the end of the file. */
export async function readShape(source: ByteSource): Promise<Shape | undefined> {
  const head = viewOf(source.has(8) ? source.take(8) : await source.read(8));
  if (head.byteLength < 8) return undefined;
  const length = head.getInt32(4, false) * 2;
  const content =
    source.has(length) && length >= 0 ? source.take(length) : await source.read(length);
  if (content.length < length) return { problem: 'the .shp file is cut off here' };
  return toShape(content);
}

/**
 * The geometry in the content of a record. Shapes with heights or measures have the same beginning as
 * plain ones, and those are left out.
 */
export function toShape(content: Uint8Array): Shape {
  if (content.length < 4) return { problem: 'the shape is empty' };
  const view = viewOf(content);
  const type = view.getInt32(0, true);
  if (type === 0) return {};
  if (type < 0 || type > 28) return { problem: `shape type ${type} is not supported` };
  try {
    switch (type % 10) {
      case 1:
        return { geometry: { type: 'Point', coordinates: position(view, 4) } };
      case 3:
        return toLines(parts(view));
      case 5:
        return toAreas(parts(view));
      case 8:
        return toPoints(view);
      default:
        return { problem: `shape type ${type} is not supported` };
    }
  } catch {
    return { problem: 'the shape is damaged' };
  }
}

function toLines(lines: readonly Ring[]): Shape {
  const [only] = lines;
  if (only === undefined) return {};
  return lines.length === 1
    ? { geometry: { type: 'LineString', coordinates: only } }
    : { geometry: { type: 'MultiLineString', coordinates: lines } };
}

function toAreas(rings: readonly Ring[]): Shape {
  return rings.length === 0 ? {} : { geometry: toPolygon(rings) };
}

function toPoints(view: DataView): Shape {
  const count = countAt(view, 36, 16);
  const coordinates = positions(view, 40, count);
  return count === 0 ? {} : { geometry: { type: 'MultiPoint', coordinates } };
}

function parts(view: DataView): Ring[] {
  const partCount = countAt(view, 36, 4);
  const pointCount = countAt(view, 40, 16);
  const first = 44 + partCount * 4;
  const found: Ring[] = [];
  for (let part = 0; part < partCount; part++) {
    const from = view.getInt32(44 + part * 4, true);
    const to = part + 1 < partCount ? view.getInt32(48 + part * 4, true) : pointCount;
    if (from < 0 || to < from || to > pointCount) throw new Error('parts overlap');
    if (to > from) found.push(positions(view, first + from * 16, to - from));
  }
  return found;
}

/** A count that the content can hold, each member taking `size` bytes. */
function countAt(view: DataView, offset: number, size: number): number {
  const count = view.getInt32(offset, true);
  if (count < 0 || count * size > view.byteLength) throw new Error('the count cannot be');
  return count;
}

function positions(view: DataView, offset: number, count: number): Ring {
  const found: [number, number][] = new Array(count);
  for (let n = 0; n < count; n++) found[n] = position(view, offset + n * 16);
  return found;
}

function position(view: DataView, offset: number): [number, number] {
  return [view.getFloat64(offset, true), view.getFloat64(offset + 8, true)];
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
