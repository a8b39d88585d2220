import type { SourceGeometry } from '../readers/source-row.js';

/** A geometry of well-known binary, with the system it names where it is of the extended kind. */
export type ParsedGeometry = {
  readonly geometry: SourceGeometry;
  readonly srid?: number | undefined;
  /** Whether it was said in a way that puts the latitude first. */
  readonly isNorthFirst?: boolean;
};

const types: Readonly<Record<number, string>> = {
  1: 'Point',
  2: 'LineString',
  3: 'Polygon',
  4: 'MultiPoint',
  5: 'MultiLineString',
  6: 'MultiPolygon',
  7: 'GeometryCollection',
};

const deepest = 16;

/**
 * Parses well-known binary, ISO or extended, of either byte order; heights and measures are left out. An
 * empty geometry is undefined.
 *
 * @throws Error where the bytes end too early, or a type or nesting is not supported
 */
export function parseWkb(bytes: Uint8Array): ParsedGeometry | undefined {
  const reader = new WkbReader(bytes);
  const geometry = reader.geometry(0);
  return geometry && { geometry, srid: reader.srid };
}

class WkbReader {
  readonly #view: DataView;
  #at = 0;
  #isLittle = true;
  #dimensions = 2;
  srid: number | undefined;

  constructor(bytes: Uint8Array) {
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  geometry(depth: number): SourceGeometry | undefined {
    if (depth > deepest) throw new Error('the geometry is nested too deeply');
    const type = this.#header();
    switch (type) {
      case 'Point': {
        const coordinates = this.#position();
        return coordinates.every(Number.isNaN) ? undefined : { type, coordinates };
      }
      case 'LineString':
        return filled(type, this.#positions());
      case 'Polygon':
        return filled(type, this.#rings());
      case 'GeometryCollection': {
        const geometries = this.#members(depth);
        return geometries.length === 0 ? undefined : { type, geometries };
      }
      default:
        return filled(
          type,
          this.#members(depth).map(({ coordinates }) => coordinates),
        );
    }
  }

  #header(): string {
    this.#isLittle = this.#view.getUint8(this.#at) === 1;
    const code = this.#uint(1);
    this.#at += 5;
    const iso = (code & 0x0fffffff) % 1000;
    const isoDimensions = [2, 3, 3, 4][Math.floor((code & 0x0fffffff) / 1000)];
    const type = types[iso];
    if (type === undefined || isoDimensions === undefined) {
      throw new Error(`geometry type ${code} is not supported`);
    }
    const extended = (code & 0x80000000 ? 1 : 0) + (code & 0x40000000 ? 1 : 0);
    this.#dimensions = isoDimensions + extended;
    if (code & 0x20000000) {
      this.srid = this.#uint(0);
      this.#at += 4;
    }
    return type;
  }

  #uint(offset: number): number {
    return this.#view.getUint32(this.#at + offset, this.#isLittle);
  }

  /** A count that the bytes left can hold, each member taking `size` bytes or more. */
  #count(size: number): number {
    const count = this.#uint(0);
    this.#at += 4;
    if (count * size > this.#view.byteLength - this.#at) throw new Error('the geometry is cut off');
    return count;
  }

  #position(): [number, number] {
    const x = this.#view.getFloat64(this.#at, this.#isLittle);
    const y = this.#view.getFloat64(this.#at + 8, this.#isLittle);
    this.#at += 8 * this.#dimensions;
    return [x, y];
  }

  #positions(): [number, number][] {
    const count = this.#count(8 * this.#dimensions);
    const positions: [number, number][] = new Array(count);
    for (let n = 0; n < count; n++) positions[n] = this.#position();
    return positions;
  }

  #rings(): [number, number][][] {
    const count = this.#count(4);
    const rings: [number, number][][] = [];
    for (let n = 0; n < count; n++) rings.push(this.#positions());
    return rings;
  }

  #members(depth: number): SourceGeometry[] {
    const count = this.#count(5);
    const members: SourceGeometry[] = [];
    for (let n = 0; n < count; n++) {
      const member = this.geometry(depth + 1);
      if (member) members.push(member);
    }
    return members;
  }
}

function filled(type: string, coordinates: readonly unknown[]): SourceGeometry | undefined {
  return coordinates.length === 0 ? undefined : { type, coordinates };
}
