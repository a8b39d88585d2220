import { breathe } from './breathe.js';
import { cellCentre, parentKey } from './h3.js';
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

/** How many centres are worked out before others are served: some 10 ms. */
const cellsBetweenBreaths = 4096;

/** Groups rows, whose cell keys are given in ascending order, into cells of a resolution. */
export async function buildCellIndex(
  sortedCells: Float64Array,
  resolution: number,
): Promise<CellIndex> {
  const keys: number[] = [];
  const starts: number[] = [];
  let last = -1;
  for (let i = 0; i < sortedCells.length; i++) {
    const key = parentKey(sortedCells[i]!, resolution);
    if (key === last) continue;
    keys.push(key);
    starts.push(i);
    last = key;
  }
  const xs = new Uint32Array(keys.length);
  const ys = new Uint32Array(keys.length);
  for (let i = 0; i < keys.length; i++) {
    const centre = cellCentre(keys[i]!, resolution);
    xs[i] = centre.x;
    ys[i] = centre.y;
    if (i % cellsBetweenBreaths === cellsBetweenBreaths - 1) await breathe();
  }
  const order = await sortedOrder(toZOrderWords(xs, ys, keys.length), keys.length);
  return {
    resolution,
    keys: Float64Array.from(order, (cell) => keys[cell]!),
    starts: Uint32Array.from(order, (cell) => starts[cell]!),
    ends: Uint32Array.from(order, (cell) => starts[cell + 1] ?? sortedCells.length),
    xs: Uint32Array.from(order, (cell) => xs[cell]!),
    ys: Uint32Array.from(order, (cell) => ys[cell]!),
  };
}
