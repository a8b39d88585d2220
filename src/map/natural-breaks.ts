/**
 * Borders of the natural breaks: the classes with the least sum of squared distances from their own
 * means, which is the best there is and not an estimate. Fisher, "On grouping for maximum
 * homogeneity" (JASA 53, 1958), which Jenks brought to maps (1977); the borders of each row of the table are
 * found by halving, since they never move back as values are added. Each border is the lowest value
 * of the class above it; there are fewer classes where there are fewer distinct values.
 */
export function naturalBreaks(sorted: readonly number[], classes: number): number[] {
  const groups = toGroups(sorted);
  const count = groups.values.length;
  const wanted = Math.min(classes, count);
  if (wanted < 2) return [];
  let best = Float64Array.from({ length: count }, (_, last) => spread(groups, 0, last));
  const starts: Int32Array[] = [];
  for (let row = 1; row < wanted; row += 1) {
    const next = new Float64Array(count).fill(Infinity);
    const start = new Int32Array(count);
    fillRow({ groups, best, next, start }, [row, count - 1], [row, count - 1]);
    best = next;
    starts.unshift(start);
  }
  return readBorders(groups.values, starts);
}

/** Distinct values with running sums, taken from their mean so that squares stay exact enough. */
interface Groups {
  readonly values: readonly number[];
  readonly counts: Float64Array;
  readonly sums: Float64Array;
  readonly squares: Float64Array;
}

interface Row {
  readonly groups: Groups;
  /** Least sum of squares of the values up to each one, with one class less and with this many. */
  readonly best: Float64Array;
  readonly next: Float64Array;
  /** Where the last class starts. */
  readonly start: Int32Array;
}

type Span = readonly [from: number, to: number];

function toGroups(sorted: readonly number[]): Groups {
  const values = [...new Set(sorted)];
  const mean = sorted.reduce((sum, value) => sum + value / sorted.length, 0);
  const counts = new Float64Array(values.length + 1);
  const sums = new Float64Array(values.length + 1);
  const squares = new Float64Array(values.length + 1);
  let next = 0;
  values.forEach((value, index) => {
    const first = next;
    while (sorted[next] === value) next += 1;
    const distance = value - mean;
    counts[index + 1] = (counts[index] as number) + next - first;
    sums[index + 1] = (sums[index] as number) + distance * (next - first);
    squares[index + 1] = (squares[index] as number) + distance * distance * (next - first);
  });
  return { values, counts, sums, squares };
}

/** Sum of squared distances from their mean of the values from one to another, both included. */
function spread({ counts, sums, squares }: Groups, from: number, to: number): number {
  const count = (counts[to + 1] as number) - (counts[from] as number);
  const sum = (sums[to + 1] as number) - (sums[from] as number);
  const square = (squares[to + 1] as number) - (squares[from] as number);
  return Math.max(0, square - (sum * sum) / count);
}

/** Fills `next` over a span of last values, whose classes start somewhere in `within`. */
function fillRow(row: Row, [from, to]: Span, within: Span): void {
  if (from > to) return;
  const last = (from + to) >>> 1;
  const { groups, best, next, start } = row;
  for (let first = within[0]; first <= Math.min(last, within[1]); first += 1) {
    const total = (best[first - 1] as number) + spread(groups, first, last);
    if (total >= (next[last] as number)) continue;
    next[last] = total;
    start[last] = first;
  }
  const border = start[last] as number;
  fillRow(row, [from, last - 1], [within[0], border]);
  fillRow(row, [last + 1, to], [border, within[1]]);
}

function readBorders(values: readonly number[], starts: readonly Int32Array[]): number[] {
  const borders: number[] = [];
  let last = values.length - 1;
  for (const start of starts) {
    const first = start[last] as number;
    borders.unshift(values[first] as number);
    last = first - 1;
  }
  return borders;
}
