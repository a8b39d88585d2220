import type { TurnRestriction } from './turn-restriction.js';

type RefsOf = (wayId: number) => readonly number[] | undefined;

export type RestrictionPath = { readonly nodes: readonly number[] } | { readonly problem: string };

/**
 * The nodes over which a restricted turn leads: the node of the turn, or all nodes of the ways in between
 * from the first turn to the last. `refsOf` gives the nodes of a road, undefined where there is none.
 */
export function restrictionPath(
  via: TurnRestriction['via'],
  fromWay: number,
  toWay: number,
  refsOf: RefsOf,
): RestrictionPath {
  const from = refsOf(fromWay);
  const to = refsOf(toWay);
  if (!from || !to) return { problem: `way ${from ? toWay : fromWay} is not among the roads` };
  if ('node' in via) {
    const meets = from.includes(via.node) && to.includes(via.node);
    return meets ? { nodes: [via.node] } : { problem: `node ${via.node} is not on both ways` };
  }
  const between = via.ways.map(refsOf);
  const missing = between.indexOf(undefined);
  if (missing >= 0) return { problem: `way ${via.ways[missing]} is not among the roads` };
  const ways = between.filter((refs) => refs !== undefined);
  for (const order of [ways, [...ways].reverse()]) {
    for (const start of [order[0]?.[0], order[0]?.at(-1)]) {
      if (start === undefined || !from.includes(start)) continue;
      const nodes = walk(order, start);
      if (nodes && to.includes(nodes.at(-1) ?? NaN)) return { nodes };
    }
  }
  return { problem: 'its ways do not follow each other' };
}

/** The nodes along ways that are each entered at an end; undefined where one does not continue. */
function walk(ways: readonly (readonly number[])[], start: number): number[] | undefined {
  const nodes = [start];
  for (const refs of ways) {
    const at = nodes.at(-1);
    if (refs[0] === at) nodes.push(...refs.slice(1));
    else if (refs.at(-1) === at) nodes.push(...refs.slice(0, -1).reverse());
    else return undefined;
  }
  return nodes;
}
