import type { Random } from '../plane/random.js';

/** The day on which the demo stands still, so that its figures never age. */
export const TODAY = '2026-10-31';
const DAY_MS = 86_400_000;
const TODAY_MS = Date.parse(`${TODAY}T00:00:00Z`);
/** Days of sales history: three years up to and with today. */
export const HISTORY_DAYS = 1_096;

/** Date (YYYY-MM-DD) a number of days before today. */
export function dateBefore(days: number): string {
  return new Date(TODAY_MS - days * DAY_MS).toISOString().slice(0, 10);
}

/** January to December: a slow new year, building in spring, a busy autumn. */
const MONTHS = [0.78, 0.8, 0.96, 1.06, 1.1, 1.02, 0.84, 0.8, 1.08, 1.22, 1.24, 1.1];
/** Sunday to Saturday. */
const WEEKDAYS = [0.42, 1.06, 1.02, 1, 1.08, 1.16, 1.26];
const PEAK = 1.24 * 1.26;

/** How busy a day is, 1 on average. */
export function seasonOf(daysAgo: number): number {
  const date = new Date(TODAY_MS - daysAgo * DAY_MS);
  return MONTHS[date.getUTCMonth()]! * WEEKDAYS[date.getUTCDay()]!;
}

/** A day between two (in days ago, `from` the earlier), likelier in season. */
export function seasonalDay(random: Random, from: number, to: number): number {
  for (;;) {
    const day = random.int(to, from);
    if (random.next() * PEAK < seasonOf(day)) return day;
  }
}

/** Time of an order on a day: shop hours, most in the afternoon. */
export function orderTime(random: Random, daysAgo: number): string {
  const minute = Math.min(1_319, Math.max(420, Math.round(random.normal(850, 170))));
  const time = new Date(TODAY_MS - daysAgo * DAY_MS + minute * 60_000 + random.int(0, 59) * 1_000);
  return time.toISOString();
}
