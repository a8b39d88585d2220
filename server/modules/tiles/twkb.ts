import {
  cleanLine,
  cleanPolygon,
  type Path,
  type TileGeometry,
  type TilePolygon,
} from './geometry.js';

const kindLine = 2;
const kindPolygon = 3;
const kindMultiLine = 5;
const kindMultiPolygon = 6;
const kindCollection = 7;

const hasBox = 1;
const hasSize = 2;
const hasIds = 4;
const hasMoreDimensions = 8;
const isEmpty = 16;

type Wanted = 'lines' | 'polygons';

/**
 * Reads lines or areas from Tiny Well-Known Binary (PostGIS ST_AsTWKB) in tile units, corners moved to
 * multiples of `grid`; undefined where nothing can be drawn of it. Parts of the other kind, which cutting
 * at the edge of a tile can leave, are passed over.
 */
export function readTwkb(bytes: Uint8Array, wanted: Wanted, grid = 1): TileGeometry | undefined {
  const parts: Parts = { paths: [], polygons: [] };
  new Reader(bytes, grid).geometry(parts);
  if (wanted === 'lines') {
    return parts.paths.length > 0 ? { type: 'lines', paths: parts.paths } : undefined;
  }
  return parts.polygons.length > 0 ? { type: 'polygons', polygons: parts.polygons } : undefined;
}

type Parts = { readonly paths: Path[]; readonly polygons: TilePolygon[] };

class Reader {
  readonly #bytes: Uint8Array;
  readonly #grid: number;
  #position = 0;
  #x = 0;
  #y = 0;

  constructor(bytes: Uint8Array, grid: number) {
    this.#bytes = bytes;
    this.#grid = grid;
  }

  geometry(parts: Parts): void {
    const kind = this.#byte() & 15;
    const flags = this.#byte();
    if (flags & hasMoreDimensions) throw new RangeError('Shapes of tiles have two dimensions');
    if (flags & hasSize) this.#varint();
    if (flags & hasBox) for (let i = 0; i < 4; i++) this.#varint();
    if (flags & isEmpty) return;
    this.#x = 0;
    this.#y = 0;
    if (kind === kindLine) return this.#line(parts);
    if (kind === kindPolygon) return this.#polygon(parts);
    if (kind < kindMultiLine) return;
    const count = this.#varint();
    if (flags & hasIds) for (let i = 0; i < count; i++) this.#varint();
    for (let i = 0; i < count; i++) {
      if (kind === kindMultiLine) this.#line(parts);
      else if (kind === kindMultiPolygon) this.#polygon(parts);
      else if (kind === kindCollection) this.geometry(parts);
    }
  }

  #line(parts: Parts): void {
    const path = cleanLine(this.#path());
    if (path !== undefined) parts.paths.push(path);
  }

  #polygon(parts: Parts): void {
    const count = this.#varint();
    const rings: Path[] = [];
    for (let i = 0; i < count; i++) rings.push(this.#path());
    const polygon = cleanPolygon(rings);
    if (polygon !== undefined) parts.polygons.push(polygon);
  }

  #path(): Path {
    const count = this.#varint();
    const path: number[] = [];
    for (let i = 0; i < count; i++) {
      this.#x += this.#signed();
      this.#y += this.#signed();
      path.push(this.#snapped(this.#x), this.#snapped(this.#y));
    }
    return path;
  }

  #snapped(unit: number): number {
    return Math.round(unit / this.#grid) * this.#grid;
  }

  #signed(): number {
    const value = this.#varint();
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
  }

  #varint(): number {
    let value = 0;
    let factor = 1;
    for (;;) {
      const byte = this.#byte();
      value += (byte & 0x7f) * factor;
      if (byte < 0x80) return value;
      factor *= 0x80;
    }
  }

  #byte(): number {
    const byte = this.#bytes[this.#position++];
    if (byte === undefined) throw new RangeError('The shape ends too early');
    return byte;
  }
}
