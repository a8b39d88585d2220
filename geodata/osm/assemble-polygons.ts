import { contains, ringArea, ringKey } from './ring-geometry.js';

export type Position = readonly [number, number];
export type Ring = readonly Position[];
/** An outer ring followed by its holes. */
export type Polygon = readonly Ring[];

type AssembledPolygons = {
  readonly polygons: readonly Polygon[];
  /** What was wrong with the rings, and what was made of it. */
  readonly problems: readonly string[];
};

type Placed = {
  readonly ring: Ring;
  readonly isInner: boolean;
  readonly area: number;
  /** How many other rings lie around it. */
  readonly depth: number;
  /** The smallest ring around it. */
  readonly around: Ring | undefined;
};

/**
 * Builds polygons by how the rings lie in each other: a ring in no other, or in a hole, is an outer one.
 * Where the roles say otherwise the geometry counts, except that an inner ring never becomes an outer one.
 */
export function assemblePolygons(
  outers: readonly Ring[],
  inners: readonly Ring[],
): AssembledPolygons {
  const { rings, repeated } = distinct([
    ...outers.map((ring) => ({ ring, isInner: false })),
    ...inners.map((ring) => ({ ring, isInner: true })),
  ]);
  const placed = placeRings(rings);
  const isHole = ({ depth }: Placed) => depth % 2 === 1;
  const stray = placed.filter((found) => found.isInner && !isHole(found)).length;
  const turned = placed.filter((found) => !found.isInner && isHole(found)).length;
  const shells = placed.filter((found) => !found.isInner && !isHole(found));
  const holes = placed.filter(isHole);
  const polygons = shells.map(({ ring }) => [
    ring,
    ...holes.filter(({ around }) => around === ring).map((hole) => hole.ring),
  ]);
  const problems = [
    ...(repeated > 0 ? [`${repeated} rings are there twice`] : []),
    ...(stray > 0 ? [`${stray} inner rings lie in no outer ring`] : []),
    ...(turned > 0 ? [`${turned} outer rings lie inside another and are taken as holes`] : []),
  ];
  return { polygons, problems };
}

type Given = Pick<Placed, 'ring' | 'isInner'>;

function distinct(given: readonly Given[]): { rings: Given[]; repeated: number } {
  const byKey = new Map<string, Given>();
  for (const candidate of given) {
    const key = ringKey(candidate.ring);
    if (!byKey.has(key)) byKey.set(key, candidate);
  }
  return { rings: [...byKey.values()], repeated: given.length - byKey.size };
}

function placeRings(rings: readonly Given[]): Placed[] {
  const sized = rings
    .map((given) => ({ ...given, area: ringArea(given.ring) }))
    .sort((a, b) => a.area - b.area);
  return sized.map((candidate, index) => {
    const larger = sized.slice(index + 1);
    const around = larger.filter(({ ring }) => contains(ring, candidate.ring));
    return { ...candidate, depth: around.length, around: around[0]?.ring };
  });
}
