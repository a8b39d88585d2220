import { atOnce, inTurns } from './breathe.js';
import { buildCellIndex, type CellIndex } from './cell-index.js';
import { crowdingByZoom, maxPositionsInTile } from './crowding.js';
import { resolutionAt } from './h3.js';
import { overlayLimit } from './overlay.js';
import type { RowTable } from './row-table.js';
import { sortedOrder, toWords, toZOrderWords } from './sort.js';
import { maxTileZoom } from './world.js';

/**
 * Rows frozen and sorted: those with a position first, along the Z-order curve, so that the rows of every
 * tile are one run; then those without.
 */
export class Snapshot {
  readonly table: RowTable;
  readonly placedCount: number;
  /** Placed rows in the order of their cells, in which the rows of every cell are one run. */
  readonly cellOrder: Uint32Array;
  readonly #cellIndexes = new Map<number, CellIndex>();
  readonly #sortedCells: Float64Array;
  readonly #idOrder: Uint32Array;

  private constructor(parts: SnapshotParts) {
    this.table = parts.table;
    this.placedCount = parts.placedCount;
    this.cellOrder = parts.cellOrder;
    this.#sortedCells = takeInOrder(parts.table.cells, parts.cellOrder);
    this.#idOrder = parts.idOrder;
  }

  /** Sorts and indexes the rows of a table, serving others in between. */
  static async of(unsorted: RowTable): Promise<Snapshot> {
    const { length } = unsorted;
    const unplaced = new Uint32Array(length);
    let placedCount = 0;
    for (let row = 0; row < length; row++) {
      if (unsorted.isPlaced(row)) placedCount++;
      else unplaced[row] = 1;
    }
    const order = (words: readonly Uint32Array[], rows: number) =>
      inTurns(sortedOrder(words, rows));
    const words = [...toZOrderWords(unsorted.xs, unsorted.ys, length), unplaced];
    const table = await unsorted.reordered(await order(words, length));
    const cellOrder = await order(toWords(table.cells, placedCount), placedCount);
    const idOrder = await order(toWords(table.ids, length), length);
    return new Snapshot({ table, placedCount, cellOrder, idOrder });
  }

  /** The cells of a resolution; built when they are first asked for, if `indexCells` did not before. */
  cellIndex(resolution: number): CellIndex {
    const known = this.#cellIndexes.get(resolution);
    if (known !== undefined) return known;
    return this.#keep(atOnce(buildCellIndex(this.#sortedCells, resolution)));
  }

  /** Builds the cells of all resolutions that zooms without points need, serving others in between. */
  async indexCells(): Promise<void> {
    const crowding = crowdingByZoom(this.table, this.placedCount, undefined);
    for (let z = 0; z <= maxTileZoom; z++) {
      if (crowding[z]! + overlayLimit <= maxPositionsInTile) return;
      const resolution = resolutionAt(z);
      if (this.#cellIndexes.has(resolution)) continue;
      this.#keep(await inTurns(buildCellIndex(this.#sortedCells, resolution)));
    }
  }

  #keep(index: CellIndex): CellIndex {
    this.#cellIndexes.set(index.resolution, index);
    return index;
  }

  /** The row of an id; undefined where there is none. */
  rowOf(id: number): number | undefined {
    let low = 0;
    let high = this.#idOrder.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.table.ids[this.#idOrder[middle]!]! < id) low = middle + 1;
      else high = middle;
    }
    const row = this.#idOrder[low];
    return row !== undefined && this.table.ids[row] === id ? row : undefined;
  }
}

type SnapshotParts = {
  readonly table: RowTable;
  readonly placedCount: number;
  readonly cellOrder: Uint32Array;
  readonly idOrder: Uint32Array;
};

function takeInOrder(values: Float64Array, order: Uint32Array): Float64Array {
  const taken = new Float64Array(order.length);
  for (let i = 0; i < order.length; i++) taken[i] = values[order[i]!]!;
  return taken;
}
