/** Points of the world square of 2^32 by 2^32 as columns: what the worker computes with. */
export interface PointSet {
  readonly length: number;
  /** x and y by turns. */
  readonly positions: Uint32Array;
  /** Class of each point under the present colouring, 0 where the filter hides it. */
  readonly classes: Uint8Array;
  /** The measure that sizes and sums are of; null where accounts are counted. */
  readonly values: Float64Array | null;
  readonly chunks: PointChunks;
}

/** Runs of neighbouring points with the box that holds them, so that what is out of view costs nothing. */
export interface PointChunks {
  readonly size: number;
  /** West, north, east and south of each, four numbers. */
  readonly boxes: Uint32Array;
}

/** A box of the world square; west is never beyond east, both are included. */
export interface WorldBox {
  readonly west: number;
  readonly north: number;
  readonly east: number;
  readonly south: number;
}

/** Few enough that the edge of the view costs little, many enough that a frame needs few draws. */
const pointsInChunk = 4096;

/** The chunks of points in the order given, which should follow a curve. */
export function chunksOf(positions: Uint32Array): PointChunks {
  const length = positions.length / 2;
  const boxes = new Uint32Array(Math.ceil(length / pointsInChunk) * 4);
  for (let start = 0; start < length; start += pointsInChunk) {
    const box = { west: 0xffffffff, north: 0xffffffff, east: 0, south: 0 };
    for (let i = start; i < Math.min(length, start + pointsInChunk); i += 1) {
      const x = positions[i * 2] as number;
      const y = positions[i * 2 + 1] as number;
      if (x < box.west) box.west = x;
      if (x > box.east) box.east = x;
      if (y < box.north) box.north = y;
      if (y > box.south) box.south = y;
    }
    boxes.set([box.west, box.north, box.east, box.south], (start / pointsInChunk) * 4);
  }
  return { size: pointsInChunk, boxes };
}

/** Runs of points, from the first to before the last, whose chunks touch a box; neighbours are joined. */
export function runsInBox(
  { size, boxes }: PointChunks,
  length: number,
  { west, north, east, south }: WorldBox,
): [first: number, end: number][] {
  const runs: [number, number][] = [];
  for (let chunk = 0; chunk * 4 < boxes.length; chunk += 1) {
    const at = chunk * 4;
    if ((boxes[at] as number) > east || (boxes[at + 2] as number) < west) continue;
    if ((boxes[at + 1] as number) > south || (boxes[at + 3] as number) < north) continue;
    const first = chunk * size;
    const end = Math.min(length, first + size);
    const last = runs.at(-1);
    if (last?.[1] === first) last[1] = end;
    else runs.push([first, end]);
  }
  return runs;
}

/** Visits the points of a box that the filter shows. */
export function forEachInBox(
  set: PointSet,
  box: WorldBox,
  visit: (row: number, x: number, y: number) => void,
): void {
  const { positions, classes, chunks, length } = set;
  const { west, north, east, south } = box;
  for (const [first, end] of runsInBox(chunks, length, box)) {
    for (let row = first; row < end; row += 1) {
      if (classes[row] === 0) continue;
      const x = positions[row * 2] as number;
      const y = positions[row * 2 + 1] as number;
      if (x >= west && x <= east && y >= north && y <= south) visit(row, x, y);
    }
  }
}
