import type { Overlay } from './overlay.js';
import { isMissing, rowComparer, type RowOrder, type SortColumn } from './row-order.js';
import type { RowTable } from './row-table.js';
import type { Snapshot } from './snapshot.js';
import type { Selection } from './view.js';

export type ListParts = {
  readonly snapshot: Snapshot;
  readonly overlay: Overlay;
  readonly order: RowOrder;
  readonly selection: Selection;
  readonly sort: SortColumn;
};

/**
 * The rows of a selection in the order of a column, as they were when it was made: any part of it is had by
 * its position.
 */
export class RowList {
  readonly #snapshot: RowTable;
  readonly #added: RowTable;
  /** Rows of the snapshot, and of the overlay as their complement (~row). */
  readonly #rows: Int32Array;
  readonly #present: number;

  constructor(parts: ListParts) {
    const { snapshot, overlay, order } = parts;
    this.#snapshot = snapshot.table;
    this.#added = overlay.added;
    const added = addedRows(parts);
    const merge = merger(parts, this.#snapshot);
    const rows = new Int32Array(order.rows.length + added.present.length + added.missing.length);
    this.#present = merge(rows, 0, order.rows.subarray(0, order.present), added.present);
    const missing = order.rows.subarray(order.present);
    this.#rows = rows.slice(0, merge(rows, this.#present, missing, added.missing));
  }

  get length(): number {
    return this.#rows.length;
  }

  /** Ids from a position on; rows without a value stay last in either direction. */
  ids(offset: number, limit: number, isDescending: boolean): number[] {
    const end = Math.min(this.length, offset + limit);
    const ids: number[] = [];
    for (let i = offset; i < end; i++) {
      const at = isDescending && i < this.#present ? this.#present - 1 - i : i;
      const row = this.#rows[at]!;
      ids.push(row >= 0 ? this.#snapshot.ids[row]! : this.#added.ids[~row]!);
    }
    return ids;
  }
}

/** Puts rows of the snapshot that count and added ones into `target` in order; answers where it ends. */
function merger({ overlay, selection, sort }: ListParts, table: RowTable) {
  const accepts = selection.testOf(table);
  const compare = rowComparer(sort);
  return (
    target: Int32Array,
    start: number,
    rows: Uint32Array,
    added: readonly number[],
  ): number => {
    let length = start;
    let next = 0;
    for (const row of rows) {
      if ((accepts !== undefined && !accepts(row)) || overlay.isRemoved(row)) continue;
      while (next < added.length && compare(overlay.added, added[next]!, table, row) < 0) {
        target[length++] = ~added[next++]!;
      }
      target[length++] = row;
    }
    while (next < added.length) target[length++] = ~added[next++]!;
    return length;
  };
}

/** Rows of the overlay in the selection, in order: those with a value and those without. */
function addedRows({ overlay, selection, sort }: ListParts) {
  const { added } = overlay;
  const accepts = selection.testOf(added);
  const compare = rowComparer(sort);
  const rows = [...overlay.liveRows()]
    .filter((row) => accepts === undefined || accepts(row))
    .sort((a, b) => compare(added, a, added, b));
  return {
    present: rows.filter((row) => !isMissing(added, sort, row)),
    missing: rows.filter((row) => isMissing(added, sort, row)),
  };
}
