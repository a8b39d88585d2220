import { isInside, ringArea, simplify, smooth, type Point, type Polygon } from './geometry.js';
import type { Raster } from './raster.js';

/** A stretch of border between two labels: `left` lies left of its direction. */
export type Arc = {
  readonly left: number;
  readonly right: number;
  readonly points: readonly Point[];
};

type Labels = Raster<Int16Array>;

/**
 * The borders between the labels of a grid, each once, smoothed; neighbours therefore share their edge point by
 * point and tile without gaps. Cells that touch a like one only by a corner are relabelled first.
 */
export function traceArcs(labels: Labels, passes: number, tolerance: number): Arc[] {
  removeCornerContacts(labels);
  const tracer = new Tracer(labels);
  return tracer.arcs().map((arc) => {
    const closed = arc.points[0] === arc.points[arc.points.length - 1];
    return {
      ...arc,
      points: closed
        ? smoothLoop(arc.points, passes, tolerance)
        : simplify(smooth(arc.points, passes), tolerance),
    };
  });
}

function smoothLoop(points: readonly Point[], passes: number, tolerance: number): Point[] {
  const ring = smooth(points.slice(0, -1), passes, true);
  const half = ring.length >> 1;
  const first = simplify(ring.slice(0, half + 1), tolerance);
  const second = simplify([...ring.slice(half), ring[0]!], tolerance);
  return [...first, ...second.slice(1)];
}

/**
 * The polygons of a group of labels, put together from the shared borders. The outer border of label 0 (what
 * lies outside the grid) cannot be told; ask `groupRings` for it.
 */
export function groupPolygons(
  isMember: (label: number) => boolean,
  arcs: readonly Arc[],
): Polygon[] {
  const rings = groupRings(isMember, arcs);
  const outer = rings.filter((ring) => ringArea(ring) > 0);
  const holes = rings.filter((ring) => ringArea(ring) < 0);
  return outer.map((ring) => [ring, ...holes.filter((hole) => holds(ring, hole))]);
}

/** The border of a group of labels as rings with the group on their left. */
export function groupRings(isMember: (label: number) => boolean, arcs: readonly Arc[]): Point[][] {
  const pieces = arcs.flatMap((arc) => {
    const [left, right] = [isMember(arc.left), isMember(arc.right)];
    if (left === right) return [];
    return [left ? arc.points : [...arc.points].reverse()];
  });
  return joinRings(pieces).filter((ring) => ring.length >= 3);
}

function holds(ring: readonly Point[], hole: readonly Point[]): boolean {
  if (Math.abs(ringArea(hole)) > ringArea(ring)) return false;
  const sample = hole.filter((_, i) => i % Math.ceil(hole.length / 9) === 0);
  return sample.filter((point) => isInside(point, ring)).length * 2 > sample.length;
}

function joinRings(pieces: readonly (readonly Point[])[]): Point[][] {
  const byStart = new Map(pieces.map((piece) => [piece[0]!, piece]));
  const rings: Point[][] = [];
  while (byStart.size > 0) {
    const [start] = byStart.keys();
    const ring: Point[] = [];
    for (let at = start!; ;) {
      const piece = byStart.get(at);
      if (!piece) break;
      byStart.delete(at);
      ring.push(...piece.slice(0, -1));
      at = piece[piece.length - 1]!;
    }
    rings.push(ring);
  }
  return rings;
}

function removeCornerContacts(labels: Labels): void {
  const { cells, width, height } = labels;
  for (let changed = true; changed;) {
    changed = false;
    for (let row = 0; row + 1 < height; row++) {
      for (let column = 0; column + 1 < width; column++) {
        const i = row * width + column;
        const [a, b, c, d] = [cells[i]!, cells[i + 1]!, cells[i + width]!, cells[i + width + 1]!];
        if (a === d && a !== b && a !== c) {
          cells[i + 1] = a;
          changed = true;
        } else if (b === c && b !== a && b !== d) {
          cells[i] = b;
          changed = true;
        }
      }
    }
  }
}

class Tracer {
  private readonly stride: number;
  private readonly points = new Map<number, Point>();
  private readonly used = new Set<number>();

  constructor(private readonly labels: Labels) {
    this.stride = labels.width + 1;
  }

  arcs(): Arc[] {
    const corners: number[] = [];
    const nodes: number[] = [];
    for (let row = 0; row <= this.labels.height; row++) {
      for (let column = 0; column <= this.labels.width; column++) {
        const corner = row * this.stride + column;
        if (this.isInterior(column, row)) continue;
        const degree = this.directions(corner).length;
        if (degree > 0) corners.push(corner);
        if (degree > 2) nodes.push(corner);
      }
    }
    const atNodes = nodes.flatMap((node) =>
      this.directions(node).map((direction) => this.follow(node, direction)),
    );
    const loops = corners.map((corner) => this.follow(corner, this.directions(corner)[0]!));
    return [...atNodes, ...loops].filter((arc) => arc !== undefined);
  }

  /** Follows a border from a corner until the next node; undefined where that was done before. */
  private follow(start: number, direction: number): Arc | undefined {
    if (this.used.has(this.edge(start, direction))) return undefined;
    const [left, right] = this.sides(start, direction);
    const points = [this.point(start)];
    let corner = start;
    for (let heading = direction; ;) {
      this.used.add(this.edge(corner, heading));
      corner = this.step(corner, heading);
      points.push(this.point(corner));
      const exits = this.directions(corner);
      if (corner === start || exits.length !== 2) break;
      const back = (heading + 2) % 4;
      heading = exits[0] === back ? exits[1]! : exits[0]!;
    }
    return { left, right, points };
  }

  private isInterior(column: number, row: number): boolean {
    const { cells, width, height } = this.labels;
    if (column === 0 || row === 0 || column === width || row === height) return false;
    const i = row * width + column;
    const label = cells[i];
    return cells[i - 1] === label && cells[i - width] === label && cells[i - width - 1] === label;
  }

  /** Directions (0 east, 1 north, 2 west, 3 south) in which a border leaves a corner. */
  private directions(corner: number): number[] {
    return [0, 1, 2, 3].filter((direction) => {
      const [left, right] = this.sides(corner, direction);
      return left !== right;
    });
  }

  private sides(corner: number, direction: number): [number, number] {
    const column = corner % this.stride;
    const row = (corner - column) / this.stride;
    const northEast = this.label(column, row);
    const southEast = this.label(column, row - 1);
    const southWest = this.label(column - 1, row - 1);
    const northWest = this.label(column - 1, row);
    if (direction === 0) return [northEast, southEast];
    if (direction === 1) return [northWest, northEast];
    if (direction === 2) return [southWest, northWest];
    return [southEast, southWest];
  }

  private label(column: number, row: number): number {
    const { width, height, cells } = this.labels;
    if (column < 0 || row < 0 || column >= width || row >= height) return 0;
    return cells[row * width + column]!;
  }

  private step(corner: number, direction: number): number {
    return corner + [1, this.stride, -1, -this.stride][direction]!;
  }

  private edge(corner: number, direction: number): number {
    const from = direction < 2 ? corner : this.step(corner, direction);
    return from * 2 + (direction % 2);
  }

  private point(corner: number): Point {
    const known = this.points.get(corner);
    if (known) return known;
    const column = corner % this.stride;
    const row = (corner - column) / this.stride;
    const point = {
      x: this.labels.west + column * this.labels.size,
      y: this.labels.south + row * this.labels.size,
    };
    this.points.set(corner, point);
    return point;
  }
}
