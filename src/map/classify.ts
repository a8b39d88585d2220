import { naturalBreaks } from './natural-breaks.js';

/**
 * How classes are cut: the same number of values in each, the same width, where values lie apart by
 * themselves, one standard deviation each around the mean, or at borders that a person typed.
 */
export const classifyMethods = ['quantile', 'equal', 'natural', 'deviation', 'manual'] as const;

export type ClassifyMethod = (typeof classifyMethods)[number];

export interface ClassifyOptions {
  readonly method: ClassifyMethod;
  /** How many classes are wanted; fewer come out where there are fewer distinct values. */
  readonly classes: number;
  /** Inner borders of `manual`, ascending; their number makes that of the classes. */
  readonly borders?: readonly number[];
}

/** Classes of a set of values: `counts` and `missing` together count every value given. */
export interface Classification {
  /** Inner class borders, ascending; class `i` holds `breaks[i-1] <= value < breaks[i]`. */
  readonly breaks: readonly number[];
  /** Values in each class, one more entry than `breaks`. */
  readonly counts: readonly number[];
  /** Null, undefined and not-a-number values. */
  readonly missing: number;
  readonly min: number | null;
  readonly max: number | null;
}

/**
 * Cuts values into classes and counts them exactly. Equal values never fall into two classes, and
 * no class is empty under `quantile`; with no value at all there is one class with count 0.
 */
export function classify(
  values: Iterable<number | null | undefined>,
  options: ClassifyOptions,
): Classification {
  const all = [...values];
  const known = all.filter(isKnown).sort((a, b) => a - b);
  const breaks = breaksOf(known, options);
  const counts = new Array<number>(breaks.length + 1).fill(0);
  for (const value of known) {
    const index = classIndex(value, breaks);
    counts[index] = (counts[index] ?? 0) + 1;
  }
  return {
    breaks,
    counts,
    missing: all.length - known.length,
    min: known[0] ?? null,
    max: known.at(-1) ?? null,
  };
}

/** The class a value falls into, 0 for the lowest; a value on a border belongs to the class above. */
export function classIndex(value: number, breaks: readonly number[]): number {
  let low = 0;
  let high = breaks.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (value >= (breaks[middle] as number)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Mean of the known values; null where there is none. */
export function meanOf(values: Iterable<number | null | undefined>): number | null {
  const known = [...values].filter(isKnown);
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value / known.length, 0);
}

function breaksOf(sorted: readonly number[], options: ClassifyOptions): readonly number[] {
  switch (options.method) {
    case 'quantile':
      return quantileBreaks(sorted, options.classes);
    case 'equal':
      return equalBreaks(sorted, options.classes);
    case 'natural':
      return naturalBreaks(sorted, options.classes);
    case 'deviation':
      return deviationBreaks(sorted, options.classes);
    case 'manual':
      return options.borders ?? [];
  }
}

function quantileBreaks(sorted: readonly number[], classes: number): number[] {
  const breaks: number[] = [];
  const first = sorted[0];
  if (first === undefined) return breaks;
  for (let index = 1; index < classes; index += 1) {
    const border = sorted[Math.round((index * sorted.length) / classes)];
    if (border === undefined || border <= (breaks.at(-1) ?? first)) continue;
    breaks.push(border);
  }
  return breaks;
}

function equalBreaks(sorted: readonly number[], classes: number): number[] {
  const min = sorted[0];
  const max = sorted.at(-1);
  if (min === undefined || max === undefined || min === max) return [];
  const width = (max - min) / classes;
  const borders = Array.from({ length: classes - 1 }, (_, index) => min + width * (index + 1));
  return [...new Set(borders)].filter((border) => border > min && border <= max);
}

/** Borders one standard deviation apart, the mean in the middle; those beyond all values are left out. */
function deviationBreaks(sorted: readonly number[], classes: number): number[] {
  const mean = meanOf(sorted);
  const min = sorted[0];
  const max = sorted.at(-1);
  if (mean === null || min === undefined || max === undefined) return [];
  const variance = meanOf(sorted.map((value) => (value - mean) ** 2)) ?? 0;
  if (variance === 0) return [];
  const steps = Array.from({ length: classes - 1 }, (_, index) => index - (classes - 2) / 2);
  return steps
    .map((step) => mean + step * Math.sqrt(variance))
    .filter((border) => border > min && border <= max);
}

function isKnown(value: number | null | undefined): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}
