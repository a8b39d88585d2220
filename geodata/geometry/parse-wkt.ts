import { parseCrsName } from '../crs/parse-crs-name.js';
import type { SourceGeometry } from '../readers/source-row.js';
import type { ParsedGeometry } from './parse-wkb.js';

const typeOfWord: Readonly<Record<string, string>> = {
  POINT: 'Point',
  LINESTRING: 'LineString',
  POLYGON: 'Polygon',
  MULTIPOINT: 'MultiPoint',
  MULTILINESTRING: 'MultiLineString',
  MULTIPOLYGON: 'MultiPolygon',
  GEOMETRYCOLLECTION: 'GeometryCollection',
};

/** Brackets around the positions of a type. */
const depthOfType: Readonly<Record<string, number>> = {
  Point: 0,
  MultiPoint: 1,
  LineString: 1,
  MultiLineString: 2,
  Polygon: 2,
  MultiPolygon: 3,
};

const deepest = 16;

/**
 * Parses well-known text, also with `SRID=28992;` in front, or with the address of a coordinate system as
 * GeoSPARQL writes it. The latter goes by the axis order of the register: `<…/EPSG/0/4326> POINT(52 4)`
 * has the latitude first. Heights and measures are left out; an empty geometry is undefined.
 *
 * @throws Error where the text is no geometry
 */
export function parseWkt(text: string): ParsedGeometry | undefined {
  const extended = /^\s*SRID\s*=\s*(\d{1,9})\s*;/i.exec(text);
  const address = /^\s*<([^<>\s]+)>/.exec(text);
  const parser = new WktParser(text, (extended ?? address)?.[0].length ?? 0);
  const geometry = parser.geometry(0);
  parser.end();
  const srid = extended ? Number(extended[1]) : sridOf(address?.[1]);
  const isNorthFirst = address !== null && isNorthFirstIn(srid, address[1] ?? '');
  return geometry && { geometry, srid, ...(isNorthFirst ? { isNorthFirst } : {}) };
}

function sridOf(address: string | undefined): number | undefined {
  return address === undefined ? undefined : parseCrsName(address)?.epsg;
}

/** Degrees of the EPSG register have the latitude first; CRS84 is the same with the longitude first. */
function isNorthFirstIn(srid: number | undefined, address: string): boolean {
  if (/CRS84/i.test(address) || srid === undefined) return false;
  return srid >= 4000 && srid < 5000;
}

class WktParser {
  readonly #text: string;
  #at: number;

  constructor(text: string, from: number) {
    this.#text = text;
    this.#at = from;
  }

  geometry(depth: number): SourceGeometry | undefined {
    if (depth > deepest) throw new Error('the geometry is nested too deeply');
    const word = this.#word().toUpperCase();
    const type = typeOfWord[word] ?? typeOfWord[word.replace(/(?:ZM|Z|M)$/, '')];
    if (type === undefined) throw new Error(`${word.slice(0, 20)} is not a geometry type`);
    let mark = this.#word().toUpperCase();
    if (['Z', 'M', 'ZM'].includes(mark)) mark = this.#word().toUpperCase();
    if (mark === 'EMPTY') return undefined;
    if (mark !== '') throw new Error(`${mark.slice(0, 20)} is out of place`);
    if (type === 'GeometryCollection') {
      const members = this.#list(() => this.geometry(depth + 1));
      return { type, geometries: members.filter((member) => member !== undefined) };
    }
    const levels = depthOfType[type] ?? 0;
    if (levels > 0) return { type, coordinates: this.#nested(levels) };
    const [coordinates] = this.#list(() => this.#position());
    return { type, coordinates };
  }

  end(): void {
    this.#blanks();
    if (this.#at < this.#text.length) throw new Error('text follows the geometry');
  }

  #nested(levels: number): unknown[] {
    if (levels > 1) return this.#list(() => this.#nested(levels - 1));
    return this.#list(() => this.#position());
  }

  #list<Item>(item: () => Item): Item[] {
    this.#take('(');
    const items = [item()];
    while (this.#next() === ',') {
      this.#at += 1;
      items.push(item());
    }
    this.#take(')');
    return items;
  }

  /** A position; in a MultiPoint it may stand in brackets of its own. */
  #position(): number[] {
    const isBracketed = this.#next() === '(';
    if (isBracketed) this.#at += 1;
    const x = this.#number();
    const y = this.#number();
    while (/[-+\d.]/.test(this.#next())) this.#number();
    if (isBracketed) this.#take(')');
    return [x, y];
  }

  #number(): number {
    this.#blanks();
    const pattern = /[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?/iy;
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0];
    if (found === undefined) throw new Error('a coordinate is missing or not a number');
    this.#at += found.length;
    return Number(found);
  }

  #word(): string {
    this.#blanks();
    const from = this.#at;
    while (/[a-z]/i.test(this.#text[this.#at] ?? '')) this.#at += 1;
    return this.#text.slice(from, this.#at);
  }

  #next(): string {
    this.#blanks();
    return this.#text[this.#at] ?? '';
  }

  #take(character: string): void {
    if (this.#next() !== character) throw new Error(`${character} is missing in the geometry`);
    this.#at += 1;
  }

  #blanks(): void {
    while (/\s/.test(this.#text[this.#at] ?? '')) this.#at += 1;
  }
}
