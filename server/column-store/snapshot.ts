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
  readonly #cellIndexes: ReadonlyMap<number, CellIndex>;
  readonly #idOrder: Uint32Array;

  private constructor(parts: SnapshotParts) {
    this.table = parts.table;
    this.placedCount = parts.placedCount;
    this.cellOrder = parts.cellOrder;
    this.#cellIndexes = parts.cellIndexes;
    this.#idOrder = parts.idOrder;
  }

  /** Sorts and indexes the rows of a table, serving others in between. */
  static async of(unsorted: RowTable): Promise<Snapshot> {
    const { length } = unsorted;
    const unplaced = new Uint32Array(length);
    for (let row = 0; row < length; row++) unplaced[row] = unsorted.isPlaced(row) ? 0 : 1;
    const placedCount = length - unplaced.reduce((sum, flag) => sum + flag, 0);
    const words = [...toZOrderWords(unsorted.xs, unsorted.ys, length), unplaced];
    const table = await unsorted.reordered(await sortedOrder(words, length));
    const cellOrder = await sortedOrder(toWords(table.cells, placedCount), placedCount);
    const idOrder = await sortedOrder(toWords(table.ids, length), length);
    const cellIndexes = await indexCells(table, cellOrder);
    return new Snapshot({ table, placedCount, cellOrder, cellIndexes, idOrder });
  }

  cellIndex(resolution: number): CellIndex {
    const index = this.#cellIndexes.get(resolution);
    if (index === undefined) throw new RangeError(`Resolution ${resolution} is served as points`);
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
  readonly cellIndexes: ReadonlyMap<number, CellIndex>;
  readonly idOrder: Uint32Array;
};

async function indexCells(
  table: RowTable,
  cellOrder: Uint32Array,
): Promise<ReadonlyMap<number, CellIndex>> {
  const sortedCells = Float64Array.from(cellOrder, (row) => table.cells[row]!);
  const indexes = new Map<number, CellIndex>();
  const crowding = crowdingByZoom(table, cellOrder.length, undefined);
  for (let z = 0; z <= maxTileZoom; z++) {
    if (crowding[z]! + overlayLimit <= maxPositionsInTile) break;
    const resolution = resolutionAt(z);
    if (indexes.has(resolution)) continue;
    indexes.set(resolution, await buildCellIndex(sortedCells, resolution));
  }
  return indexes;
}
