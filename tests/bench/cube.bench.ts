import { readFileSync } from 'node:fs';
import type { Query } from '@cubejs-client/core';
import { refreshSaleCells } from '../../server/modules/cube/sale-cells.js';
import { testCube, type TestCube } from '../cube/support/cube.js';
import { growSales, makeRegions } from './cube-project.js';
import { measureNotes, measureRefresh } from './cube-refresh.js';
import { percentile, reportFigure, reportRatio, takeTurns } from './report.js';

const ROUNDS = 20;
/** Order lines; 10,000,000 with CATCHMENT_BENCH_LARGE=1, which takes some minutes. */
const SIZES = [
  100_000,
  1_000_000,
  ...(process.env['CATCHMENT_BENCH_LARGE'] === '1' ? [10_000_000] : []),
];

type Slice = {
  readonly what: string;
  /** `unseen` makes each question a new one, so that nothing comes from a cache. */
  readonly query: (unseen: string) => Query;
  /** The same from the same sums, by hand; $1 is the value that makes it new. */
  readonly byHand: string;
  /** The same from the order lines. */
  readonly raw: string;
};

const atLevel = (level: number) => ({
  member: 'sales.region_level',
  operator: 'equals' as const,
  values: [String(level)],
});
const anyBut = (member: string, value: string) => ({
  member,
  operator: 'notEquals' as const,
  values: [value],
});
const rawLines = `FROM crm.sale_lines l JOIN crm.sales s USING (sale_id) JOIN crm.accounts a USING (account_id)
  JOIN geo.region_members m ON m.descendant_id = COALESCE(a.region_id, 0)`;
const month = (time: string) => `date_trunc('month', ${time} AT TIME ZONE 'UTC')`;

const slices: readonly Slice[] = [
  {
    what: 'choropleth of districts',
    query: (unseen) => ({
      measures: ['sales.revenue'],
      dimensions: ['sales.region_id'],
      filters: [atLevel(2), anyBut('sales.lifecycle', unseen)],
    }),
    byHand: `SELECT region_id, sum(revenue) AS value FROM crm.sale_cells_region_total
      WHERE level = 2 AND (lifecycle <> $1 OR lifecycle IS NULL) GROUP BY 1 ORDER BY 2 DESC LIMIT 10000`,
    raw: `SELECT m.region_id, sum(l.revenue) AS value ${rawLines} WHERE m.level = 2 GROUP BY 1`,
  },
  {
    what: 'choropleth of states',
    query: (unseen) => ({
      measures: ['sales.revenue'],
      dimensions: ['sales.region_id'],
      filters: [atLevel(1), anyBut('sales.lifecycle', unseen)],
    }),
    byHand: `SELECT region_id, sum(revenue) AS value FROM crm.sale_cells_region_total
      WHERE level = 1 AND (lifecycle <> $1 OR lifecycle IS NULL) GROUP BY 1 ORDER BY 2 DESC LIMIT 10000`,
    raw: `SELECT m.region_id, sum(l.revenue) AS value ${rawLines} WHERE m.level = 1 GROUP BY 1`,
  },
  {
    what: 'district × month',
    query: (unseen) => ({
      measures: ['sales.revenue'],
      dimensions: ['sales.region_id'],
      timeDimensions: [{ dimension: 'sales.ordered_at', granularity: 'month' }],
      filters: [atLevel(2), anyBut('sales.lifecycle', unseen)],
      limit: 50_000,
    }),
    byHand: `SELECT region_id, ${month('month')} AS month, sum(revenue) AS value FROM crm.sale_cells_region
      WHERE level = 2 AND (lifecycle <> $1 OR lifecycle IS NULL) GROUP BY 1, 2 ORDER BY 2 LIMIT 50000`,
    raw: `SELECT m.region_id, ${month('s.ordered_at')} AS month, sum(l.revenue) AS value ${rawLines}
      WHERE m.level = 2 GROUP BY 1, 2`,
  },
  {
    what: 'district × category',
    query: (unseen) => ({
      measures: ['sales.revenue'],
      dimensions: ['sales.region_id', 'sales.category'],
      filters: [atLevel(2), anyBut('sales.category', unseen)],
    }),
    byHand: `SELECT region_id, category, sum(revenue) AS value FROM crm.sale_cells_category_total
      WHERE level = 2 AND (category <> $1 OR category IS NULL) GROUP BY 1, 2 ORDER BY 3 DESC LIMIT 10000`,
    raw: `SELECT m.region_id, p.category, sum(l.revenue) AS value ${rawLines}
      LEFT JOIN crm.products p USING (product_id) WHERE m.level = 2 GROUP BY 1, 2`,
  },
  {
    what: 'figures of one district',
    query: (unseen) => ({
      measures: ['sales.revenue', 'sales.orders', 'sales.average_order', 'sales.units'],
      filters: [
        atLevel(2),
        { member: 'sales.region_id', operator: 'equals', values: ['25'] },
        anyBut('sales.lifecycle', unseen),
      ],
    }),
    byHand: `SELECT sum(revenue) AS value, sum(orders), sum(units) FROM crm.sale_cells_region_total
      WHERE level = 2 AND region_id = 25 AND (lifecycle <> $1 OR lifecycle IS NULL)`,
    raw: `SELECT sum(l.revenue) AS value, count(DISTINCT s.sale_id), sum(l.quantity) ${rawLines}
      WHERE m.level = 2 AND m.region_id = 25`,
  },
];

/** Slices through Cube's API, never cached, beside hand-written SQL on the same sums and on the order lines. */
export async function run(): Promise<void> {
  const cube = await testCube({ empty: true });
  try {
    await makeRegions(cube.database);
    const before = new Map<string, number>();
    for (const lines of SIZES) {
      const writing = await growSales(cube.database, lines);
      figure(`writing up to ${count(lines)} lines`, `${seconds(writing)} s`);
      await settle(cube);
      for (const slice of slices) await measure(cube, slice, lines, before);
      await measureRefresh(cube.database, lines);
    }
    await measureNotes(cube.database);
    figure('memory of the Cube process', `${memoryOf(cube.pid)} MB`);
    await measureStart(cube);
  } finally {
    await cube.close();
  }
}

/** Sums up to date and Cube told so: no question of the benchmark meets a change. */
async function settle(cube: TestCube): Promise<void> {
  await refreshSaleCells(cube.database);
  await cube.database.rows('VACUUM ANALYZE crm.sale_cells');
  for (const slice of slices) {
    for (let warmUp = 0; warmUp < 20; warmUp += 1) await cube.load(slice.query(`warm ${warmUp}`));
  }
}

async function measure(
  cube: TestCube,
  slice: Slice,
  lines: number,
  before: Map<string, number>,
): Promise<void> {
  const what = `${slice.what}, ${count(lines)} lines`;
  const [cold, coldMs] = await timed(() => cube.database.rows<{ value: number }>(slice.raw));
  let asked = 0;
  const { ours, reference } = await takeTurns(
    async () => {
      const { data } = await cube.load(slice.query(`unseen ${lines} ${(asked += 1)}`));
      if (asked === 1)
        assertEqual(
          what,
          data.map((row) => Number(row['sales.revenue'])),
          cold,
        );
    },
    () => cube.database.rows(slice.byHand, [`unseen ${lines} ${asked}`]),
    { rounds: ROUNDS, warmUps: 3 },
  );
  const bench = 'cube';
  reportRatio({
    bench,
    what,
    beside: 'SQL on the same sums',
    ours,
    reference,
    goal: '≤ 1.5 above 15 ms',
  });
  const more = (share: number) => percentile(ours, share) - percentile(reference, share);
  const price = `p50 + ${more(0.5).toFixed(1)} ms, p95 + ${more(0.95).toFixed(1)} ms`;
  figure(`${what}, over SQL on the same sums`, price, '+ 4 ms, + 8 ms below 15 ms');
  const [fast, slow] = [percentile(ours, 0.5), percentile(ours, 0.95)];
  figure(
    `${what}, beside the order lines`,
    `${(fast / coldMs).toFixed(4)} of ${coldMs.toFixed(0)} ms`,
    '≤ 0.02',
  );
  const growth = before.has(slice.what)
    ? `, ${(fast / (before.get(slice.what) ?? 1)).toFixed(2)} × for 10 × lines`
    : '';
  figure(
    `${what}, through HTTP`,
    `p50 ${fast.toFixed(1)} ms, p95 ${slow.toFixed(1)} ms${growth}`,
    '≤ 1.2 ×',
  );
  before.set(slice.what, fast);
}

/** To the cent: the same rows with the same sums, whatever their order. */
function assertEqual(
  what: string,
  sums: readonly number[],
  cold: readonly { value: number }[],
): void {
  const sorted = (values: readonly number[]) => [...values].sort((a, b) => a - b).join(' ');
  if (sorted(sums) === sorted(cold.map(({ value }) => value))) return;
  throw new Error(`${what}: the sums differ from those of the order lines`);
}

/** From the start of the process to the first slice, with sums and rollups that are there already. */
async function measureStart(cube: TestCube): Promise<void> {
  const slice = slices[0];
  if (slice === undefined) return;
  const [, took] = await timed(async () => {
    await cube.restart();
    await cube.load(slice.query('after the start'));
  });
  figure('from the start of Cube to the first slice', `${seconds(took)} s`);
}

function memoryOf(pid: number | undefined): string {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return (Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024).toFixed(0);
}

async function timed<Result>(work: () => Promise<Result>): Promise<[Result, number]> {
  const started = performance.now();
  const result = await work();
  return [result, performance.now() - started];
}

function figure(what: string, value: string, goal?: string): void {
  reportFigure({ bench: 'cube', what, value, ...(goal === undefined ? {} : { goal }) });
}

const count = (lines: number) => lines.toLocaleString('en');
const seconds = (ms: number) => (ms / 1000).toFixed(1);
