import { accountCategories, accountValues } from '../../column-store/accounts.source.js';
import type { RowTest } from '../../column-store/crowding.js';
import type { Overlay } from '../../column-store/overlay.js';
import type { PointRows } from '../../column-store/point-rows.js';
import {
  pointCategories,
  pointValues,
  type AddedPoints,
  type PointCategory,
  type PointValue,
} from '../../contract/account-points.js';

/** A bit for each of the points, the lowest of a byte first: whether it counts under a test of rows. */
export function maskOf({ rows, isGone }: PointRows, accepts: RowTest): Uint8Array {
  const bits = new Uint8Array(Math.ceil(rows.length / 8));
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i]!;
    if (isGone(row) || (accepts !== undefined && !accepts(row))) continue;
    bits[i >> 3]! |= 1 << (i & 7);
  }
  return bits;
}

/** The placed rows of an overlay that pass a test, as columns. */
export function addedPoints(overlay: Overlay, accepts: RowTest): AddedPoints {
  const { added } = overlay;
  const rows = [...overlay.liveRows()].filter(
    (row) => added.isPlaced(row) && (accepts === undefined || accepts(row)),
  );
  const category = (name: PointCategory) => {
    const column = accountCategories.indexOf(name);
    return rows.map((row) => added.category(column, row) as string | null);
  };
  const value = (name: PointValue) => {
    const column = added.values[accountValues.indexOf(name)]!;
    return rows.map((row) => column[row]!);
  };
  return {
    ids: rows.map((row) => added.ids[row]!),
    xs: rows.map((row) => added.xs[row]!),
    ys: rows.map((row) => added.ys[row]!),
    categories: recordOf(pointCategories, category),
    values: recordOf(pointValues, value),
  };
}

function recordOf<Name extends string, Value>(
  names: readonly Name[],
  valueOf: (name: Name) => Value,
): Record<Name, Value> {
  return Object.fromEntries(names.map((name) => [name, valueOf(name)])) as Record<Name, Value>;
}
