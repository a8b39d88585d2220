import { distance, type Point } from '../plane/geometry.js';
import { Heap } from '../plane/heap.js';

export type RoadRank = 'primary' | 'secondary' | 'tertiary';
const RANKS: readonly RoadRank[] = ['primary', 'secondary', 'tertiary'];

/** Stretch of main road between two junctions; end points that are shared are the same object. */
export type Chain = { readonly rank: RoadRank; readonly points: readonly Point[] };

const STEPS: readonly (readonly [number, number])[] = [
  [1, 0],
  [1, 1],
  [0, 1],
  [-1, 1],
  [-1, 0],
  [-1, -1],
  [0, -1],
  [1, -1],
];
const REUSE = 0.35;

/** Finds least-cost routes over a grid; roads that exist are cheap, so that later routes join earlier ones. */
export class RouteGrid {
  private readonly width: number;
  private readonly height: number;
  private readonly edges = new Map<number, RoadRank>();
  private readonly onRoad: Uint8Array;
  private readonly best: Float64Array;
  private readonly before: Int32Array;

  /** `costAt` is the cost of a metre at a point (Infinity where no road can be). */
  constructor(
    private readonly west: number,
    private readonly south: number,
    private readonly size: number,
    halfWidth: number,
    halfHeight: number,
    costAt: (point: Point) => number,
  ) {
    this.width = Math.floor((2 * halfWidth) / size) + 1;
    this.height = Math.floor((2 * halfHeight) / size) + 1;
    const count = this.width * this.height;
    this.costs = Float64Array.from({ length: count }, (_, node) => costAt(this.point(node)));
    this.onRoad = new Uint8Array(count);
    this.best = new Float64Array(count);
    this.before = new Int32Array(count);
  }

  private readonly costs: Float64Array;

  /** Builds the cheapest road from one point to another, or to anything `isGoal` accepts. */
  connect(from: Point, to: Point, rank: RoadRank): boolean {
    const path = this.search(this.node(from), this.node(to));
    for (let i = 1; i < path.length; i++) this.addEdge(path[i - 1]!, path[i]!, rank);
    return path.length > 0;
  }

  /** All roads, cut at junctions and where the rank changes. */
  chains(): Chain[] {
    const neighbours = new Map<number, number[]>();
    const link = (a: number, b: number) => neighbours.set(a, [...(neighbours.get(a) ?? []), b]);
    for (const key of this.edges.keys()) {
      const [a, b] = this.ends(key);
      link(a, b);
      link(b, a);
    }
    const isBreak = (node: number) => {
      const around = neighbours.get(node)!;
      if (around.length !== 2) return true;
      return this.rank(node, around[0]!) !== this.rank(node, around[1]!);
    };
    const points = new Map<number, Point>();
    const pointOf = (node: number) => {
      if (!points.has(node)) points.set(node, this.point(node));
      return points.get(node)!;
    };
    const done = new Set<number>();
    const chains: Chain[] = [];
    const starts = [...neighbours.keys()];
    for (const start of [...starts.filter(isBreak), ...starts]) {
      for (const next of neighbours.get(start)!) {
        if (done.has(this.key(start, next))) continue;
        const nodes = [start];
        let previous = start;
        let at = next;
        for (;;) {
          done.add(this.key(previous, at));
          nodes.push(at);
          if (at === start || isBreak(at)) break;
          const [a, b] = neighbours.get(at)!;
          const onward = a === previous ? b! : a!;
          previous = at;
          at = onward;
        }
        chains.push({ rank: this.rank(start, next), points: nodes.map(pointOf) });
      }
    }
    return chains;
  }

  private search(from: number, to: number): number[] {
    const goal = this.point(to);
    const heap = new Heap();
    this.best.fill(Infinity);
    this.best[from] = 0;
    this.before[from] = from;
    heap.push(0, from);
    while (heap.size > 0) {
      const { value: node } = heap.pop();
      if (node === to) return this.path(from, to);
      this.relax(node, goal, heap);
    }
    return [];
  }

  private relax(node: number, goal: Point, heap: Heap): void {
    const column = node % this.width;
    const row = (node - column) / this.width;
    for (const [dx, dy] of STEPS) {
      if (column + dx < 0 || column + dx >= this.width || row + dy < 0 || row + dy >= this.height)
        continue;
      const next = node + dx + dy * this.width;
      const cost = this.best[node]! + this.stepCost(node, next, dx, dy);
      if (cost >= this.best[next]!) continue;
      this.best[next] = cost;
      this.before[next] = node;
      heap.push(cost + REUSE * 0.6 * distance(this.point(next), goal), next);
    }
  }

  private stepCost(node: number, next: number, dx: number, dy: number): number {
    const length = this.size * Math.hypot(dx, dy);
    if (this.edges.has(this.key(node, next))) return length * REUSE;
    const crosses =
      dx !== 0 && dy !== 0 && this.edges.has(this.key(node + dx, node + dy * this.width));
    if (crosses) return Infinity;
    const hugging = this.isBesideRoad(next) ? 2.2 : 1;
    return length * this.costs[next]! * hugging;
  }

  private isBesideRoad(node: number): boolean {
    if (this.onRoad[node]) return false;
    return STEPS.some(([dx, dy]) => this.onRoad[node + dx + dy * this.width] === 1);
  }

  private path(from: number, to: number): number[] {
    const path = [to];
    for (let node = to; node !== from;) {
      node = this.before[node]!;
      path.push(node);
    }
    return path.reverse();
  }

  private addEdge(a: number, b: number, rank: RoadRank): void {
    const key = this.key(a, b);
    const old = this.edges.get(key);
    if (old && RANKS.indexOf(old) <= RANKS.indexOf(rank)) return;
    this.edges.set(key, rank);
    this.onRoad[a] = this.onRoad[b] = 1;
  }

  private rank(a: number, b: number): RoadRank {
    return this.edges.get(this.key(a, b))!;
  }

  private key(a: number, b: number): number {
    return Math.min(a, b) * this.width * this.height + Math.max(a, b);
  }

  private ends(key: number): [number, number] {
    const count = this.width * this.height;
    return [Math.floor(key / count), key % count];
  }

  private node(point: Point): number {
    const column = Math.round((point.x - this.west) / this.size);
    return Math.round((point.y - this.south) / this.size) * this.width + column;
  }

  private point(node: number): Point {
    const column = node % this.width;
    const row = (node - column) / this.width;
    return { x: this.west + column * this.size, y: this.south + row * this.size };
  }
}
