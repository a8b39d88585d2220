import type { Feature, FeatureCollection, MultiPolygon, Point, Polygon, Position } from 'geojson';
import type { LayerId } from './contract.js';

/** A piece of a named shape as it lies in one tile. */
export interface NamedPiece {
  readonly layer: LayerId;
  readonly id: number;
  readonly name: string;
  readonly kind: string | null;
  readonly geometry: Polygon | MultiPolygon;
}

/** What a label point knows; `area` in square degrees ranks labels that compete for room. */
export interface LabelProperties {
  readonly layer: LayerId;
  readonly id: number;
  readonly name: string;
  readonly kind: string | null;
  readonly area: number;
}

export type LabelCollection = FeatureCollection<Point, LabelProperties>;

/**
 * One label point a shape: inside the largest piece that is loaded. Tiles cut shapes, and a label
 * in every piece would repeat the name. Shapes narrower than `minWidthDegrees` get none.
 */
export function labelPoints(
  pieces: readonly NamedPiece[],
  minWidthDegrees: number,
): LabelCollection {
  const largest = new Map<string, { piece: NamedPiece; rings: Position[][]; area: number }>();
  for (const piece of pieces) {
    for (const rings of polygonsOf(piece.geometry)) {
      const outer = rings[0];
      if (!outer || widthOf(outer) < minWidthDegrees) continue;
      const area = Math.abs(ringArea(outer));
      const key = `${piece.layer} ${piece.id}`;
      if (area > (largest.get(key)?.area ?? 0)) largest.set(key, { piece, rings, area });
    }
  }
  const features = [...largest.values()].map(({ piece, rings, area }) =>
    toFeature(piece, interiorPoint(rings), area),
  );
  return { type: 'FeatureCollection', features };
}

/**
 * A point well inside a polygon with holes: the middle of the widest stretch among a few
 * horizontal cuts, those near the middle preferred.
 */
export function interiorPoint(rings: readonly Position[][]): [lon: number, lat: number] {
  const outer = rings[0] ?? [];
  const [, south, , north] = boundsOf(outer);
  let best: [number, number] = [outer[0]?.[0] ?? 0, outer[0]?.[1] ?? 0];
  let bestScore = 0;
  const cuts = 11;
  for (let cut = 1; cut < cuts; cut += 1) {
    const share = cut / cuts;
    const lat = south + (north - south) * share;
    const crossings = crossingsAt(rings, lat);
    for (let index = 0; index + 1 < crossings.length; index += 2) {
      const from = crossings[index] as number;
      const to = crossings[index + 1] as number;
      const score = (to - from) * (1 - Math.abs(share - 0.5));
      if (score <= bestScore) continue;
      bestScore = score;
      best = [(from + to) / 2, lat];
    }
  }
  return best;
}

/** Whether two collections put the same names at the same places. */
export function isSameLabels(first: LabelCollection, second: LabelCollection): boolean {
  if (first.features.length !== second.features.length) return false;
  return first.features.every((feature, index) => {
    const other = second.features[index];
    return (
      other?.properties.id === feature.properties.id &&
      other.properties.layer === feature.properties.layer &&
      other.properties.name === feature.properties.name &&
      other.geometry.coordinates[0] === feature.geometry.coordinates[0] &&
      other.geometry.coordinates[1] === feature.geometry.coordinates[1]
    );
  });
}

function toFeature(
  { layer, id, name, kind }: NamedPiece,
  coordinates: [number, number],
  area: number,
): Feature<Point, LabelProperties> {
  return {
    type: 'Feature',
    geometry: { type: 'Point', coordinates },
    properties: { layer, id, name, kind, area },
  };
}

function polygonsOf(geometry: Polygon | MultiPolygon): Position[][][] {
  return geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates;
}

function crossingsAt(rings: readonly Position[][], lat: number): number[] {
  const crossings: number[] = [];
  for (const ring of rings) {
    for (let index = 0; index + 1 < ring.length; index += 1) {
      const [x1, y1] = ring[index] as [number, number];
      const [x2, y2] = ring[index + 1] as [number, number];
      if (y1 > lat === y2 > lat) continue;
      crossings.push(x1 + ((lat - y1) / (y2 - y1)) * (x2 - x1));
    }
  }
  return crossings.sort((a, b) => a - b);
}

function ringArea(ring: readonly Position[]): number {
  let sum = 0;
  for (let index = 0; index + 1 < ring.length; index += 1) {
    const [x1, y1] = ring[index] as [number, number];
    const [x2, y2] = ring[index + 1] as [number, number];
    sum += x1 * y2 - x2 * y1;
  }
  return sum / 2;
}

function widthOf(ring: readonly Position[]): number {
  const [west, , east] = boundsOf(ring);
  return east - west;
}

function boundsOf(ring: readonly Position[]): [number, number, number, number] {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [x = 0, y = 0] of ring) {
    west = Math.min(west, x);
    east = Math.max(east, x);
    south = Math.min(south, y);
    north = Math.max(north, y);
  }
  return [west, south, east, north];
}
