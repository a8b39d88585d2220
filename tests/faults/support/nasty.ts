import type { Random } from './random.js';

/** Stands in every nasty text, so that it can be looked for where it must not be. */
export const marker = 'zq7';

const fragments: readonly string[] = [
  '',
  ' ',
  '\u0000',
  '\u0001\u0002\u001b[31m',
  '\ufeff',
  '\u202e\u200d',
  '😀'.repeat(20),
  'ÿþ\u00ad',
  "'; DROP TABLE crm.accounts; --",
  '" OR ""="',
  '\\',
  '\\N',
  '$1',
  '${7*7}',
  '%',
  '%00',
  '../../etc/passwd',
  '=cmd|/c calc!A1',
  '<script>alert(1)</script>',
  'null',
  'undefined',
  'NaN',
  'Infinity',
  '-Infinity',
  '1e309',
  '-1e309',
  '1e-400',
  '0x1F',
  '9007199254740993',
  '99999999999999999999999999',
  '-0',
  '1,5',
  '1.234.567,89',
  '٣٤',
  '2026-02-31',
  '0000-00-00',
  '99999-01-01',
  '31/12/1999',
  'true',
  '[]',
  '{}',
  '{"a":1}',
  '\ud800',
  'a'.repeat(300),
];

/** A text made of pieces that have broken programs. */
export function nastyText(random: Random): string {
  const parts = Array.from({ length: 1 + random.below(3) }, () => random.pick(fragments));
  if (random.next() < 0.02) parts.push('long'.repeat(2000 + random.below(3000)));
  parts.splice(random.below(parts.length + 1), 0, random.next() < 0.7 ? marker : '');
  return parts.join('');
}

/** One of the values, or something nasty. */
export function orNasty<Value extends string>(random: Random, values: readonly Value[]): string {
  return random.next() < 0.5 ? random.pick(values) : nastyText(random);
}

const numbers: readonly number[] = [
  0, -0, 1e-320, 1e308, -1e308, 180, -180, 90, -90, 180.0000001, 90.0000001, 5e-324, 1e15,
];

/** A coordinate: mostly in range, sometimes at or over the edge of what there is. */
export function nastyCoordinate(random: Random, low: number, high: number): number {
  if (random.next() < 0.25) return random.pick(numbers);
  return low + random.next() * (high - low);
}
