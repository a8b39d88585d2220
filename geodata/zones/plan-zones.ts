import type { Overlap, ZonePart } from './zone-parts.js';

/** How one zone is made: from its own part, those it takes in, and those that are cut out of it. */
export type ZonePlan = {
  readonly part: ZonePart;
  /** Parts that say nothing of their own within it: their area belongs to the zone. */
  readonly absorbed: readonly ZonePart[];
  /** Smaller parts that overlap it: theirs is the ground they cover. */
  readonly cutters: readonly ZonePart[];
  readonly name: string | null;
  readonly nameSource: 'own' | 'enclosing' | null;
};

/** A part lies in another when so much of it does; borders are rarely drawn along each other. */
const insideShare = 0.9;

type Neighbour = { readonly part: ZonePart; readonly sharedM2: number };

/**
 * Resolves parts that nest or overlap: the smaller one wins, since it was drawn for the place itself. A
 * part inside one of its own kind that bears no other name is taken in; one without a name inherits that
 * of the smallest named part around it. `parts` come smallest first.
 */
export function planZones(
  parts: readonly ZonePart[],
  overlaps: readonly Overlap[],
): readonly ZonePlan[] {
  const rank = new Map(parts.map((part, index) => [part.id, index]));
  const neighbours = neighboursOf(parts, overlaps);
  const around = (part: ZonePart) =>
    (neighbours.get(part.id) ?? [])
      .filter((other) => isInside(part, other) && rankOf(other.part) > rankOf(part))
      .map((other) => other.part)
      .sort((a, b) => rankOf(a) - rankOf(b));
  const rankOf = ({ id }: ZonePart) => rank.get(id) ?? 0;

  const takenBy = new Map<number, ZonePart>();
  for (const part of parts) {
    const [closest] = around(part);
    if (closest && saysNothingIn(part, closest)) takenBy.set(part.id, closest);
  }
  const owner = (part: ZonePart): ZonePart => {
    const next = takenBy.get(part.id);
    return next ? owner(next) : part;
  };
  const takenIn = new Map<number, ZonePart[]>();
  for (const part of parts) {
    if (!takenBy.has(part.id)) continue;
    const { id } = owner(part);
    takenIn.set(id, [...(takenIn.get(id) ?? []), part]);
  }

  return parts
    .filter((part) => !takenBy.has(part.id))
    .map((part) => {
      const absorbed = takenIn.get(part.id) ?? [];
      const own = [part, ...absorbed];
      const cutters = own
        .flatMap((piece) => neighbours.get(piece.id) ?? [])
        .map((other) => other.part)
        .filter((other) => {
          const winner = owner(other);
          return winner.id !== part.id && rankOf(winner) < rankOf(part);
        });
      return { part, absorbed, cutters: unique(cutters), ...nameOf(part, around(part)) };
    });
}

function neighboursOf(parts: readonly ZonePart[], overlaps: readonly Overlap[]) {
  const byId = new Map(parts.map((part) => [part.id, part]));
  const neighbours = new Map<number, Neighbour[]>();
  const add = (id: number, other: number, sharedM2: number) => {
    const part = byId.get(other);
    if (part) neighbours.set(id, [...(neighbours.get(id) ?? []), { part, sharedM2 }]);
  };
  for (const { a, b, areaM2 } of overlaps) {
    add(a, b, areaM2);
    add(b, a, areaM2);
  }
  return neighbours;
}

function isInside(part: ZonePart, other: Neighbour): boolean {
  return other.sharedM2 >= insideShare * part.areaM2;
}

function saysNothingIn(part: ZonePart, around: ZonePart): boolean {
  return part.kind === around.kind && (part.name === null || part.name === around.name);
}

function nameOf(part: ZonePart, around: readonly ZonePart[]) {
  if (part.name !== null) return { name: part.name, nameSource: 'own' as const };
  const named = around.find(({ name }) => name !== null);
  return named
    ? { name: named.name, nameSource: 'enclosing' as const }
    : { name: null, nameSource: null };
}

function unique(parts: readonly ZonePart[]): ZonePart[] {
  return [...new Map(parts.map((part) => [part.id, part])).values()];
}
