import type { DecimalMark } from '../values/parse-number.js';

/** How the numbers of a column are written. */
export type NumberFormat = {
  readonly decimal: Exclude<DecimalMark, 'auto'> | 'ambiguous' | 'none';
  /** Thousands separator, where one was seen. */
  readonly thousands: string | undefined;
};

const number = /^[+-]?(?:\d[\d.,\s\u00a0\u202f']*\d|\d)(?:e[+-]?\d+)?$|^[+-]?[.,]\d+$/i;

/** Whether a text is a number in some way of writing; codes with leading zeros are not. */
export function isNumberLike(text: string): boolean {
  return number.test(text) && !/^0\d/.test(text);
}

/**
 * The way of writing that the values together tell. `1.234` alone could be either; a value such as `1.5`,
 * `0.123` or `1.234,50` decides it for the column.
 */
export function numberFormatOf(values: readonly string[]): NumberFormat {
  const votes = { point: 0, comma: 0, ambiguous: 0 };
  const thousands = new Map<string, number>();
  for (const text of values) {
    const vote = voteOf(text);
    if (vote !== undefined) votes[vote] += 1;
    const separator = thousandsOf(text);
    if (separator !== undefined) thousands.set(separator, (thousands.get(separator) ?? 0) + 1);
  }
  const decimal = verdict(votes);
  const mark = decimal === 'comma' ? ',' : '.';
  const grouping = [...thousands.keys()].find((separator) => separator !== mark);
  return { decimal, thousands: decimal === 'ambiguous' ? undefined : grouping };
}

type Votes = Record<'point' | 'comma' | 'ambiguous', number>;

/** A few values to the contrary are mistakes of the source, told where they stand. */
function verdict({ point, comma, ambiguous }: Votes): NumberFormat['decimal'] {
  if (point === 0 && comma === 0) return ambiguous > 0 ? 'ambiguous' : 'none';
  if (point >= comma * 20) return 'point';
  return comma >= point * 20 ? 'comma' : 'ambiguous';
}

function voteOf(text: string): keyof Votes | undefined {
  const points = text.split('.').length - 1;
  const commas = text.split(',').length - 1;
  if (points === 0 && commas === 0) return undefined;
  if (points > 0 && commas > 0) {
    return text.lastIndexOf('.') > text.lastIndexOf(',') ? 'point' : 'comma';
  }
  if (points > 1) return 'comma';
  if (commas > 1) return 'point';
  if (/^[+-]?[1-9]\d{0,2}[.,]\d{3}$/.test(text)) return 'ambiguous';
  return points > 0 ? 'point' : 'comma';
}

function thousandsOf(text: string): string | undefined {
  return /\d([.,\s\u00a0\u202f'])\d{3}(?!\d)/.exec(text)?.[1];
}
