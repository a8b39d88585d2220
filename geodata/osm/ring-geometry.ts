import type { Position, Ring } from './assemble-polygons.js';

/** Enough corners of a ring to tell where it lies: single ones may lie on the other ring itself. */
const samples = 15;

/** Area of a closed ring in square units of its coordinates. */
export function ringArea(ring: Ring): number {
  let sum = 0;
  for (let i = 1; i < ring.length; i += 1) {
    const [x1, y1] = ring[i - 1] ?? [0, 0];
    const [x2, y2] = ring[i] ?? [0, 0];
    sum += x1 * y2 - x2 * y1;
  }
  return Math.abs(sum / 2);
}

/** Whether a ring lies in another: most of its corners do, and all of its extent. */
export function contains(outer: Ring, inner: Ring): boolean {
  if (!boxContains(boxOf(outer), boxOf(inner))) return false;
  const step = Math.max(1, Math.floor((inner.length - 1) / samples));
  const corners = inner.filter((_, index) => index > 0 && index % step === 0);
  const inside = corners.filter((corner) => isInside(outer, corner)).length;
  return inside * 2 > corners.length;
}

/** The same for rings of the same corners, wherever they begin and whichever way they go. */
export function ringKey(ring: Ring): string {
  return ring.slice(1).map(String).sort().join(' ');
}

type Box = readonly [west: number, south: number, east: number, north: number];

const boxes = new WeakMap<Ring, Box>();

function boxOf(ring: Ring): Box {
  const known = boxes.get(ring);
  if (known) return known;
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [x, y] of ring) {
    west = Math.min(west, x);
    south = Math.min(south, y);
    east = Math.max(east, x);
    north = Math.max(north, y);
  }
  const box: Box = [west, south, east, north];
  boxes.set(ring, box);
  return box;
}

function boxContains(outer: Box, inner: Box): boolean {
  return (
    outer[0] <= inner[0] && outer[1] <= inner[1] && outer[2] >= inner[2] && outer[3] >= inner[3]
  );
}

function isInside(ring: Ring, [x, y]: Position): boolean {
  let inside = false;
  for (let i = 1; i < ring.length; i += 1) {
    const [x1, y1] = ring[i - 1] ?? [0, 0];
    const [x2, y2] = ring[i] ?? [0, 0];
    if (y1 > y !== y2 > y && x < ((x2 - x1) * (y - y1)) / (y2 - y1) + x1) inside = !inside;
  }
  return inside;
}
