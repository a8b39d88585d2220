import { performance } from 'node:perf_hooks';
import type { Database } from '../../server/db/database.js';
import { testCube, type CubeAnswer, type TestCube } from '../cube/support/cube.js';

const ACCOUNTS = 5_000;
const SALES = 50_000;
/** More at level 2, so that the rollups are as large as those of a real project. */
const REGIONS = 300;
const ROUNDS = 60;

type Timing = { readonly p50Ms: number; readonly p95Ms: number };

export type CubeBench = {
  readonly name: string;
  readonly cube: Timing;
  readonly handSql: Timing;
  /** Median of Cube over the median of hand-written SQL on the same rollup. */
  readonly ratio: number;
};

type Case = {
  readonly name: string;
  readonly measures: readonly string[];
  /** The same slice from the same rollup; $1 and $2 make each question a new one, as in Cube's. */
  readonly sql: (rollup: string) => string;
  readonly rollup: string;
  readonly view: string;
  /** What the slice sums to once the rollup is up to date. */
  readonly wholeSql: string;
};

const cases: readonly Case[] = [
  {
    name: 'accounts by region, from a rollup',
    measures: ['accounts.accounts', 'accounts.households'],
    rollup: 'accounts_by_region',
    view: 'accounts',
    wholeSql: 'SELECT count(*) AS value FROM crm.accounts',
    sql: (rollup) =>
      `SELECT regions_at_level__region_id, sum(accounts__accounts) AS sum, max(accounts__households)
       FROM ${rollup} AS rollup WHERE regions_at_level__region_level = $1 AND (accounts__segment <> $2 OR accounts__segment IS NULL)
       GROUP BY 1 ORDER BY 2 DESC LIMIT 10000`,
  },
  {
    name: 'revenue by region, from a rollup by month',
    measures: ['sales.revenue'],
    rollup: 'sales_by_customer',
    view: 'sales',
    wholeSql: 'SELECT sum(revenue) AS value FROM crm.sale_lines',
    sql: (rollup) =>
      `SELECT regions_at_level__region_id, sum(sales__revenue) AS sum
       FROM ${rollup} AS rollup WHERE regions_at_level__region_level = $1 AND (accounts__segment <> $2 OR accounts__segment IS NULL)
       GROUP BY 1 ORDER BY 2 DESC LIMIT 10000`,
  },
];

/** Compares slices through Cube's API, never cached, with hand-written SQL on the same rollup. */
export async function run(): Promise<CubeBench[]> {
  const cube = await testCube();
  try {
    await grow(cube.database);
    const results: CubeBench[] = [];
    for (const one of cases) {
      const result = await measure(cube, one);
      console.log(lineOf(result));
      results.push(result);
    }
    return results;
  } finally {
    await cube.close();
  }
}

async function measure(cube: TestCube, one: Case): Promise<CubeBench> {
  const sql = one.sql(await rollupTable(cube, one));
  const bySql: number[] = [];
  const byCube: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const segment = `nothing ${round}`;
    byCube.push(
      await timed(async () => assertFromRollup(await loadSlice(cube, one, segment), one)),
    );
    bySql.push(await timed(() => cube.database.rows(sql, [2, segment])));
  }
  const [inCube, inSql] = [timingOf(byCube), timingOf(bySql)];
  return { name: one.name, cube: inCube, handSql: inSql, ratio: inCube.p50Ms / inSql.p50Ms };
}

async function loadSlice(cube: TestCube, one: Case, segment: string) {
  return cube.load({
    measures: [...one.measures],
    dimensions: [`${one.view}.region_id`],
    filters: [
      { member: `${one.view}.region_level`, operator: 'equals', values: ['2'] },
      { member: `${one.view}.segment`, operator: 'notEquals', values: [segment] },
    ],
  });
}

/** What Cube reads for the case, once the rollup holds the grown project: the same for the hand-written SQL. */
async function rollupTable(cube: TestCube, one: Case): Promise<string> {
  const measure = one.measures[0] ?? '';
  const whole = await cube.database.row<{ value: number }>(one.wholeSql);
  const isWhole = (sum: number) => Math.abs(sum - (whole?.value ?? Number.NaN)) < 0.005;
  for (;;) {
    const { data } = await loadSlice(cube, one, 'nothing');
    if (isWhole(data.reduce((sum, row) => sum + Number(row[measure]), 0))) break;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  const table = await newestTables(cube.database, one.rollup);
  const rows = await cube.database.rows<{ sum: number }>(one.sql(table), [2, 'nothing']);
  if (isWhole(rows.reduce((total, { sum }) => total + sum, 0))) return table;
  throw new Error(`${one.name}: the hand-written SQL reads another state of the rollup`);
}

/** The newest table of a rollup, or the union of those by year. Their names end in the time of building. */
async function newestTables(database: Database, rollup: string): Promise<string> {
  const rows = await database.rows<{ table_name: string }>(
    `SELECT DISTINCT ON (rollup) table_name
     FROM (SELECT table_name, regexp_replace(table_name, '(_[^_]+){3}$', '') AS rollup
           FROM information_schema.tables WHERE table_schema = 'prod_pre_aggregations') tables
     WHERE rollup ~ ('^' || $1 || '[0-9]*$')
     ORDER BY rollup, substring(table_name from '[^_]+$') DESC`,
    [rollup],
  );
  const selects = rows.map((row) => `SELECT * FROM prod_pre_aggregations.${row.table_name}`);
  return `(${selects.join(' UNION ALL ')})`;
}

function assertFromRollup({ usedPreAggregations = {} }: CubeAnswer, one: Case): void {
  if (`prod_pre_aggregations.${one.rollup}` in usedPreAggregations) return;
  throw new Error(`${one.name}: not answered from ${one.rollup}`);
}

async function grow(database: Database): Promise<void> {
  await database.rows(
    `INSERT INTO geo.regions (level, code, name, parent_id, households)
     SELECT 2, 'more ' || n, 'More ' || n, r.region_id, 100
     FROM generate_series(1, $1::int) n JOIN geo.regions r ON r.code = 'N'`,
    [REGIONS],
  );
  await database.rows('SELECT geo.refresh_region_members()');
  await database.rows(
    `INSERT INTO crm.accounts (name, lifecycle, segment, housing_type, region_id, geom, placement)
     SELECT 'account ' || n, 'customer', 'segment ' || n % 5, 'detached', r.region_id,
            ST_SetSRID(ST_MakePoint(4, 52), 4326), 'exact'
     FROM generate_series(1, $1::int) n
     JOIN geo.regions r ON r.code = 'more ' || (n % $2::int + 1)`,
    [ACCOUNTS, REGIONS],
  );
  await database.rows(
    `INSERT INTO crm.sales (account_id, ordered_at)
     SELECT a.account_id, timestamptz '2022-01-01' + n * interval '20 minutes'
     FROM generate_series(1, $1::int) n
     JOIN (SELECT account_id, row_number() OVER (ORDER BY account_id) AS number FROM crm.accounts) a
       ON a.number = n % $2::int + 1`,
    [SALES, ACCOUNTS],
  );
  await database.rows(
    `INSERT INTO crm.sale_lines (sale_id, line_number, revenue)
     SELECT s.sale_id, 1, s.sale_id % 97 FROM crm.sales s
     WHERE NOT EXISTS (SELECT FROM crm.sale_lines l WHERE l.sale_id = s.sale_id)`,
  );
}

function lineOf({ name, cube, handSql, ratio }: CubeBench): string {
  const times = (timing: Timing) => `${timing.p50Ms.toFixed(1)}/${timing.p95Ms.toFixed(1)} ms`;
  return `${name}: Cube ${times(cube)}, SQL ${times(handSql)} (p50/p95), ratio ${ratio.toFixed(1)}`;
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

function timingOf(times: readonly number[]): Timing {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.floor(sorted.length * share)] ?? Number.NaN;
  return { p50Ms: at(0.5), p95Ms: at(0.95) };
}
