import { forEachInBox, type PointSet, type WorldBox } from './point-set.js';

/** How dense points are over a box: a grid, row by row from the north-west, and its densest place. */
export interface HeatGrid {
  readonly width: number;
  readonly height: number;
  /** Sum of the measure that a square of the grid holds after spreading each point around it. */
  readonly densities: Float32Array;
  readonly densest: number;
  /** Accounts that the grid is made of: those in the box. */
  readonly count: number;
}

export interface HeatRequest {
  readonly box: WorldBox;
  readonly width: number;
  readonly height: number;
  /** How far a point is spread, in squares of the grid. */
  readonly radius: number;
}

/** Three runs of a moving mean come close to a bell curve, whatever the radius costs. */
const runs = 3;

/** Spreads the shown points of a box over a grid; what each adds to it sums to its measure. */
export function heatGrid(sets: readonly PointSet[], request: HeatRequest): HeatGrid {
  const { box, width, height, radius } = request;
  const grid = new Float32Array(width * height);
  const across = width / (box.east - box.west + 1);
  const down = height / (box.south - box.north + 1);
  let count = 0;
  for (const set of sets) {
    forEachInBox(set, box, (row, x, y) => {
      const at = Math.floor((y - box.north) * down) * width + Math.floor((x - box.west) * across);
      grid[at]! += set.values?.[row] ?? 1;
      count += 1;
    });
  }
  const reach = Math.max(1, Math.round(radius / runs));
  for (let run = 0; run < runs; run += 1) {
    for (let line = 0; line < height; line += 1) {
      blur(grid, { start: line * width, step: 1, length: width }, reach);
    }
    for (let column = 0; column < width; column += 1) {
      blur(grid, { start: column, step: width, length: height }, reach);
    }
  }
  return {
    width,
    height,
    densities: grid,
    densest: grid.reduce((a, b) => Math.max(a, b), 0),
    count,
  };
}

/** A row or column of a grid: where it starts, how far its cells lie apart, and how many there are. */
interface GridLine {
  readonly start: number;
  readonly step: number;
  readonly length: number;
}

/** Replaces a line of a grid by its moving mean over `reach` on each side. */
function blur(grid: Float32Array, { start, step, length }: GridLine, reach: number): void {
  const line = new Float32Array(length);
  for (let i = 0; i < length; i += 1) line[i] = grid[start + i * step] as number;
  const share = 1 / (2 * reach + 1);
  let sum = 0;
  for (let i = 0; i < Math.min(reach, length); i += 1) sum += line[i] as number;
  for (let i = 0; i < length; i += 1) {
    sum += (line[i + reach] ?? 0) - (line[i - reach - 1] ?? 0);
    grid[start + i * step] = sum * share;
  }
}

/** The picture of a grid: a colour of the ramp by the root of the density, from `top` on the last one. */
export function heatImage(
  { width, height, densities }: HeatGrid,
  ramp: Uint8Array,
  top: number,
): Uint8ClampedArray<ArrayBuffer> {
  const pixels = new Uint8ClampedArray(width * height * 4);
  const steps = ramp.length / 4;
  for (let i = 0; i < densities.length; i += 1) {
    const share = Math.sqrt(Math.min(1, Math.max(0, (densities[i] as number) / top)));
    const step = Math.min(steps - 1, Math.floor(share * steps));
    for (let channel = 0; channel < 4; channel += 1) {
      pixels[i * 4 + channel] = ramp[step * 4 + channel] as number;
    }
  }
  return pixels;
}
