import { RowTable, type StoreRow } from './row-table.js';
import type { Snapshot } from './snapshot.js';

/** When this many rows differ from the snapshot, a new one is made of both. */
export const overlayLimit = 2000;

/** What changed since the snapshot was made: rows that no longer count, and rows as they are now. */
export class Overlay {
  readonly added: RowTable;
  readonly removedRows: number[] = [];
  readonly #snapshot: Snapshot;
  readonly #removed: Uint8Array;
  readonly #dead = new Set<number>();
  readonly #rowById = new Map<number, number>();

  constructor(snapshot: Snapshot) {
    this.#snapshot = snapshot;
    this.#removed = new Uint8Array(snapshot.table.length);
    this.added = new RowTable(snapshot.table.schema, snapshot.table.dictionaries);
  }

  get size(): number {
    return this.added.length + this.removedRows.length;
  }

  /** Whether a row of the snapshot no longer counts. */
  isRemoved(row: number): boolean {
    return this.#removed[row] === 1;
  }

  /** Rows of `added` that count. */
  *liveRows(): Generator<number> {
    for (let row = 0; row < this.added.length; row++) {
      if (!this.#dead.has(row)) yield row;
    }
  }

  /** The row of an id here; undefined where it has none or is as in the snapshot. */
  rowOf(id: number): number | undefined {
    return this.#rowById.get(id);
  }

  /** Makes the row of an id not count any more. */
  remove(id: number): void {
    const added = this.#rowById.get(id);
    if (added !== undefined) {
      this.#dead.add(added);
      this.#rowById.delete(id);
    }
    const row = this.#snapshot.rowOf(id);
    if (row === undefined || this.#removed[row] === 1) return;
    this.#removed[row] = 1;
    this.removedRows.push(row);
  }

  /** Makes a row count as given, whatever it was before. */
  put(row: StoreRow): void {
    this.remove(row.id);
    this.#rowById.set(row.id, this.added.append(row));
  }
}
