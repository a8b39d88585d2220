/**
 * Whether a point lies inside closed rings (x, y, x, y…; holes wind either way) or on one of them.
 *
 * Each edge is looked at from its lower end, whichever ring it belongs to: two shapes that share an edge
 * agree on which side of it a point is, so that nothing falls between them or into both.
 */
export function isInside(rings: readonly Float64Array[], x: number, y: number): boolean {
  let inside = false;
  for (const ring of rings) {
    const last = ring.length - 2;
    for (let n = 0; n < last; n += 2) {
      const ay = ring[n + 1]!;
      const by = ring[n + 3]!;
      if (ay > y === by > y) {
        if (ay === y && startsOrLiesOn(ring, n, x)) return true;
        continue;
      }
      const side = sideOf(ring, n, x, y);
      if (side === 0) return true;
      if (side > 0) inside = !inside;
    }
  }
  return inside;
}

/** For an edge whose start is as high as the point: whether it starts there, or runs level through it. */
function startsOrLiesOn(ring: Float64Array, n: number, x: number): boolean {
  const ax = ring[n]!;
  if (ax === x) return true;
  return ring[n + 1] === ring[n + 3] && ax < x === x <= ring[n + 2]!;
}

/** Above 0 where the point is to the left of the way from the lower end of an edge to the upper, 0 on it. */
function sideOf(ring: Float64Array, n: number, x: number, y: number): number {
  const low = ring[n + 1]! < ring[n + 3]! ? n : n + 2;
  const high = 2 * n + 2 - low;
  const [lx, ly] = [ring[low]!, ring[low + 1]!];
  return (ring[high]! - lx) * (y - ly) - (x - lx) * (ring[high + 1]! - ly);
}
