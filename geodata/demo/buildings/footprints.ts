import type { Point } from '../plane/geometry.js';

/** A rectangle on the ground; `ux, uy` is the unit vector along its front. */
export type Footprint = {
  readonly x: number;
  readonly y: number;
  readonly ux: number;
  readonly uy: number;
  readonly width: number;
  readonly depth: number;
};

/** The four corners, counter-clockwise. */
export function cornersOf(box: Footprint): Point[] {
  const { x, y, ux, uy } = box;
  const w = box.width / 2;
  const d = box.depth / 2;
  const corner = (a: number, b: number) => ({ x: x + a * ux - b * uy, y: y + a * uy + b * ux });
  return [corner(-w, -d), corner(w, -d), corner(w, d), corner(-w, d)];
}

const CELL = 60;
/** Neighbours in a row share a wall: this much overlap (metres) is rounding, not a collision. */
const SLACK = 0.35;

/** Remembers where buildings stand, so that no two overlap. */
export class FootprintIndex {
  private readonly cells = new Map<number, Footprint[]>();

  isFree(box: Footprint): boolean {
    for (const key of cellsAround(box)) {
      for (const other of this.cells.get(key) ?? []) if (overlaps(box, other)) return false;
    }
    return true;
  }

  add(box: Footprint): void {
    for (const key of cellsAround(box)) {
      const cell = this.cells.get(key);
      if (cell) cell.push(box);
      else this.cells.set(key, [box]);
    }
  }
}

function* cellsAround(box: Footprint): Iterable<number> {
  const reach = Math.hypot(box.width, box.depth) / 2;
  const right = Math.floor((box.x + reach) / CELL);
  const top = Math.floor((box.y + reach) / CELL);
  for (let i = Math.floor((box.x - reach) / CELL); i <= right; i++) {
    for (let j = Math.floor((box.y - reach) / CELL); j <= top; j++) yield i * 100_003 + j;
  }
}

/** Separating axes of two turned rectangles. */
function overlaps(a: Footprint, b: Footprint): boolean {
  const dx = b.x - a.x;
  const dy = b.y - a.y;
  return [a, b].every((own) => {
    const other = own === a ? b : a;
    const along = Math.abs(dx * own.ux + dy * own.uy);
    const across = Math.abs(-dx * own.uy + dy * own.ux);
    const cos = Math.abs(own.ux * other.ux + own.uy * other.uy);
    const sin = Math.abs(own.ux * other.uy - own.uy * other.ux);
    const halfAlong = (own.width + other.width * cos + other.depth * sin) / 2;
    const halfAcross = (own.depth + other.width * sin + other.depth * cos) / 2;
    return along < halfAlong - SLACK && across < halfAcross - SLACK;
  });
}
