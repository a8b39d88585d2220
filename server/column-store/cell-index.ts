import type { Steps } from './breathe.js';
import { cellCentre, childrenOfKey, parentKey } from './h3.js';
import { sortedOrder, toZOrderWords } from './sort.js';

/**
 * The cells of one resolution that hold rows, sorted by their centre along the Z-order curve.
 *
 * The rows of a cell are the run from `starts` to `ends` of the snapshot's `cellOrder`.
 */
export type CellIndex = {
  readonly resolution: number;
  readonly keys: Float64Array;
  readonly starts: Uint32Array;
  readonly ends: Uint32Array;
  readonly xs: Uint32Array;
  readonly ys: Uint32Array;
};

/** How many centres are worked out in a step: some 5 ms. */
const cellsInStep = 4096;

/** Groups rows, whose cell keys are given in ascending order, into cells of a resolution. */
export function* buildCellIndex(sortedCells: Float64Array, resolution: number): Steps<CellIndex> {
  const { keys, starts } = runsOfCells(sortedCells, resolution);
  yield;
  const xs = new Uint32Array(keys.length);
  const ys = new Uint32Array(keys.length);
  for (let i = 0; i < keys.length; i++) {
    const centre = cellCentre(keys[i]!, resolution);
    xs[i] = centre.x;
    ys[i] = centre.y;
    if (i % cellsInStep === cellsInStep - 1) yield;
  }
  const order = yield* sortedOrder(toZOrderWords(xs, ys, keys.length), keys.length);
  const index = emptyIndex(resolution, keys.length);
  for (let i = 0; i < order.length; i++) {
    const cell = order[i]!;
    index.keys[i] = keys[cell]!;
    index.starts[i] = starts[cell]!;
    index.ends[i] = starts[cell + 1] ?? sortedCells.length;
    index.xs[i] = xs[cell]!;
    index.ys[i] = ys[cell]!;
  }
  return index;
}

function runsOfCells(
  sortedCells: Float64Array,
  resolution: number,
): { keys: number[]; starts: number[] } {
  const keys: number[] = [];
  const starts: number[] = [];
  const children = childrenOfKey(resolution);
  let firstBeyond = -Infinity;
  for (let i = 0; i < sortedCells.length; i++) {
    if (sortedCells[i]! < firstBeyond) continue;
    const key = parentKey(sortedCells[i]!, resolution);
    keys.push(key);
    starts.push(i);
    firstBeyond = (key + 1) * children;
  }
  return { keys, starts };
}

function emptyIndex(resolution: number, length: number): CellIndex {
  return {
    resolution,
    keys: new Float64Array(length),
    starts: new Uint32Array(length),
    ends: new Uint32Array(length),
    xs: new Uint32Array(length),
    ys: new Uint32Array(length),
  };
}
