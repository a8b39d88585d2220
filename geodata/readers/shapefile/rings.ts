import type { SourceGeometry } from '../source-row.js';

export type Ring = readonly (readonly [number, number])[];

/**
 * The polygon or polygons of a shape's rings: a ring that runs clockwise is an outline, one that runs the
 * other way a hole of the outline around it (ESRI Shapefile Technical Description, 1998). A hole without
 * an outline is one itself.
 */
export function toPolygon(rings: readonly Ring[]): SourceGeometry {
  const outlines: Ring[][] = [];
  const holes: Ring[] = [];
  for (const ring of rings) {
    if (signedArea(ring) <= 0) outlines.push([ring]);
    else holes.push(ring);
  }
  for (const hole of holes) {
    const owner = outlines.length === 1 ? outlines[0] : ownerOf(hole, outlines);
    if (owner) owner.push(hole);
    else outlines.push([hole]);
  }
  const [only] = outlines;
  return outlines.length === 1
    ? { type: 'Polygon', coordinates: only }
    : { type: 'MultiPolygon', coordinates: outlines };
}

/** The smallest outline that holds the hole. */
function ownerOf(hole: Ring, outlines: readonly Ring[][]): Ring[] | undefined {
  const around = outlines.filter(([outline]) => outline !== undefined && holds(outline, hole));
  const areas = around.map(([outline]) => Math.abs(signedArea(outline ?? [])));
  return around[areas.indexOf(Math.min(...areas))];
}

/** Whether a ring holds another one: by the first of its points that is not on the outline. */
function holds(outline: Ring, ring: Ring): boolean {
  for (const [x, y] of ring) {
    const side = sideOf(outline, x, y);
    if (side !== 0) return side > 0;
  }
  return false;
}

/** 1 inside, -1 outside, 0 on the ring (crossings of a ray to the east). */
function sideOf(ring: Ring, x: number, y: number): number {
  let isInside = false;
  for (let n = 0; n < ring.length; n++) {
    const [ax, ay] = ring[n] as readonly [number, number];
    const [bx, by] = ring[(n + 1) % ring.length] as readonly [number, number];
    const turn = (bx - ax) * (y - ay) - (by - ay) * (x - ax);
    const isWithin = Math.min(ax, bx) <= x && x <= Math.max(ax, bx);
    if (turn === 0 && isWithin && Math.min(ay, by) <= y && y <= Math.max(ay, by)) return 0;
    if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) isInside = !isInside;
  }
  return isInside ? 1 : -1;
}

/** Twice the area, positive where the ring runs counter-clockwise (shoelace formula). */
function signedArea(ring: Ring): number {
  const [x0, y0] = ring[0] ?? [0, 0];
  let sum = 0;
  for (let n = 0; n + 1 < ring.length; n++) {
    const [ax, ay] = ring[n] as readonly [number, number];
    const [bx, by] = ring[n + 1] as readonly [number, number];
    sum += (ax - x0) * (by - y0) - (bx - x0) * (ay - y0);
  }
  return sum;
}
