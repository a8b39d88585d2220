import type { Parsed } from './parse-number.js';

/** Years of two digits from this one on are of the twentieth century. */
const firstOfCentury = 50;

/** Order of day and month where the year comes last: 03/04/2024 is 3 April (dmy) or 4 March (mdy). */
export type DateOrder = 'dmy' | 'mdy';

const timePart =
  '(?:[T\\s]+(\\d{1,2}):(\\d{2})(?::(\\d{2})(?:[.,]\\d+)?)?\\s*([AP]M|Z|[+-]\\d{2}:?(?:\\d{2})?)?)?';
const yearFirst = new RegExp(`^(\\d{4})[-/.](\\d{1,2})[-/.](\\d{1,2})${timePart}$`, 'i');
const yearLast = new RegExp(`^(\\d{1,2})[-/.](\\d{1,2})[-/.](\\d{4}|\\d{2})${timePart}$`, 'i');
const compact = /^(\d{4})(\d{2})(\d{2})$/;

/**
 * The moment that a text says, as ISO 8601 with a zone. Without a zone the clock time is kept as UTC, so
 * that an order of the evening stays on its day.
 */
export function parseTimestamp(text: string, order: DateOrder = 'dmy'): Parsed<string> {
  const parts = splitDate(text.trim(), order);
  if (!parts) return { ok: false, reason: 'is not a date' };
  const { year, month, day, hour, minute, second, zone } = parts;
  if (!isCalendarDay(year, month, day))
    return { ok: false, reason: 'is not a day of the calendar' };
  if (hour > 23 || minute > 59 || second > 59) return { ok: false, reason: 'is not a time of day' };
  const date = `${pad(year, 4)}-${pad(month)}-${pad(day)}`;
  return { ok: true, value: `${date}T${pad(hour)}:${pad(minute)}:${pad(second)}${zone}` };
}

/** The day that a text says, as YYYY-MM-DD; a time of day is left out. */
export function parseDate(text: string, order: DateOrder = 'dmy'): Parsed<string> {
  const parsed = parseTimestamp(text, order);
  return parsed.ok ? { ok: true, value: parsed.value.slice(0, 10) } : parsed;
}

type DateParts = {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly zone: string;
};

function splitDate(text: string, order: DateOrder): DateParts | undefined {
  const first = yearFirst.exec(text) ?? compact.exec(text);
  if (first) return toParts(first, { year: 1, month: 2, day: 3 });
  const last = yearLast.exec(text);
  if (!last) return undefined;
  // A number above twelve cannot be the month, whatever the order.
  const monthFirst = order === 'mdy' ? Number(last[1]) <= 12 : Number(last[2]) > 12;
  return toParts(last, monthFirst ? { year: 3, month: 1, day: 2 } : { year: 3, month: 2, day: 1 });
}

type Places = { readonly year: number; readonly month: number; readonly day: number };

function toParts(match: RegExpExecArray, places: Places): DateParts {
  return {
    year: fullYear(match[places.year] ?? ''),
    month: Number(match[places.month]),
    day: Number(match[places.day]),
    hour: hourOf(Number(match[4] ?? 0), match[7]),
    minute: Number(match[5] ?? 0),
    second: Number(match[6] ?? 0),
    zone: toZone(match[7]),
  };
}

function fullYear(text: string): number {
  const year = Number(text);
  if (text.length > 2) return year;
  return year < firstOfCentury ? 2000 + year : 1900 + year;
}

/** Hour of the day of one on a clock of twelve; 24, which is none, where it is not on such a clock. */
function hourOf(hour: number, mark: string | undefined): number {
  const half = mark?.toUpperCase();
  if (half !== 'AM' && half !== 'PM') return hour;
  if (hour < 1 || hour > 12) return 24;
  return (hour % 12) + (half === 'PM' ? 12 : 0);
}

function toZone(text: string | undefined): string {
  if (text === undefined || /^(?:Z|[AP]M)$/i.test(text)) return 'Z';
  const digits = text.slice(1).replace(':', '').padEnd(4, '0');
  return `${text[0]}${digits.slice(0, 2)}:${digits.slice(2)}`;
}

function isCalendarDay(year: number, month: number, day: number): boolean {
  const date = new Date(Date.UTC(year, month - 1, day));
  date.setUTCFullYear(year);
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day && year >= 1;
}

function pad(value: number, width = 2): string {
  return String(value).padStart(width, '0');
}
