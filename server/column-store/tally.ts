import type { DictionaryValue } from './dictionary.js';
import type { Overlay } from './overlay.js';
import type { RowTable } from './row-table.js';
import type { Snapshot } from './snapshot.js';
import type { Selection } from './view.js';

/** The rows of one value of a category. */
export type CategoryTally = {
  readonly value: DictionaryValue | null;
  count: number;
  placed: number;
  /** Sums of the value columns, in their order. */
  readonly sums: number[];
};

type TallyQuery = {
  readonly selection: Selection;
  readonly snapshot: Snapshot;
  readonly overlay: Overlay;
  readonly column: number;
};

/** Counts and sums by category in one pass, without keeping anything: for what is asked once. */
export function tallyByCategory({ selection, snapshot, overlay, column }: TallyQuery) {
  const tallies = new Map<number, CategoryTally>();
  const add = (table: RowTable, row: number) => {
    const code = table.categories[column]!.codes[row]!;
    let tally = tallies.get(code);
    if (tally === undefined) {
      const value = table.dictionaries[column]!.valueOf(code);
      tally = { value, count: 0, placed: 0, sums: table.values.map(() => 0) };
      tallies.set(code, tally);
    }
    tally.count++;
    if (table.isPlaced(row)) tally.placed++;
    for (let v = 0; v < table.values.length; v++) tally.sums[v]! += table.values[v]![row]!;
  };
  const accepts = selection.testOf(snapshot.table) ?? everyRow;
  for (let row = 0; row < snapshot.table.length; row++) {
    if (accepts(row) && !overlay.isRemoved(row)) add(snapshot.table, row);
  }
  const acceptsAdded = selection.testOf(overlay.added) ?? everyRow;
  for (const row of overlay.liveRows()) if (acceptsAdded(row)) add(overlay.added, row);
  return [...tallies.values()];
}

function everyRow(): boolean {
  return true;
}
