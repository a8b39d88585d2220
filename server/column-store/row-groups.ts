import type { DictionaryValue } from './dictionary.js';
import type { Overlay } from './overlay.js';
import type { RowTable } from './row-table.js';
import type { Snapshot } from './snapshot.js';
import type { Selection } from './view.js';

/** Sums of the rows of a group; `values` in the order of the value columns asked for. */
export type RowGroup = { count: number; placed: number; readonly values: number[] };

export type GroupQuery = {
  readonly snapshot: Snapshot;
  readonly overlay: Overlay;
  readonly selection: Selection;
  /** Category column that rows are grouped by. */
  readonly column: number;
  /** The groups a value belongs to: mostly one, several for tags. */
  readonly groupsOf: (value: DictionaryValue | null) => readonly string[];
  readonly values: readonly number[];
};

/** Counts and sums of a selection by group. */
export function groupRows(query: GroupQuery): Map<string, RowGroup> {
  const { snapshot, overlay, column } = query;
  const sums: (RowGroup | undefined)[] = [];
  const addTable = (table: RowTable, rows: Iterable<number>) => {
    const accepts = query.selection.testOf(table);
    const { codes } = table.categories[column]!;
    for (const row of rows) {
      if (accepts !== undefined && !accepts(row)) continue;
      add((sums[codes[row]!] ??= emptyGroup(query)), table, row, query.values);
    }
  };
  addTable(snapshot.table, keptRows(snapshot, overlay));
  addTable(overlay.added, overlay.liveRows());
  return gather(query, sums);
}

function* keptRows(snapshot: Snapshot, overlay: Overlay): Generator<number> {
  for (let row = 0; row < snapshot.table.length; row++) if (!overlay.isRemoved(row)) yield row;
}

function emptyGroup({ values }: GroupQuery): RowGroup {
  return { count: 0, placed: 0, values: values.map(() => 0) };
}

function add(group: RowGroup, table: RowTable, row: number, values: readonly number[]): void {
  group.count++;
  if (table.isPlaced(row)) group.placed++;
  for (let v = 0; v < values.length; v++) group.values[v]! += table.values[values[v]!]![row]!;
}

/** From sums by code of the dictionary to sums by group. */
function gather(query: GroupQuery, sums: readonly (RowGroup | undefined)[]): Map<string, RowGroup> {
  const dictionary = query.snapshot.table.dictionaries[query.column]!;
  const groups = new Map<string, RowGroup>();
  for (const [code, sum] of sums.entries()) {
    if (sum === undefined) continue;
    for (const name of query.groupsOf(dictionary.valueOf(code))) {
      const group = groups.get(name) ?? emptyGroup(query);
      group.count += sum.count;
      group.placed += sum.placed;
      sum.values.forEach((value, v) => (group.values[v]! += value));
      groups.set(name, group);
    }
  }
  return groups;
}
