import { checkMembers, isInner, type AreaMember, type AreaRelation } from './area-relations.js';
import { assemblePolygons, type Polygon, type Ring } from './assemble-polygons.js';
import { joinRings } from './join-rings.js';

export type Lookups = {
  /** Node ids of a member way; undefined where the file does not hold it. */
  readonly refsOf: (way: number) => readonly number[] | undefined;
  /** Coordinates of the nodes that the file holds. */
  readonly positionsOf: (refs: readonly number[]) => Ring;
};

export type AssembledArea = {
  readonly polygons: readonly Polygon[];
  /** Everything that was wrong with the relation, whether something was made of it or not. */
  readonly problems: readonly string[];
};

type NodeRings = { readonly outer: readonly NodeRing[]; readonly inner: readonly NodeRing[] };
type NodeRing = readonly number[];

/**
 * The polygons of a multipolygon relation. Rings that are open, or miss nodes, are left out and told,
 * never closed by a guess.
 */
export function assembleArea(relation: AreaRelation, lookups: Lookups): AssembledArea {
  const { members, problems } = checkMembers(relation);
  const there = members.filter(({ way }) => lookups.refsOf(way) !== undefined);
  if (there.length < members.length) {
    problems.push(`${members.length - there.length} of ${members.length} member ways are missing`);
  }
  const rings = joinByRole(there, lookups, problems);
  const shared = sharedSegments([...rings.outer, ...rings.inner]);
  if (shared > 0) problems.push(`rings share ${shared} segments of their border`);
  const located = (list: readonly NodeRing[]) =>
    list.flatMap((ring) => locate(ring, lookups, problems));
  const assembled = assemblePolygons(located(rings.outer), located(rings.inner));
  return { polygons: assembled.polygons, problems: [...problems, ...assembled.problems] };
}

/** Rings of outer and of inner ways; where that leaves some open, of all ways together. */
function joinByRole(
  members: readonly AreaMember[],
  { refsOf }: Lookups,
  problems: string[],
): NodeRings {
  const refs = (list: readonly AreaMember[]) => list.flatMap(({ way }) => [refsOf(way) ?? []]);
  const outer = joinRings(refs(members.filter((member) => !isInner(member))));
  const inner = joinRings(refs(members.filter(isInner)));
  const openEnds = [...outer.openEnds, ...inner.openEnds];
  if (openEnds.length === 0) return { outer: outer.rings, inner: inner.rings };
  const together = joinRings(refs(members));
  if (together.openEnds.length === 0 && inner.openEnds.length > 0 && outer.openEnds.length > 0) {
    problems.push('rings close only over outer and inner ways together; roles are left aside');
    return { outer: together.rings, inner: [] };
  }
  problems.push(`rings are open at nodes ${openEnds.slice(0, 6).join(', ')}`);
  return { outer: outer.rings, inner: inner.rings };
}

function locate(refs: NodeRing, { positionsOf }: Lookups, problems: string[]): Ring[] {
  const ring = positionsOf(refs);
  if (ring.length === refs.length) return [ring];
  problems.push(`a ring misses ${refs.length - ring.length} nodes`);
  return [];
}

/** How many segments belong to more than one of the rings. */
function sharedSegments(rings: readonly NodeRing[]): number {
  if (rings.length < 2) return 0;
  const seen = new Set<string>();
  let shared = 0;
  for (const ring of rings) {
    for (let i = 1; i < ring.length; i += 1) {
      const [a, b] = [ring[i - 1] ?? 0, ring[i] ?? 0];
      const key = a < b ? `${a} ${b}` : `${b} ${a}`;
      if (seen.has(key)) shared += 1;
      seen.add(key);
    }
  }
  return shared;
}
