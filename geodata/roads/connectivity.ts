import type { RoadGraph } from './road-graph.js';

export type Connectivity = {
  /** Edges, each direction by itself, that the mode may travel. */
  readonly edges: number;
  /** Share of them in the largest part within which every node reaches every other; 0 without edges. */
  readonly largestShare: number;
};

/** How far a network hangs together, turn restrictions and barriers left aside. */
export function connectivity(
  graph: Pick<RoadGraph, 'firstEdge' | 'fromNode' | 'toNode'>,
): Connectivity {
  const { fromNode, toNode } = graph;
  const component = strongComponents(graph);
  const sizes = new Map<number, number>();
  for (let edge = 0; edge < toNode.length; edge += 1) {
    const [from, to] = [component[fromNode[edge] ?? 0] ?? -1, component[toNode[edge] ?? 0] ?? -1];
    if (from === to) sizes.set(from, (sizes.get(from) ?? 0) + 1);
  }
  let largest = 0;
  for (const size of sizes.values()) largest = Math.max(largest, size);
  const share = toNode.length === 0 ? 0 : largest / toNode.length;
  return { edges: toNode.length, largestShare: Math.round(share * 1e4) / 1e4 };
}

/** Number of the strongly connected component of each node (Tarjan 1972, without recursion). */
export function strongComponents({
  firstEdge,
  toNode,
}: Pick<RoadGraph, 'firstEdge' | 'toNode'>): Int32Array {
  const nodes = firstEdge.length - 1;
  const component = new Int32Array(nodes).fill(-1);
  const order = new Int32Array(nodes).fill(-1);
  const lowest = new Int32Array(nodes);
  const nextEdge = Int32Array.from(firstEdge.subarray(0, nodes));
  const open: number[] = [];
  const path: number[] = [];
  let seen = 0;
  let components = 0;
  const enter = (node: number) => {
    order[node] = lowest[node] = seen;
    seen += 1;
    open.push(node);
    path.push(node);
  };
  const lower = (node: number, to: number) => {
    if (to < (lowest[node] ?? 0)) lowest[node] = to;
  };
  const leave = (node: number) => {
    path.pop();
    const parent = path.at(-1);
    if (parent !== undefined) lower(parent, lowest[node] ?? 0);
    if (lowest[node] !== order[node]) return;
    for (let member = open.pop(); member !== undefined; member = open.pop()) {
      component[member] = components;
      if (member === node) break;
    }
    components += 1;
  };
  for (let root = 0; root < nodes; root += 1) {
    if (order[root] !== -1) continue;
    enter(root);
    for (let node = path.at(-1); node !== undefined; node = path.at(-1)) {
      const edge = nextEdge[node] ?? 0;
      if (edge >= (firstEdge[node + 1] ?? 0)) {
        leave(node);
        continue;
      }
      nextEdge[node] = edge + 1;
      const to = toNode[edge] ?? 0;
      if (order[to] === -1) enter(to);
      else if (component[to] === -1) lower(node, order[to] ?? 0);
    }
  }
  return component;
}
