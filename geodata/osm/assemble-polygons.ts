export type Position = readonly [number, number];
export type Ring = readonly Position[];
/** An outer ring followed by its holes. */
export type Polygon = readonly Ring[];

type AssembledPolygons = {
  readonly polygons: readonly Polygon[];
  /** Inner rings that no outer ring holds. */
  readonly strayHoles: number;
};

/** Gives every hole to the smallest outer ring around it. */
export function assemblePolygons(
  outers: readonly Ring[],
  inners: readonly Ring[],
): AssembledPolygons {
  const shells = outers
    .map((ring) => ({ ring, area: Math.abs(signedArea(ring)), holes: [] as Ring[] }))
    .sort((a, b) => a.area - b.area);
  let strayHoles = 0;
  for (const hole of inners) {
    const area = Math.abs(signedArea(hole));
    const shell = shells.find((candidate) => candidate.area >= area && holds(candidate.ring, hole));
    if (shell) shell.holes.push(hole);
    else strayHoles += 1;
  }
  return { polygons: shells.map(({ ring, holes }) => [ring, ...holes]), strayHoles };
}

function signedArea(ring: Ring): number {
  let sum = 0;
  for (let i = 1; i < ring.length; i += 1) {
    const [x1, y1] = ring[i - 1] ?? [0, 0];
    const [x2, y2] = ring[i] ?? [0, 0];
    sum += x1 * y2 - x2 * y1;
  }
  return sum / 2;
}

/** Whether most corners of the hole lie inside: single ones may lie on the outer ring itself. */
function holds(outer: Ring, hole: Ring): boolean {
  const corners = hole.slice(1);
  const inside = corners.filter((corner) => isInside(outer, corner)).length;
  return inside * 2 > corners.length;
}

function isInside(ring: Ring, [x, y]: Position): boolean {
  let inside = false;
  for (let i = 1; i < ring.length; i += 1) {
    const [x1, y1] = ring[i - 1] ?? [0, 0];
    const [x2, y2] = ring[i] ?? [0, 0];
    if (y1 > y !== y2 > y && x < ((x2 - x1) * (y - y1)) / (y2 - y1) + x1) inside = !inside;
  }
  return inside;
}
