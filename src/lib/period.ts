/** A span of whole days, both ends included, as YYYY-MM-DD. */
export interface DateRange {
  readonly from: string;
  readonly to: string;
}

const monthPattern = /^\d{4}-(0[1-9]|1[0-2])$/;

/** Whether the text is a month like 2026-03. */
export function isMonth(text: string): boolean {
  return monthPattern.test(text);
}

/** The month `count` months after (before when negative) the month `YYYY-MM`. */
export function addMonths(month: string, count: number): string {
  const index = Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1 + count;
  return `${String(Math.floor(index / 12)).padStart(4, '0')}-${String((index % 12) + 1).padStart(2, '0')}`;
}

/** Last day of the month as YYYY-MM-DD. */
export function lastDay(month: string): string {
  const days = new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5, 7)), 0));
  return `${month}-${String(days.getUTCDate()).padStart(2, '0')}`;
}

/** A period of whole months, both ends included. */
export interface Period {
  readonly first: string;
  readonly last: string;
}

/** The days of a period. */
export function toDateRange(period: Period): DateRange {
  return { from: `${period.first}-01`, to: lastDay(period.last) };
}

/** The same months one year earlier: what a figure is compared with. */
export function yearBefore(period: Period): Period {
  return { first: addMonths(period.first, -12), last: addMonths(period.last, -12) };
}

/**
 * The months to compare a period with: one year earlier, and only those of the period that have
 * data, so that a year that is not over is compared with as many months. Null without a common month.
 */
export function comparedPeriod(period: Period, data: Period): Period | null {
  const first = period.first > data.first ? period.first : data.first;
  const last = period.last < data.last ? period.last : data.last;
  return first <= last ? yearBefore({ first, last }) : null;
}

/** A period that a person can pick by name. */
export type NamedPeriod =
  | { readonly kind: 'last12'; readonly period: Period }
  | { readonly kind: 'year'; readonly year: number; readonly period: Period }
  | {
      readonly kind: 'quarter';
      readonly year: number;
      readonly quarter: number;
      readonly period: Period;
    };

/**
 * The picks for data that run from `first` to `last` month: the last twelve months, each year and
 * the last eight quarters, newest first. Years and quarters may stick out of the data.
 */
export function namedPeriods(data: Period): NamedPeriod[] {
  const picks: NamedPeriod[] = [
    { kind: 'last12', period: { first: addMonths(data.last, -11), last: data.last } },
  ];
  const firstYear = Number(data.first.slice(0, 4));
  for (let year = Number(data.last.slice(0, 4)); year >= firstYear; year -= 1) {
    picks.push({ kind: 'year', year, period: { first: `${year}-01`, last: `${year}-12` } });
  }
  let start = addMonths(data.last, -((Number(data.last.slice(5, 7)) - 1) % 3));
  for (let count = 0; count < 8 && start >= addMonths(data.first, -2); count += 1) {
    picks.push({
      kind: 'quarter',
      year: Number(start.slice(0, 4)),
      quarter: Math.floor((Number(start.slice(5, 7)) - 1) / 3) + 1,
      period: { first: start, last: addMonths(start, 2) },
    });
    start = addMonths(start, -3);
  }
  return picks;
}
