import type { Overlay } from './overlay.js';
import type { RowTable } from './row-table.js';
import type { View } from './view.js';

/**
 * The placed rows of a snapshot that somebody may see, in their order along the Z-order curve.
 *
 * It stays the same as long as the snapshot does, so that a row can be named by its number in it. Rows that
 * changed since keep their number; `isGone` tells which.
 */
export type PointRows = {
  readonly edition: string;
  readonly table: RowTable;
  readonly overlay: Overlay;
  /** Row in the table by number. */
  readonly rows: Uint32Array;
  readonly isGone: (row: number) => boolean;
};

/** The rows that a view lets through, of which the view must hold no more than the policy. */
export function pointRowsOf(view: View, overlay: Overlay, edition: string): PointRows {
  const { accepts, snapshot } = view;
  const { table, placedCount } = snapshot;
  const rows = new Uint32Array(placedCount);
  let length = 0;
  for (let row = 0; row < placedCount; row++) {
    if (accepts === undefined || accepts(row)) rows[length++] = row;
  }
  return {
    edition,
    table,
    overlay,
    rows: rows.subarray(0, length),
    isGone: (row) => overlay.isRemoved(row),
  };
}
