import type { DateOrder } from '../values/parse-date.js';

/** How the dates of a column are written. */
export type DateFormat = {
  /** `ymd` needs no order; `ambiguous` fits day first and month first alike. */
  readonly order: DateOrder | 'ymd' | 'ambiguous';
  /** As people write it, for example `dd-mm-yyyy`. */
  readonly pattern: string;
  readonly hasTime: boolean;
};

const time =
  '(?:[T\\s]+\\d{1,2}:\\d{2}(?::\\d{2}(?:[.,]\\d+)?)?\\s*(?:[AP]M|Z|[+-]\\d{2}:?(?:\\d{2})?)?)?';
const yearFirst = new RegExp(`^\\d{4}([-/.])(\\d{1,2})[-/.](\\d{1,2})(${time})$`, 'i');
const yearLast = new RegExp(`^(\\d{1,2})([-/.])(\\d{1,2})[-/.](\\d{4}|\\d{2})(${time})$`, 'i');

/** Whether a text is a date in a way of writing that can be read. */
export function isDateLike(text: string): boolean {
  return yearFirst.test(text) || yearLast.test(text);
}

/** The way of writing that the values together tell: a number above twelve must be the day. */
export function dateFormatOf(values: readonly string[]): DateFormat | undefined {
  let [dayFirst, monthFirst, open, withTime] = [0, 0, 0, 0];
  let [separator, year, first] = ['-', 'yyyy', false];
  for (const text of values) {
    const last = yearLast.exec(text);
    const found = last ?? yearFirst.exec(text);
    if (!found) continue;
    if (!last) first = true;
    separator = (last ? last[2] : found[1]) ?? '-';
    if (last && last[4]?.length === 2) year = 'yy';
    if ((last ? last[5] : found[4]) !== '') withTime += 1;
    if (!last) continue;
    if (Number(last[1]) > 12) dayFirst += 1;
    else if (Number(last[3]) > 12) monthFirst += 1;
    else open += 1;
  }
  const hasTime = withTime > 0;
  if (dayFirst + monthFirst + open === 0) {
    return first
      ? { order: 'ymd', pattern: ['yyyy', 'mm', 'dd'].join(separator), hasTime }
      : undefined;
  }
  const order = orderOf(dayFirst, monthFirst);
  return { order, pattern: patternOf(order, separator, year), hasTime };
}

/** A few values to the contrary are mistakes of the source; more of them leave the order open. */
function orderOf(dayFirst: number, monthFirst: number): 'dmy' | 'mdy' | 'ambiguous' {
  if (dayFirst > 0 && dayFirst >= monthFirst * 20) return 'dmy';
  return monthFirst > 0 && monthFirst >= dayFirst * 20 ? 'mdy' : 'ambiguous';
}

function patternOf(order: 'dmy' | 'mdy' | 'ambiguous', separator: string, year: string): string {
  const day = ['dd', 'mm', year].join(separator);
  const month = ['mm', 'dd', year].join(separator);
  if (order === 'ambiguous') return `${day} or ${month}`;
  return order === 'dmy' ? day : month;
}
