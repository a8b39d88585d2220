import { toLonLat } from './projection.js';
import type { Point, Polygon } from './geometry.js';

const SRID_FLAG = 0x20000000;
const SRID = 4326;

/** Hexadecimal EWKB (EPSG:4326) of a point of the plane. */
export function pointWkb(point: Point): string {
  const writer = new Writer(25);
  writer.head(1, true);
  writer.point(point);
  return writer.hex();
}

/** Hexadecimal EWKB (EPSG:4326) of a line. */
export function lineWkb(line: readonly Point[]): string {
  const writer = new Writer(13 + line.length * 16);
  writer.head(2, true);
  writer.points(line);
  return writer.hex();
}

/** Hexadecimal EWKB (EPSG:4326) of a MultiPolygon; rings are closed here. */
export function multiPolygonWkb(polygons: readonly Polygon[]): string {
  const rings = polygons.flat();
  const points = rings.reduce((sum, ring) => sum + ring.length + 1, 0);
  const writer = new Writer(13 + polygons.length * 9 + rings.length * 4 + points * 16);
  writer.head(6, true);
  writer.count(polygons.length);
  for (const polygon of polygons) {
    writer.head(3, false);
    writer.count(polygon.length);
    for (const ring of polygon) writer.points([...ring, ring[0]!]);
  }
  return writer.hex();
}

class Writer {
  private readonly buffer: Buffer;
  private at = 0;

  constructor(bytes: number) {
    this.buffer = Buffer.alloc(bytes);
  }

  head(type: number, withSrid: boolean): void {
    this.at = this.buffer.writeUInt8(1, this.at);
    this.count(withSrid ? (type | SRID_FLAG) >>> 0 : type);
    if (withSrid) this.count(SRID);
  }

  count(value: number): void {
    this.at = this.buffer.writeUInt32LE(value, this.at);
  }

  points(points: readonly Point[]): void {
    this.count(points.length);
    for (const point of points) this.point(point);
  }

  point(point: Point): void {
    const [lon, lat] = toLonLat(point);
    this.at = this.buffer.writeDoubleLE(lon, this.at);
    this.at = this.buffer.writeDoubleLE(lat, this.at);
  }

  hex(): string {
    return this.buffer.subarray(0, this.at).toString('hex');
  }
}
