import { performance } from 'node:perf_hooks';
import { accountsImporter } from '../../geodata/importers/accounts.importer.js';
import { runImport } from '../../geodata/run-import.js';
import type { Database } from '../../server/db/database.js';
import { testDatabase } from '../support/database.js';
import { accountsFile } from './accounts-file.js';
import { percentile, reportFigure, reportRatio, takeTurns } from './report.js';
import { dropStagedPipeline, runStagedPipeline } from './staged-pipeline.js';

const bench = 'import';
const roundRows = 50_000;
const liveRows = 100_000;
const growthRows = [10_000, 100_000, 1_000_000] as const;
const searchStage = 'Preparing search';
const megabyte = 2 ** 20;

/**
 * Prints how an import of accounts (read, check, match, write, index, report) compares with the quickest
 * staged pipeline for the same file, into an empty table and into one that people read, and how time and
 * memory grow with rows.
 */
export async function run(): Promise<void> {
  const { database, close } = await testDatabase();
  try {
    await benchEmpty(database);
    await benchLive(database);
    await benchGrowth(database);
  } finally {
    await close();
  }
}

type Times = { readonly untilSearch: number; readonly whole: number };

/** Milliseconds until the accounts are in, and with the index of names that is built after that. */
async function importFile(database: Database, file: string): Promise<Times> {
  const started = performance.now();
  let untilSearch = 0;
  await runImport({
    database,
    importer: accountsImporter,
    source: { path: file },
    options: {},
    progress: {
      stage: (label) => {
        if (label === searchStage) untilSearch = performance.now() - started;
      },
      advance: () => undefined,
      fraction: () => undefined,
    },
  });
  return { untilSearch, whole: performance.now() - started };
}

async function empty(database: Database): Promise<void> {
  await database.rows('TRUNCATE crm.accounts CASCADE');
  await dropStagedPipeline(database);
}

async function benchEmpty(database: Database): Promise<void> {
  const file = accountsFile(roundRows);
  const ours: Times[] = [];
  const turns = await takeTurns(
    async () => {
      await empty(database);
      ours.push(await importFile(database, file.path));
    },
    () => runStagedPipeline(database, file.path),
  );
  file.remove();
  const counted = ours.slice(-turns.reference.length);
  const { reference } = turns;
  const beside = 'COPY, INSERT with points, GiST';
  reportRatio({
    bench,
    what: `${roundRows.toLocaleString('en')} accounts into an empty table, until they are in`,
    beside,
    ours: counted.map(({ untilSearch }) => untilSearch),
    reference,
    goal: '≤ 1.5',
  });
  reportRatio({
    bench,
    what: 'the same with the search index of names, which the pipeline has not',
    beside,
    ours: counted.map(({ whole }) => whole),
    reference,
    goal: 'none',
  });
}

const reads = [
  `SELECT count(*) FROM crm.accounts WHERE geom && ST_MakeEnvelope(4.8, 52.3, 4.9, 52.4, 4326)`,
  `SELECT * FROM crm.accounts WHERE external_id = 'C000007919'`,
  `SELECT account_id, name FROM crm.accounts ORDER BY account_id LIMIT 50`,
];

async function benchLive(database: Database): Promise<void> {
  await empty(database);
  const [before, added] = [accountsFile(liveRows), accountsFile(liveRows, liveRows)];
  await importFile(database, before.path);
  const quiet = await readWhile(database, new Promise((resolve) => setTimeout(resolve, 2000)));
  const importing = importFile(database, added.path);
  const busy = await readWhile(database, importing);
  const { untilSearch } = await importing;
  const started = performance.now();
  await runStagedPipeline(database, added.path);
  const staged = performance.now() - started;
  before.remove();
  added.remove();
  const size = liveRows.toLocaleString('en');
  const what = `${size} accounts into a table of ${size} that is read`;
  reportFigure({
    bench,
    what: `${what}: rate beside the staged pipeline`,
    value: (staged / untilSearch).toFixed(2),
    goal: '≥ 0.5',
  });
  reportFigure({
    bench,
    what: `${what}: p95 of reads beside quiet`,
    value: (percentile(busy, 0.95) / percentile(quiet, 0.95)).toFixed(2),
    goal: '≤ 2',
  });
}

/** Milliseconds of every read, one after the other, until the work is done. */
async function readWhile(database: Database, work: Promise<unknown>): Promise<number[]> {
  const times: number[] = [];
  let isDone = false;
  void work.finally(() => (isDone = true)).catch(() => undefined);
  for (let n = 0; !isDone; n++) {
    const started = performance.now();
    await database.rows(reads[n % reads.length]!);
    times.push(performance.now() - started);
  }
  return times;
}

async function benchGrowth(database: Database): Promise<void> {
  for (const rows of growthRows) {
    await empty(database);
    const file = accountsFile(rows);
    const before = process.memoryUsage().rss;
    let most = before;
    const sampling = setInterval(() => (most = Math.max(most, process.memoryUsage().rss)), 50);
    const { untilSearch, whole } = await importFile(database, file.path);
    clearInterval(sampling);
    file.remove();
    reportFigure({
      bench,
      what: `${rows.toLocaleString('en')} accounts: time, with search index, memory`,
      value: `${seconds(untilSearch)}, ${seconds(whole)}, +${Math.round((most - before) / megabyte)} MB`,
      goal: '10.5 times for 10 times, +150 MB',
    });
  }
  await empty(database);
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}
