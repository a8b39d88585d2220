/** Two things measured side by side, in rounds that took turns: ours, theirs, ours, theirs. */
export type Comparison = {
  /** Name of the benchmark, as in `npm run bench -- NAME`. */
  readonly bench: string;
  readonly what: string;
  readonly beside: string;
  /** Milliseconds a round, ours and the reference; both of the same length, at least five. */
  readonly ours: readonly number[];
  readonly reference: readonly number[];
  /** What the ratio must stay under (or over, for rates), for example `≤ 1.3`. */
  readonly goal: string;
  /** Set where the figures are rates (more is better): the ratio is then that of the rates. */
  readonly unit?: 'ms' | 'per second';
};

/** A single figure that is no ratio of times: bytes, memory, a share of right answers. */
export type Figure = {
  readonly bench: string;
  readonly what: string;
  readonly value: string;
  readonly goal?: string;
};

type Row = readonly [bench: string, what: string, beside: string, ratio: string, goal: string];

const leastRounds = 5;
const rows: Row[] = [];

/** Prints the ratio of the medians, and the 50th and 95th percentile of the ratios of all rounds. */
export function reportRatio(comparison: Comparison): number {
  const { bench, what, beside, ours, reference, goal, unit = 'ms' } = comparison;
  if (ours.length < leastRounds || ours.length !== reference.length)
    throw new Error(`${what}: at least ${leastRounds} rounds of both are needed.`);
  const ratios = ours.map((value, round) => value / (reference[round] ?? Number.NaN));
  const ratio = median(ours) / median(reference);
  const spread = `p50 ${number(percentile(ratios, 0.5))}, p95 ${number(percentile(ratios, 0.95))}`;
  console.log(
    `${what} / ${beside}: ${number(ratio)} (${spread}; ` +
      `${number(median(ours))} and ${number(median(reference))} ${unit}; goal ${goal})`,
  );
  rows.push([bench, what, beside, `${number(ratio)} (${spread})`, goal]);
  return ratio;
}

/** Prints a figure that stands by itself. */
export function reportFigure({ bench, what, value, goal = '' }: Figure): void {
  console.log(`${what}: ${value}${goal === '' ? '' : ` (goal ${goal})`}`);
  rows.push([bench, what, '', value, goal]);
}

/** Everything reported so far as a Markdown table. */
export function reportTable(): string {
  const header: Row = ['benchmark', 'what', 'beside', 'ratio or figure', 'goal'];
  const dashes: Row = ['---', '---', '---', '---', '---'];
  return [header, dashes, ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
}

/** Calls both in turns, after warm-up rounds that do not count; milliseconds a round. */
export async function takeTurns(
  ours: () => unknown,
  reference: () => unknown,
  { rounds = leastRounds, warmUps = 1 }: { rounds?: number; warmUps?: number } = {},
): Promise<{ ours: number[]; reference: number[] }> {
  const times = { ours: [] as number[], reference: [] as number[] };
  for (let round = -warmUps; round < rounds; round++) {
    for (const [which, work] of [['ours', ours] as const, ['reference', reference] as const]) {
      const started = performance.now();
      await work();
      if (round >= 0) times[which].push(performance.now() - started);
    }
  }
  return times;
}

export function median(values: readonly number[]): number {
  return percentile(values, 0.5);
}

/** The value that the given share of all values does not exceed (nearest rank). */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}

function number(value: number): string {
  if (value >= 1000) return Math.round(value).toLocaleString('en');
  return value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2);
}
