import type { Filter, Query, TimeDimension } from '@cubejs-client/core';
import { toDateRange, type Period } from '../lib/period.js';
import { filterNames, type FilterName, type Filters } from './url-state.js';

/** Stands in a filter for "has no value"; the same word as in the account filter of the server. */
export const noValue = 'none';

/** The dimension of the cube that each account filter is about. */
export const dimensionOf: Readonly<Record<FilterName, string>> = {
  lifecycle: 'lifecycle',
  segment: 'segment',
  kind: 'kind',
  housingType: 'housing_type',
  zoneKind: 'zone_kind',
  roadClass: 'road_class',
  placement: 'placement',
  owner: 'owner_id',
  tag: 'tag_list',
  selection: 'selection',
};

/** Views whose facts belong to accounts, so that account filters apply to them. */
const accountViews: readonly string[] = ['accounts', 'sales', 'payments'];

/** The time dimension of a measure, where it has one; other measures tell the present state. */
const timeDimensionOf: Readonly<Record<string, string>> = {
  'accounts.new_customers': 'accounts.customer_since',
};

/** What figures are asked for: a region of a level, a period and filters. */
export interface Slice {
  readonly regionId: number;
  readonly level: number;
  readonly period: Period | null;
  readonly filters: Filters;
}

/** The view a member belongs to: `sales` of `sales.revenue`. */
export function viewOf(member: string): string {
  return member.split('.')[0] ?? '';
}

/** The time dimension that a period applies to, undefined for measures of the present state. */
export function timeDimensionFor(measure: string): string | undefined {
  const view = viewOf(measure);
  if (view === 'sales' || view === 'payments') return `${view}.ordered_at`;
  return timeDimensionOf[measure];
}

/** Whether account filters change the figures of this measure. */
export function takesAccountFilters(measure: string): boolean {
  return accountViews.includes(viewOf(measure));
}

/** Figures of the region itself. All measures must be of one view. */
export function regionQuery(measures: readonly [string, ...string[]], slice: Slice): Query {
  const view = viewOf(measures[0]);
  return compose(measures, slice, [
    equals(`${view}.region_level`, slice.level),
    equals(`${view}.region_id`, slice.regionId),
  ]);
}

/**
 * Figures of the parts of a region at `childLevel`, and a row without region id for what lies in
 * the region but in none of its parts.
 */
export function childrenQuery(
  measures: readonly [string, ...string[]],
  slice: Slice,
  childLevel: number,
): Query {
  const view = viewOf(measures[0]);
  const query = compose(measures, slice, [
    equals(`${view}.region_level`, childLevel),
    equals(`${view}.parent_region_id`, slice.regionId),
  ]);
  return { ...query, dimensions: [`${view}.region_id`], limit: 50_000 };
}

/** Figures by month over all time, for the bars under the map. */
export function timelineQuery(measure: string, slice: Slice): Query {
  const dimension = timeDimensionFor(measure) ?? 'sales.ordered_at';
  const query = regionQuery([measure], { ...slice, period: null });
  return {
    ...query,
    timeDimensions: [{ dimension, granularity: 'month' }],
    order: { [dimension]: 'asc' },
    limit: 1200,
  };
}

/** The same slice narrowed to accounts with, or without, a point. */
export function splitByPlacement(query: Query, view: string, placed: boolean): Query {
  const filter: Filter = {
    member: `${view}.placement`,
    operator: placed ? 'notEquals' : 'equals',
    values: ['not_placed'],
  };
  return { ...query, filters: [...(query.filters ?? []), filter] };
}

/** Conditions of the account filters on a view; none for views that are not about accounts. */
export function filterConditions(view: string, filters: Filters): Filter[] {
  if (!accountViews.includes(view)) return [];
  return filterNames.flatMap((name) => {
    const values = filters[name] ?? [];
    if (values.length === 0) return [];
    const member = `${view}.${dimensionOf[name]}`;
    return [name === 'tag' ? hasTag(member, values) : anyOf(member, values)];
  });
}

/** The query string that accounts, tiles and exports understand, in a fixed order. */
export function accountFilterQuery(filters: Filters, regionId: number | null): string {
  const parts = filterNames.flatMap((name) => {
    const values = filters[name] ?? [];
    return values.length === 0 ? [] : [[name, [...values].sort().join(',')] as const];
  });
  const region = regionId === null ? [] : [['region', String(regionId)] as const];
  return new URLSearchParams(
    [...region, ...parts].map(([name, value]) => [name, value]),
  ).toString();
}

function compose(measures: readonly [string, ...string[]], slice: Slice, region: Filter[]): Query {
  const view = viewOf(measures[0]);
  const filters = [...region, ...filterConditions(view, slice.filters)];
  const timeDimensions = timeConditions(measures[0], slice.period);
  return { measures: [...measures], filters, ...(timeDimensions && { timeDimensions }) };
}

function timeConditions(measure: string, period: Period | null): TimeDimension[] | undefined {
  const dimension = timeDimensionFor(measure);
  if (!dimension || !period) return undefined;
  const { from, to } = toDateRange(period);
  return [{ dimension, dateRange: [from, to] }];
}

function equals(member: string, value: number): Filter {
  return { member, operator: 'equals', values: [String(value)] };
}

/** Tags stand in one text with bars around each. */
function hasTag(member: string, tags: readonly string[]): Filter {
  const known = tags.filter((tag) => tag !== noValue).map((tag) => `|${tag}|`);
  const without: Filter = { member, operator: 'notSet' };
  const within: Filter = { member, operator: 'contains', values: known };
  if (known.length === tags.length) return within;
  return known.length === 0 ? without : { or: [within, without] };
}

function anyOf(member: string, values: readonly string[]): Filter {
  const known = values.filter((value) => value !== noValue);
  const without: Filter = { member, operator: 'notSet' };
  const within: Filter = { member, operator: 'equals', values: known };
  if (known.length === values.length) return within;
  return known.length === 0 ? without : { or: [within, without] };
}
