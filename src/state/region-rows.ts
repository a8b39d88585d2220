import type { CubeRow } from '../api/cube.js';
import { changeOf } from '../lib/format.js';

/** One line of the table of parts. The two buckets have no region of their own. */
export interface RegionRow {
  readonly kind: 'region' | 'elsewhere' | 'not_placed';
  readonly regionId: number | null;
  readonly name: string;
  readonly value: number | null;
  /** Relative change against the year before; null where there is nothing to compare with. */
  readonly change: number | null;
}

/** Figures by region id; the entry under null is what lies in none of the parts. */
export type FiguresByRegion = ReadonlyMap<number | null, number>;

/** Reads the answer of a query by `<view>.region_id`. */
export function toFigures(
  rows: readonly CubeRow[],
  measure: string,
  idMember: string,
): FiguresByRegion {
  const figures = new Map<number | null, number>();
  for (const row of rows) {
    const value = toNumber(row[measure]);
    if (value === null) continue;
    const id = toNumber(row[idMember]);
    figures.set(id, value);
  }
  return figures;
}

/** A cube value as a number; null for nothing and for what is not a number. */
export function toNumber(value: unknown): number | null {
  if (value === null || value === undefined || value === '') return null;
  const number = Number(value);
  return Number.isFinite(number) ? number : null;
}

export interface RowInput {
  readonly regions: readonly { readonly id: number; readonly name: string }[];
  readonly now: FiguresByRegion;
  /** The year before; null where no period is set. */
  readonly before: FiguresByRegion | null;
  readonly notPlaced: number | null;
  readonly notPlacedBefore: number | null;
  /** Whether a missing figure means 0. */
  readonly additive: boolean;
}

/** Every part of a region, then the buckets that make the lines sum to the region itself. */
export function toRegionRows(input: RowInput): RegionRow[] {
  const missing = input.additive ? 0 : null;
  const line = (kind: RegionRow['kind'], id: number | null, name: string): RegionRow => {
    const value = input.now.get(id) ?? missing;
    const before = input.before ? (input.before.get(id) ?? missing) : null;
    return { kind, regionId: id, name, value, change: changeOf(value, before) };
  };
  const rows = input.regions.map(({ id, name }) => line('region', id, name));
  if (input.now.has(null)) {
    const elsewhere = line('elsewhere', null, '');
    if (elsewhere.value !== null && elsewhere.value !== 0) rows.push(elsewhere);
  }
  if (input.notPlaced !== null && input.notPlaced !== 0) {
    rows.push({
      kind: 'not_placed',
      regionId: null,
      name: '',
      value: input.notPlaced,
      change: changeOf(input.notPlaced, input.notPlacedBefore),
    });
  }
  return rows;
}

export type SortKey = 'name' | 'value' | 'change';
export interface Sort {
  readonly key: SortKey;
  readonly descending: boolean;
}

/** Sorted copy; missing figures and the buckets stay at the end whichever way. */
export function sortRows(rows: readonly RegionRow[], sort: Sort, locale: string): RegionRow[] {
  const collator = new Intl.Collator(locale, { numeric: true });
  const sign = sort.descending ? -1 : 1;
  const byFigure = (a: number | null, b: number | null) => {
    if (a === null || b === null) return Number(a === null) - Number(b === null);
    return (a - b) * sign;
  };
  return [...rows].sort((a, b) => {
    const buckets = Number(a.kind !== 'region') - Number(b.kind !== 'region');
    if (buckets !== 0) return buckets;
    if (sort.key === 'name') return collator.compare(a.name, b.name) * sign;
    return byFigure(a[sort.key], b[sort.key]) || collator.compare(a.name, b.name);
  });
}
