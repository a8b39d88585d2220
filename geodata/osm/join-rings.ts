type JoinedRings = {
  /** Closed rings of node ids: the first is repeated at the end. */
  readonly rings: readonly (readonly number[])[];
  /** Node ids at which a line ended that no other line continued. */
  readonly openEnds: readonly number[];
};

/**
 * Joins ways, end to end and in any direction, to closed rings.
 *
 * At a node where more than two ways end, a ring is closed as soon as it can be, so that rings which
 * touch in a point stay apart. Ways that cannot be closed are left out and their ends told.
 */
export function joinRings(ways: readonly (readonly number[])[]): JoinedRings {
  const rings: (readonly number[])[] = [];
  const openEnds: number[] = [];
  const waysAtEnd = new Map<number, Set<readonly number[]>>();
  for (const way of ways) {
    if (way.length < 2) continue;
    if (isClosed(way)) rings.push(way);
    else for (const end of endsOf(way)) add(waysAtEnd, end, way);
  }
  for (const way of ways) {
    const [start] = way;
    if (start === undefined || !waysAtEnd.get(start)?.has(way)) continue;
    const line = followFrom(way, waysAtEnd);
    rings.push(...line.rings);
    if (line.rest.length > 1) openEnds.push(...endsOf(line.rest));
  }
  return { rings: rings.filter((ring) => ring.length >= 4), openEnds };
}

/** Walks on from a way, cutting off a ring whenever the line meets itself, until nothing continues. */
function followFrom(
  way: readonly number[],
  waysAtEnd: Map<number, Set<readonly number[]>>,
): { rings: number[][]; rest: readonly number[] } {
  const rings: number[][] = [];
  take(waysAtEnd, way);
  let line = [...way];
  for (;;) {
    const end = line.at(-1) ?? NaN;
    const met = line.indexOf(end);
    if (met < line.length - 1) {
      rings.push(line.slice(met));
      line = line.slice(0, met + 1);
      if (line.length <= 1) return { rings, rest: [] };
    }
    const next = first(waysAtEnd.get(line.at(-1) ?? NaN));
    if (!next) return { rings, rest: line };
    take(waysAtEnd, next);
    const onward = next[0] === line.at(-1) ? next : [...next].reverse();
    line = [...line, ...onward.slice(1)];
  }
}

function isClosed(way: readonly number[]): boolean {
  return way[0] === way.at(-1);
}

function endsOf(way: readonly number[]): [number, number] {
  return [way[0] ?? NaN, way.at(-1) ?? NaN];
}

function add(
  waysAtEnd: Map<number, Set<readonly number[]>>,
  end: number,
  way: readonly number[],
): void {
  const there = waysAtEnd.get(end);
  if (there) there.add(way);
  else waysAtEnd.set(end, new Set([way]));
}

function take(waysAtEnd: Map<number, Set<readonly number[]>>, way: readonly number[]): void {
  for (const end of endsOf(way)) waysAtEnd.get(end)?.delete(way);
}

function first(ways: Set<readonly number[]> | undefined): readonly number[] | undefined {
  return ways?.values().next().value;
}
