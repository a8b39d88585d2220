import type { Polygon, Position } from './assemble-polygons.js';

const sridFlag = 0x20000000;
const srid = 4326;
const headerBytes = 9;

/** EWKB (SRID 4326) in hexadecimal, as PostGIS reads it. */
export function pointHex([lon, lat]: Position): string {
  const buffer = Buffer.alloc(headerBytes + 16);
  writePositions(buffer, writeHeader(buffer, 1), [[lon, lat]]);
  return buffer.toString('hex');
}

/** EWKB (SRID 4326) in hexadecimal, as PostGIS reads it. */
export function lineHex(positions: readonly Position[]): string {
  const buffer = Buffer.alloc(headerBytes + 4 + positions.length * 16);
  const offset = buffer.writeUInt32LE(positions.length, writeHeader(buffer, 2));
  writePositions(buffer, offset, positions);
  return buffer.toString('hex');
}

/** EWKB (SRID 4326) in hexadecimal, as PostGIS reads it. */
export function multiPolygonHex(polygons: readonly Polygon[]): string {
  const ringBytes = (polygon: Polygon) =>
    polygon.reduce((bytes, ring) => bytes + 4 + ring.length * 16, 0);
  const bytes = polygons.reduce((sum, polygon) => sum + headerBytes + ringBytes(polygon), 0);
  const buffer = Buffer.alloc(headerBytes + 4 + bytes);
  let offset = buffer.writeUInt32LE(polygons.length, writeHeader(buffer, 6));
  for (const polygon of polygons) {
    offset = buffer.writeUInt8(1, offset);
    offset = buffer.writeUInt32LE(3, offset);
    offset = buffer.writeUInt32LE(polygon.length, offset);
    for (const ring of polygon) {
      offset = buffer.writeUInt32LE(ring.length, offset);
      offset = writePositions(buffer, offset, ring);
    }
  }
  return buffer.subarray(0, offset).toString('hex');
}

function writeHeader(buffer: Buffer, type: number): number {
  buffer.writeUInt8(1, 0);
  buffer.writeUInt32LE(type + sridFlag, 1);
  return buffer.writeUInt32LE(srid, 5);
}

function writePositions(buffer: Buffer, start: number, positions: readonly Position[]): number {
  let offset = start;
  for (const [lon, lat] of positions) {
    offset = buffer.writeDoubleLE(lon, offset);
    offset = buffer.writeDoubleLE(lat, offset);
  }
  return offset;
}
