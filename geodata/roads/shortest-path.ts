import { MinHeap } from './min-heap.js';
import { nodeIndex, type RoadGraph } from './road-graph.js';
import { TurnStates } from './turn-states.js';

export type ShortestPath = {
  readonly seconds: number;
  readonly metres: number;
  /** geo.road_edges.edge_id in order, negative where travelled against the geometry. */
  readonly edgeIds: readonly number[];
};

/**
 * The quickest way between two nodes (OpenStreetMap ids), or undefined where there is none.
 *
 * Dijkstra's algorithm over edges, not nodes, so that forbidden turns hold, also those that lead over a road
 * in between; exact, and without an index: for one way at a time and as the measure of quicker engines.
 * Roads limited to those who have business there are used at the beginning and the end only (a way that begins
 * at a node of one may begin on it), barriers passed never, and one turns back only where nothing else leads on.
 */
export function shortestPath(graph: RoadGraph, from: number, to: number): ShortestPath | undefined {
  const [start, goal] = [nodeIndex(graph, from), nodeIndex(graph, to)];
  if (start < 0 || goal < 0) return undefined;
  if (start === goal) return { seconds: 0, metres: 0, edgeIds: [] };
  return new Search(graph, start).run(goal);
}

/** Each state twice: odd labels have come from an open road to one that is limited, and may not leave it. */
class Search {
  readonly #graph: RoadGraph;
  readonly #states: TurnStates;
  readonly #seconds: Float64Array;
  readonly #before: Int32Array;
  readonly #heap = new MinHeap();

  constructor(graph: RoadGraph, start: number) {
    this.#graph = graph;
    this.#states = new TurnStates(graph.toNode.length, graph.forbidden);
    const labels = this.#states.count * 2;
    this.#seconds = new Float64Array(labels).fill(Infinity);
    this.#before = new Int32Array(labels).fill(-1);
    for (const edge of this.#leaving(start)) this.#reach(edge * 2, -1, this.#cost(edge));
  }

  run(goal: number): ShortestPath | undefined {
    const { toNode } = this.#graph;
    for (let label = this.#heap.pop(); label !== undefined; label = this.#heap.pop()) {
      const edge = this.#edgeOf(label.item);
      if (label.key > (this.#seconds[label.item] ?? 0)) continue;
      if (toNode[edge] === goal) return this.#path(label.item);
      this.#goOn(label.item, edge);
    }
    return undefined;
  }

  #goOn(label: number, edge: number): void {
    const { toNode, blocked, limited } = this.#graph;
    const node = toNode[edge] ?? -1;
    if (blocked[node] === 1) return;
    const mayNotLeave = label % 2 === 1;
    const seconds = this.#seconds[label] ?? Infinity;
    for (const next of this.#onward(node, edge)) {
      const isLimited = limited[next] === 1;
      if (mayNotLeave && !isLimited) continue;
      const state = this.#states.next(label >> 1, next);
      if (state === undefined) continue;
      const isEntered = isLimited && (mayNotLeave || limited[edge] !== 1);
      this.#reach(state * 2 + (isEntered ? 1 : 0), label, seconds + this.#cost(next));
    }
  }

  /** The edges that lead on, without the way back unless it is the only one. */
  #onward(node: number, edge: number): number[] {
    const { edgeIds } = this.#graph;
    const all = this.#leaving(node);
    const others = all.filter((next) => edgeIds[next] !== -(edgeIds[edge] ?? 0));
    return others.length > 0 ? others : all;
  }

  #leaving(node: number): number[] {
    const { firstEdge } = this.#graph;
    const first = firstEdge[node] ?? 0;
    return Array.from({ length: (firstEdge[node + 1] ?? first) - first }, (_, i) => first + i);
  }

  #reach(label: number, before: number, seconds: number): void {
    if (seconds >= (this.#seconds[label] ?? Infinity)) return;
    this.#seconds[label] = seconds;
    this.#before[label] = before;
    this.#heap.push(seconds, label);
  }

  #path(last: number): ShortestPath {
    const edges: number[] = [];
    for (let label = last; label >= 0; label = this.#before[label] ?? -1) {
      edges.unshift(this.#edgeOf(label));
    }
    const { metres, edgeIds } = this.#graph;
    return {
      seconds: this.#seconds[last] ?? Infinity,
      metres: edges.reduce((sum, edge) => sum + (metres[edge] ?? 0), 0),
      edgeIds: edges.map((edge) => edgeIds[edge] ?? 0),
    };
  }

  #edgeOf(label: number): number {
    return this.#states.edgeOf(label >> 1);
  }

  #cost(edge: number): number {
    return this.#graph.seconds[edge] ?? Infinity;
  }
}
