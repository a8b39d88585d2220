import type { Parsed } from './parse-number.js';

type Positions = readonly (readonly number[])[];

const depthOfType: Readonly<Record<string, number>> = {
  Point: 0,
  MultiPoint: 1,
  LineString: 1,
  MultiLineString: 2,
  Polygon: 2,
  MultiPolygon: 3,
};

/**
 * A GeoJSON geometry as two-dimensional GeoJSON text that PostGIS accepts: rings are closed, heights left
 * out. Refuses what PostGIS would refuse, so that one bad feature does not fail the whole load.
 */
export function toGeometryText(geometry: unknown): Parsed<string> {
  const { type, coordinates } = (geometry ?? {}) as { type?: unknown; coordinates?: unknown };
  const depth = typeof type === 'string' ? depthOfType[type] : undefined;
  if (depth === undefined)
    return { ok: false, reason: `geometry type ${String(type)} is not supported` };
  const isArea = type === 'Polygon' || type === 'MultiPolygon';
  const flat = flatten(coordinates, depth, isArea ? 4 : type === 'LineString' ? 2 : 0);
  if (flat === undefined)
    return { ok: false, reason: 'the coordinates of the geometry are not valid' };
  return { ok: true, value: JSON.stringify({ type, coordinates: flat }) };
}

function flatten(value: unknown, depth: number, least: number): unknown {
  if (depth === 0) return toPosition(value);
  if (!Array.isArray(value) || value.length === 0) return undefined;
  if (depth > 1) return allOrNothing(value.map((part) => flatten(part, depth - 1, least)));
  const positions = allOrNothing(value.map(toPosition)) as Positions | undefined;
  if (positions === undefined) return undefined;
  const line = least === 4 ? closed(positions) : positions;
  return line.length >= least ? line : undefined;
}

function toPosition(value: unknown): readonly number[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const [x, y] = value as unknown[];
  return Number.isFinite(x) && Number.isFinite(y) ? [x as number, y as number] : undefined;
}

function allOrNothing(parts: readonly unknown[]): readonly unknown[] | undefined {
  return parts.includes(undefined) ? undefined : parts;
}

function closed(ring: Positions): Positions {
  const first = ring[0];
  const last = ring.at(-1);
  if (!first || !last || (first[0] === last[0] && first[1] === last[1])) return ring;
  return [...ring, first];
}
