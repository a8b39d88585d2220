import { msg, str } from '@lit/localize';
import { formatMonth } from '../../lib/format.js';
import type { NamedPeriod, Period } from '../../lib/period.js';

/** A pick of the period menu by name: last 12 months, 2026, Q3 2026. */
export function pickName(pick: NamedPeriod): string {
  switch (pick.kind) {
    case 'last12':
      return msg('Last 12 months');
    case 'year':
      return String(pick.year);
    case 'quarter':
      return msg(str`Q${pick.quarter} ${pick.year}`);
  }
}

/** Any period by the shortest name that is exact. */
export function periodName(period: Period | null, locale: string): string {
  if (!period) return msg('All time');
  const { first, last } = period;
  const year = first.slice(0, 4);
  if (first === last) return formatMonth(first, locale);
  if (first === `${year}-01` && last === `${year}-12`) return year;
  const month = Number(first.slice(5));
  const endMonth = String(month + 2).padStart(2, '0');
  if (month % 3 === 1 && last === `${year}-${endMonth}`) {
    return pickName({ kind: 'quarter', year: Number(year), quarter: (month + 2) / 3, period });
  }
  return `${formatMonth(first, locale)} – ${formatMonth(last, locale)}`;
}
