import { forEachInBox, type PointSet } from './point-set.js';

/** The shown point nearest to a place within a radius, numbered through all sets, and its sharers. */
export interface NearestPoint {
  readonly row: number;
  readonly x: number;
  readonly y: number;
  /** Shown points at the very same position, itself included. */
  readonly count: number;
}

/** Finds what is nearest to a place of the world square; null where nothing is within the radius. */
export function nearestPoint(
  sets: readonly PointSet[],
  place: { readonly x: number; readonly y: number },
  radius: number,
): NearestPoint | null {
  const box = {
    west: place.x - radius,
    north: place.y - radius,
    east: place.x + radius,
    south: place.y + radius,
  };
  let nearest: NearestPoint | null = null;
  let best = radius;
  let first = 0;
  for (const set of sets) {
    const offset = first;
    forEachInBox(set, box, (row, x, y) => {
      const distance = Math.hypot(x - place.x, y - place.y);
      if (nearest !== null && x === nearest.x && y === nearest.y) {
        nearest = { ...nearest, count: nearest.count + 1 };
      } else if (distance <= best) {
        best = distance;
        nearest = { row: offset + row, x, y, count: 1 };
      }
    });
    first += set.length;
  }
  return nearest;
}
