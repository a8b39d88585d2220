import { loadCube } from '../api/cube.js';
import { measureNamed, measureStore } from './measures.js';
import { explore } from './explore.js';
import { appLocation } from './location.js';
import { toNumber } from './region-rows.js';
import { Resource } from './resource.js';
import { dimensionOf, noValue, regionQuery, takesAccountFilters, viewOf } from './slice-queries.js';
import type { Slice } from './slice-queries.js';
import type { FilterName } from './url-state.js';

/** Attributes of accounts that figures can be split by; each is also a filter. */
export const breakdownNames = [
  'lifecycle',
  'segment',
  'housingType',
  'zoneKind',
  'roadClass',
  'kind',
] as const satisfies readonly FilterName[];
export type BreakdownName = (typeof breakdownNames)[number];

/** One value of the attribute with its figure; `none` stands for accounts without a value. */
export interface BreakdownRow {
  readonly value: string;
  readonly figure: number;
}

export interface BreakdownInput {
  readonly name: BreakdownName;
  readonly measure: string;
  readonly slice: Slice;
}

export interface Breakdown {
  readonly input: BreakdownInput;
  /** The largest figure first. */
  readonly rows: readonly BreakdownRow[];
}

/**
 * Figures of the region looked at by one attribute of the accounts, under all filters but the one of
 * this attribute: the bars then show what could be chosen instead, and stay where they are on a click.
 */
export function breakdownBy(name: () => BreakdownName): Resource<BreakdownInput, Breakdown> {
  return new Resource(() => inputFor(name()), loadBreakdown);
}

/** The measure that is split: the chosen one where it belongs to accounts, else their number. */
export function breakdownMeasure(measure: string): string {
  return takesAccountFilters(measure) ? measure : 'accounts.accounts';
}

function inputFor(name: BreakdownName): BreakdownInput | undefined {
  const region = explore.view.value?.region;
  if (!region || !measureStore.value) return undefined;
  const { period, filters, measure } = appLocation.state;
  const others = { ...filters, [name]: [] };
  return {
    name,
    measure: breakdownMeasure(measure),
    slice: { regionId: region.id, level: region.level, period, filters: others },
  };
}

async function loadBreakdown(input: BreakdownInput, signal: AbortSignal): Promise<Breakdown> {
  const { name, measure, slice } = input;
  const dimension = `${viewOf(measure)}.${dimensionOf[name]}`;
  const query = regionQuery([measure], slice);
  const rows = await loadCube({ ...query, dimensions: [dimension], limit: 1000 }, { signal });
  const figures = rows.map((row) => ({
    value: row[dimension] === null ? noValue : String(row[dimension]),
    figure: toNumber(row[measure]) ?? 0,
  }));
  return { input, rows: figures.sort((a, b) => b.figure - a.figure) };
}

/** Whether the figures of the rows sum to the whole, so that shares mean something. */
export function isAdditive(measure: string): boolean {
  return measureNamed(measure).additive;
}
