/** How classes are cut: the same number of regions in each, or the same width. */
export type ClassifyMethod = 'quantile' | 'equal';

export interface ClassifyOptions {
  readonly method: ClassifyMethod;
  /** How many classes are wanted; fewer come out where there are fewer distinct values. */
  readonly classes: number;
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
  const breaks =
    options.method === 'quantile'
      ? quantileBreaks(known, options.classes)
      : equalBreaks(known, options.classes);
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

/** A ramp of `count` colours picked evenly from `ramp`, so that two classes still show its ends. */
export function spreadRamp(ramp: readonly string[], count: number): string[] {
  if (count <= 1) return ramp.slice(ramp.length >> 1, (ramp.length >> 1) + Math.max(count, 0));
  const step = (ramp.length - 1) / (count - 1);
  return Array.from({ length: count }, (_, index) => ramp[Math.round(index * step)] as string);
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

function isKnown(value: number | null | undefined): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}
