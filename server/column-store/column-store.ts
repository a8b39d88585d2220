import { randomUUID } from 'node:crypto';
import { breathe, inTurns } from './breathe.js';
import type { RowTest } from './crowding.js';
import type { Database } from '../db/database.js';
import { Dictionary } from './dictionary.js';
import { nearestRows, type NearestRow } from './nearest.js';
import { Overlay, overlayLimit } from './overlay.js';
import { pointRowsOf, type PointRows } from './point-rows.js';
import { groupRows, type GroupQuery, type RowGroup } from './row-groups.js';
import { RowList } from './row-list.js';
import { orderRows, type RowOrder, type SortColumn } from './row-order.js';
import type { RowSource } from './row-source.js';
import { RowTable } from './row-table.js';
import { Snapshot } from './snapshot.js';
import { tallyByCategory, type CategoryTally } from './tally.js';
import { cellsInTile, pointsInTile, type TileCell, type TilePoint } from './tile-query.js';
import {
  View,
  type Bounds,
  type MeasureColumn,
  type Selection,
  type StoreSummary,
} from './view.js';
import type { TileId } from './world.js';

/** Where a row is or was: its world position and its cell at the stored resolution. */
export type TouchedPosition = { readonly x: number; readonly y: number; readonly cell: number };

export type StoreChange =
  | { readonly kind: 'all' }
  | { readonly kind: 'rows'; readonly positions: readonly TouchedPosition[] };

export type TileContent =
  | { readonly mode: 'cells'; readonly cells: TileCell[] }
  | { readonly mode: 'points'; readonly points: TilePoint[] };

/** Views take 17 bytes a row; so many bytes of them are kept, at least 4 and at most 64 views. */
const viewBudgetBytes = 256 * 2 ** 20;
const viewBytesPerRow = 17;

/** Lists take 4 bytes a row; the last ones are kept for the pages that follow. */
const listLimit = 8;

/** Above so many changed rows reading everything again is quicker. */
const reloadLimit = 20_000;

/**
 * The points of one table in memory, as typed arrays, with what changed since laid over them.
 *
 * The database stays the truth: `load` fills the store again at any time.
 */
export class ColumnStore {
  readonly source: RowSource;
  readonly #database: Database;
  readonly #dictionaries: Dictionary[];
  readonly #listeners = new Set<(change: StoreChange) => void>();
  readonly #views = new Map<string, View>();
  readonly #lists = new Map<string, RowList>();
  /** Orders of the rows of the present snapshot by name of the sort, finished or under way. */
  #orders = new Map<string, Promise<RowOrder>>();
  /** Number of the newest change that the rows follow; grows with every one. */
  version = 0;
  #revision = 0;
  #snapshot: Snapshot | undefined;
  #overlay: Overlay | undefined;
  #edition = '';

  constructor(database: Database, source: RowSource) {
    this.#database = database;
    this.source = source;
    this.#dictionaries = source.schema.categories.map(() => new Dictionary());
  }

  /** Another number whenever rows or the tables that hold them are others. */
  get revision(): number {
    return this.#revision;
  }

  /** Rows that stay as they are, and those that changed since; the first counts unless the second has its id. */
  get tables(): { readonly frozen: RowTable; readonly added: RowTable } {
    const { snapshot, overlay } = this.#parts();
    return { frozen: snapshot.table, added: overlay.added };
  }

  /** Calls the listener after every change with the positions it touched. */
  onChange(listener: (change: StoreChange) => void): void {
    this.#listeners.add(listener);
  }

  /** Reads every row; until it is through the rows of before are served. */
  async load(): Promise<void> {
    const table = this.#newTable();
    await this.source.fill(this.#database, table);
    const snapshot = await Snapshot.of(table);
    this.#install(snapshot);
    this.#tell({ kind: 'all' });
    // Whoever asks before it is through has the one index they need built at once.
    void snapshot.indexCells();
  }

  /** Reads these rows again, or all of them where that is quicker. */
  async refresh(ids: readonly number[]): Promise<void> {
    if (ids.length === 0) return;
    if (ids.length > reloadLimit) return this.load();
    const rows = await this.source.readByIds(this.#database, ids);
    const { overlay } = this.#parts();
    const positions: TouchedPosition[] = [];
    for (const id of ids) this.#addPosition(id, positions);
    for (const id of ids) overlay.remove(id);
    for (const row of rows) {
      overlay.put(row);
      this.#addPosition(row.id, positions);
    }
    this.#revision++;
    this.#lists.clear();
    this.#tell({ kind: 'rows', positions });
    if (overlay.size > overlayLimit) await this.#compact();
  }

  /** Forgets what was worked out for selections, after the hierarchy they rest on changed. */
  forgetViews(): void {
    this.#views.clear();
    this.#lists.clear();
    this.#orders.clear();
    this.#tell({ kind: 'all' });
  }

  /** Totals of a selection. */
  summary(selection: Selection, measure: MeasureColumn): StoreSummary {
    return this.#viewOf(selection).summary(measure, this.#parts().overlay);
  }

  /** West, south, east and north of the placed rows in degrees; null where there are none. */
  bounds(selection: Selection): Bounds | null {
    return this.#viewOf(selection).bounds(this.#parts().overlay);
  }

  /** The first zoom at which a selection is served as points; beyond the last where at none. */
  pointZoom(selection: Selection): number {
    return this.#viewOf(selection).pointZoom(this.#parts().overlay);
  }

  /** The part of a selection that belongs to a tile: cells below the point zoom or where asked for, else points. */
  tile(selection: Selection, tile: TileId, measure: MeasureColumn, as?: 'cells'): TileContent {
    const { overlay } = this.#parts();
    const view = this.#viewOf(selection);
    const query = { view, overlay, tile, measure };
    if (as === 'cells' || tile.z < view.pointZoom(overlay))
      return { mode: 'cells', cells: cellsInTile(query) };
    return { mode: 'points', points: pointsInTile(query) };
  }

  /** Rows of a selection by a category column, with the sums of all value columns. */
  tally(selection: Selection, column: number): CategoryTally[] {
    const { snapshot, overlay } = this.#parts();
    return tallyByCategory({ selection, snapshot, overlay, column });
  }

  /** The rows of a selection nearest to a point in EPSG:4326, the nearest first, equally distant by id. */
  nearest(
    selection: Selection,
    from: readonly [lon: number, lat: number],
    limit: number,
  ): NearestRow[] {
    const { overlay } = this.#parts();
    return nearestRows({ view: this.#viewOf(selection), overlay, from, limit });
  }

  /** The placed rows of a selection one by one, numbered as long as the edition stays. */
  points(selection: Selection): PointRows {
    return pointRowsOf(this.#viewOf(selection), this.#parts().overlay, this.#edition);
  }

  /** The tests of rows that a selection comes down to: of the snapshot's, and of the overlay's. */
  testsOf(selection: Selection): { readonly frozen: RowTest; readonly added: RowTest } {
    const { snapshot, overlay } = this.#parts();
    return { frozen: selection.testOf(snapshot.table), added: selection.testOf(overlay.added) };
  }

  /**
   * The rows of a selection in the order of a column. The first time after everything was read the rows are
   * sorted, serving others in between; then it costs one walk over them, and nothing for further pages.
   */
  async list(selection: Selection, name: string, sort: SortColumn): Promise<RowList> {
    const key = `${name} ${selection.key}`;
    for (;;) {
      const known = this.#lists.get(key);
      if (known !== undefined) return this.#keepList(key, known);
      const { snapshot } = this.#parts();
      const order = await this.#orderOf(snapshot, name, sort);
      const { overlay } = this.#parts();
      if (this.#parts().snapshot !== snapshot) continue;
      const list = new RowList({ snapshot, overlay, order, selection, sort });
      return this.#keepList(key, list);
    }
  }

  /** Counts and sums of a selection by group. */
  groups(query: Omit<GroupQuery, 'snapshot' | 'overlay'>): Map<string, RowGroup> {
    return groupRows({ ...query, ...this.#parts() });
  }

  #orderOf(snapshot: Snapshot, name: string, sort: SortColumn): Promise<RowOrder> {
    const known = this.#orders.get(name);
    if (known !== undefined) return known;
    const order = inTurns(orderRows(snapshot.table, sort));
    this.#orders.set(name, order);
    return order;
  }

  #keepList(key: string, list: RowList): RowList {
    this.#lists.delete(key);
    this.#lists.set(key, list);
    if (this.#lists.size > listLimit) this.#lists.delete(this.#lists.keys().next().value!);
    return list;
  }

  #addPosition(id: number, positions: TouchedPosition[]): void {
    const found = this.#find(id);
    if (found === undefined || !found.table.isPlaced(found.row)) return;
    const { table, row } = found;
    positions.push({ x: table.xs[row]!, y: table.ys[row]!, cell: table.cells[row]! });
  }

  #find(id: number): { table: RowTable; row: number } | undefined {
    const { snapshot, overlay } = this.#parts();
    const added = overlay.rowOf(id);
    if (added !== undefined) return { table: overlay.added, row: added };
    const row = snapshot.rowOf(id);
    if (row === undefined || overlay.isRemoved(row)) return undefined;
    return { table: snapshot.table, row };
  }

  #viewOf(selection: Selection): View {
    const { snapshot } = this.#parts();
    const known = this.#views.get(selection.key);
    this.#views.delete(selection.key);
    const view = known ?? new View(selection, snapshot);
    this.#views.set(selection.key, view);
    const bytes = Math.max(1, snapshot.table.length * viewBytesPerRow);
    const limit = Math.min(64, Math.max(4, Math.floor(viewBudgetBytes / bytes)));
    while (this.#views.size > limit) this.#views.delete(this.#views.keys().next().value!);
    return view;
  }

  /** Makes one snapshot of snapshot and overlay; nothing that is served changes by it. */
  async #compact(): Promise<void> {
    const { snapshot, overlay } = this.#parts();
    const table = this.#newTable();
    for (let row = 0; row < snapshot.table.length; row++) {
      if (!overlay.isRemoved(row)) table.copyRow(snapshot.table, row);
      if (row % 50_000 === 0) await breathe();
    }
    for (const row of overlay.liveRows()) table.copyRow(overlay.added, row);
    this.#install(await Snapshot.of(table));
  }

  #install(snapshot: Snapshot): void {
    this.#snapshot = snapshot;
    this.#overlay = new Overlay(snapshot);
    this.#revision++;
    this.#edition = randomUUID();
    this.#views.clear();
    this.#lists.clear();
    this.#orders.clear();
  }

  #newTable(): RowTable {
    return new RowTable(this.source.schema, this.#dictionaries);
  }

  #parts(): { snapshot: Snapshot; overlay: Overlay } {
    if (this.#snapshot === undefined || this.#overlay === undefined) {
      throw new Error(`The ${this.source.layer} store is not loaded yet`);
    }
    return { snapshot: this.#snapshot, overlay: this.#overlay };
  }

  #tell(change: StoreChange): void {
    for (const listener of this.#listeners) listener(change);
  }
}
