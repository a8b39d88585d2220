import type { MonthFigure } from '../../state/explore.js';

/** The months of one calendar year; null where there is no figure. */
export interface TrendYear {
  readonly year: number;
  /** January first, twelve entries. */
  readonly values: readonly (number | null)[];
}

/** Months by calendar year, the last `count` years, oldest first: years compared month by month. */
export function toYears(months: readonly MonthFigure[], count: number): readonly TrendYear[] {
  const years = new Map<number, (number | null)[]>();
  for (const { month, value } of months) {
    const year = Number(month.slice(0, 4));
    const values = years.get(year) ?? new Array<number | null>(12).fill(null);
    values[Number(month.slice(5, 7)) - 1] = value;
    years.set(year, values);
  }
  return [...years]
    .sort(([a], [b]) => a - b)
    .slice(-count)
    .map(([year, values]) => ({ year, values }));
}

/** SVG path through the known values, a gap where one is missing; y grows downwards. */
export function linePath(
  values: readonly (number | null)[],
  { width, height, highest }: { width: number; height: number; highest: number },
): string {
  const step = width / Math.max(values.length - 1, 1);
  let isDrawing = false;
  return values
    .map((value, index) => {
      if (value === null) {
        isDrawing = false;
        return '';
      }
      const command = isDrawing ? 'L' : 'M';
      isDrawing = true;
      const y = highest > 0 ? height - (Math.max(value, 0) / highest) * height : height;
      return `${command}${round(index * step)} ${round(y)}`;
    })
    .join('');
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
