import type { SourceGeometry } from '../readers/source-row.js';

/** Longitude and latitude in degrees of a position in the source's system. */
export type ToLonLat = (x: number, y: number) => readonly [lon: number, lat: number];

/** Levels of nesting that a geometry collection may have; a hostile file could nest for ever. */
const deepest = 16;

/** A geometry with every position transformed; heights are left out, what is no position stays. */
export function transformGeometry(
  geometry: SourceGeometry,
  toLonLat: ToLonLat,
  depth = 0,
): SourceGeometry {
  if (Array.isArray(geometry.geometries) && depth < deepest) {
    const members = geometry.geometries as readonly (SourceGeometry | null)[];
    const geometries = members.map((member) =>
      member && typeof member === 'object'
        ? transformGeometry(member, toLonLat, depth + 1)
        : member,
    );
    return { ...geometry, geometries };
  }
  return { ...geometry, coordinates: transformed(geometry.coordinates, toLonLat) };
}

function transformed(value: unknown, toLonLat: ToLonLat, depth = 0): unknown {
  if (!Array.isArray(value) || depth > 4) return value;
  const [x, y] = value as unknown[];
  if (typeof x !== 'number' || typeof y !== 'number') {
    return value.map((part) => transformed(part, toLonLat, depth + 1));
  }
  return Number.isFinite(x) && Number.isFinite(y) ? toLonLat(x, y) : value;
}

/** The first position of a geometry, however deep it stands; undefined where there is none. */
export function firstPosition(geometry: SourceGeometry): readonly [number, number] | undefined {
  let value: unknown = geometry.coordinates;
  for (let depth = 0; depth < 5 && Array.isArray(value); depth++) {
    const [x, y] = value as unknown[];
    if (typeof x === 'number' && typeof y === 'number') return [x, y];
    value = x;
  }
  return undefined;
}
