import type { Database } from '../../server/db/database.js';
import { refreshSaleCells } from '../../server/modules/cube/sale-cells.js';
import { percentile, reportFigure, reportRatio, takeTurns } from './report.js';

type Edit = {
  readonly what: string;
  readonly share: (lines: number) => number;
  readonly sql: string;
};

const raise = 'UPDATE crm.sale_lines SET revenue = revenue + 1 WHERE';
const within = (from: string, to: string) =>
  `${raise} sale_id IN (SELECT sale_id FROM crm.sales WHERE ordered_at >= '${from}Z' AND ordered_at < '${to}Z')`;

const edits: readonly Edit[] = [
  { what: 'one month', share: () => 1 / 36, sql: within('2024-03-01', '2024-04-01') },
  { what: 'the newest tenth', share: () => 0.1, sql: within('2025-09-12', '2026-01-01') },
  { what: '0.1 % here and there', share: () => 0.001, sql: `${raise} sale_id % 1000 = 7` },
  { what: '1 % here and there', share: () => 0.01, sql: `${raise} sale_id % 100 = 7` },
  { what: '10 % here and there', share: () => 0.1, sql: `${raise} sale_id % 10 = 7` },
  {
    what: 'one order',
    share: (lines) => 2.5 / lines,
    sql: `${raise} sale_id = (SELECT max(sale_id) / 2 FROM crm.sales)`,
  },
  {
    what: 'one account',
    share: (lines) => 20 / lines,
    sql: `UPDATE crm.accounts SET lifecycle = CASE lifecycle WHEN 'former' THEN 'customer' ELSE 'former' END
      WHERE account_id = (SELECT max(account_id) / 2 FROM crm.accounts)`,
  },
];

const ROUNDS = 3;
const everything = 'INSERT INTO app.sale_changes DEFAULT VALUES';

/** What bringing the sums of sales up to date takes after edits of all sizes, as a share of building all anew. */
export async function measureRefresh(database: Database, lines: number): Promise<void> {
  const at = `${lines.toLocaleString('en')} lines`;
  const allMs = await refreshAfter(database, everything);
  figure(`all sums anew, ${at}`, `${(allMs / 1000).toFixed(1)} s`);
  for (const { what, share, sql } of edits) {
    const tookMs = await refreshAfter(database, sql);
    const changed = share(lines);
    figure(
      `sums after ${what} changed, ${at}`,
      `${tookMs.toFixed(0)} ms, ${(tookMs / allMs).toFixed(4)} of all anew for ${changed.toPrecision(2)} of the lines`,
      `≤ ${(2 * changed).toPrecision(2)}`,
    );
  }
}

/** Milliseconds of the refresh alone, without the edit before it. */
async function refreshAfter(database: Database, edit: string): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    await database.rows(edit);
    times.push(await timed(() => refreshSaleCells(database)));
  }
  return percentile(times, 0.5);
}

const NOTED_LINES = 100_000;
const addLines = `
  WITH added AS (
    INSERT INTO crm.sales (account_id, ordered_at)
    SELECT account_id, timestamptz '2025-06-01Z' + n * interval '1 second'
    FROM generate_series(1, ${NOTED_LINES} / 5) n,
         (SELECT account_id FROM crm.accounts ORDER BY account_id LIMIT 1) a RETURNING sale_id)
  INSERT INTO crm.sale_lines (sale_id, line_number, revenue) SELECT sale_id, l, 1 FROM added, generate_series(1, 5) l`;

/** What noting the changes adds to an import: the same lines with and without the trigger, each taken back. */
export async function measureNotes(database: Database): Promise<void> {
  const write = async (trigger: 'ENABLE' | 'DISABLE') => {
    const client = await database.pool.connect();
    try {
      await client.query('BEGIN');
      await client.query(`ALTER TABLE crm.sale_lines ${trigger} TRIGGER sale_lines_inserted_cells`);
      await client.query(addLines);
    } finally {
      await client.query('ROLLBACK');
      client.release();
    }
  };
  const { ours, reference } = await takeTurns(
    () => write('ENABLE'),
    () => write('DISABLE'),
  );
  reportRatio({
    bench: 'cube',
    what: `${NOTED_LINES.toLocaleString('en')} lines written, with what changed noted`,
    beside: 'without',
    ours,
    reference,
    goal: '≤ 1.1',
  });
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

function figure(what: string, value: string, goal?: string): void {
  reportFigure({ bench: 'cube', what, value, ...(goal === undefined ? {} : { goal }) });
}
