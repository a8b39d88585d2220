import { between, distance, type Point } from '../plane/geometry.js';

export type RoadClass =
  | 'motorway'
  | 'primary'
  | 'secondary'
  | 'tertiary'
  | 'residential'
  | 'service'
  | 'track'
  | 'pedestrian'
  | 'cycleway';

export type StreetKind = {
  readonly class: RoadClass;
  /** Index of the neighbourhood's seed, or -1 for a main road. */
  readonly neighbourhood: number;
  readonly oneWay: boolean;
};

/** A street with all its vertices; vertices shared with other streets are the same object. */
export type Street = StreetKind & { readonly points: readonly Point[] };

type Split = { readonly t: number; readonly point: Point };
type Segment = {
  readonly a: Point;
  readonly b: Point;
  readonly isOpen: boolean;
  readonly splits: Split[];
};
type Draft = StreetKind & { readonly segments: readonly Segment[] };
export type Hit = { readonly segment: Segment; readonly t: number; readonly distance: number };

const CELL = 80;
/** Junctions nearer than this to another vertex become that vertex: two arms do not miss each other by a kerb. */
const MERGE_METERS = 11;

/** Streets under construction: new ones end on older ones by inserting a shared vertex. */
export class StreetNetwork {
  private readonly drafts: Draft[] = [];
  private readonly cells = new Map<number, Segment[]>();

  /** Adds a line as it is. Nothing can join it when it is not open (a motorway). */
  add(points: readonly Point[], kind: StreetKind, isOpen = true): void {
    const segments = points.slice(1).map((b, i) => ({ a: points[i]!, b, isOpen, splits: [] }));
    for (const segment of segments) this.index(segment);
    this.drafts.push({ ...kind, segments });
  }

  /** The first street on the way from `from` in a unit direction, within `reach` metres. */
  firstHit(from: Point, direction: Point, reach: number): Hit | undefined {
    const to = { x: from.x + direction.x * reach, y: from.y + direction.y * reach };
    let best: Hit | undefined;
    for (const segment of this.around(from, to)) {
      const hit = crossing(from, to, segment, reach);
      if (hit && (!best || hit.distance < best.distance)) best = hit;
    }
    return best?.segment.isOpen ? best : undefined;
  }

  /** The shared vertex at which a new street joins. */
  join(hit: Hit): Point {
    const { segment, t } = hit;
    const point = between(segment.a, segment.b, t);
    const near = [segment.a, segment.b, ...segment.splits.map((split) => split.point)]
      .filter((other) => distance(other, point) < MERGE_METERS)
      .sort((p, q) => distance(p, point) - distance(q, point))[0];
    if (near) return near;
    segment.splits.push({ t, point });
    return point;
  }

  /** Inserts a vertex into the street nearest to a point, for ramps; undefined beyond `reach`. */
  joinNearest(
    point: Point,
    reach: number,
    accepts: (kind: StreetKind) => boolean,
  ): Point | undefined {
    let best: { segment: Segment; t: number; distance: number } | undefined;
    for (const draft of this.drafts) {
      if (!accepts(draft)) continue;
      for (const segment of draft.segments) {
        const { a, b } = segment;
        if (Math.abs(a.x - point.x) > reach + CELL || Math.abs(a.y - point.y) > reach + CELL)
          continue;
        const squared = distance(a, b) ** 2 || 1;
        const raw = ((point.x - a.x) * (b.x - a.x) + (point.y - a.y) * (b.y - a.y)) / squared;
        const t = Math.min(1, Math.max(0, raw));
        const away = distance(point, between(a, b, t));
        if (away < (best?.distance ?? reach)) best = { segment, t, distance: away };
      }
    }
    return best && this.join(best);
  }

  /** All streets with the vertices that joining inserted. */
  streets(): Street[] {
    return this.drafts.map(({ segments, ...kind }) => ({ ...kind, points: expand(segments) }));
  }

  private index(segment: Segment): void {
    const { a, b } = segment;
    for (const key of cellsOf(a, b)) {
      const cell = this.cells.get(key);
      if (cell) cell.push(segment);
      else this.cells.set(key, [segment]);
    }
  }

  private *around(from: Point, to: Point): Iterable<Segment> {
    for (const key of cellsOf(from, to)) yield* this.cells.get(key) ?? [];
  }
}

function expand(segments: readonly Segment[]): Point[] {
  const points: Point[] = [segments[0]!.a];
  const push = (point: Point) => {
    if (points[points.length - 1] !== point) points.push(point);
  };
  for (const segment of segments) {
    for (const split of [...segment.splits].sort((p, q) => p.t - q.t)) push(split.point);
    push(segment.b);
  }
  return points;
}

function* cellsOf(a: Point, b: Point): Iterable<number> {
  const left = Math.floor(Math.min(a.x, b.x) / CELL);
  const right = Math.floor(Math.max(a.x, b.x) / CELL);
  const bottom = Math.floor(Math.min(a.y, b.y) / CELL);
  const top = Math.floor(Math.max(a.y, b.y) / CELL);
  for (let i = left; i <= right; i++) for (let j = bottom; j <= top; j++) yield i * 100_003 + j;
}

function crossing(from: Point, to: Point, segment: Segment, reach: number): Hit | undefined {
  const { a, b } = segment;
  const rx = to.x - from.x;
  const ry = to.y - from.y;
  const sx = b.x - a.x;
  const sy = b.y - a.y;
  const cross = rx * sy - ry * sx;
  if (Math.abs(cross) < 1e-9) return undefined;
  const along = ((a.x - from.x) * sy - (a.y - from.y) * sx) / cross;
  const t = ((a.x - from.x) * ry - (a.y - from.y) * rx) / cross;
  if (along < 0 || along > 1 || t < 0 || t > 1) return undefined;
  return { segment, t, distance: along * reach };
}
