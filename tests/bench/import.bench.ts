import { performance } from 'node:perf_hooks';
import { Database } from '../../server/db/database.js';
import { migrate } from '../../server/db/migrate.js';
import { testDatabase } from '../support/database.js';
import { startEmbeddedForTests } from '../support/embedded.js';
import { accountsFile, netherlands } from './accounts-file.js';
import { fillRegions } from './fill-regions.js';
import { importFile, readWhile, type ImportTimes } from './import-file.js';
import { percentile, reportFigure, reportRatio, takeTurns } from './report.js';
import { dropStagedPipeline, runStagedPipeline } from './staged-pipeline.js';

const bench = 'import';
const beside = 'COPY, INSERT with points, GiST';
const roundRows = 50_000;
const embeddedRows = 10_000;
const liveRows = 50_000;
const growthRows = [10_000, 100_000, 1_000_000] as const;
/** 3,500 regions of some 150 corners, as a country has municipalities. */
const regionGrid = [70, 50] as const;
const quietMs = 2000;
const megabyte = 2 ** 20;

/**
 * Prints how an import of accounts (read, check, match, write, index, report) compares with the quickest
 * staged pipeline for the same file, which neither checks nor matches: into an empty table, into one that
 * people read, with regions to match to and on the embedded engine; and how time and memory grow with rows.
 */
export async function run(): Promise<void> {
  const { database, close } = await testDatabase();
  try {
    await benchEmpty(database, 'nothing to match to');
    await benchEmbedded(database);
    await benchLive(database);
    await benchGrowth(database);
    await fillRegions(database, regionGrid, netherlands);
    await benchEmpty(database, '3,500 regions to match to');
  } finally {
    await close();
  }
}

async function empty(database: Database): Promise<void> {
  await database.rows('TRUNCATE crm.accounts CASCADE');
}

async function benchEmpty(database: Database, surroundings: string): Promise<void> {
  const file = accountsFile(roundRows);
  const ours: ImportTimes[] = [];
  const turns = await takeTurns(
    async () => {
      await empty(database);
      ours.push(await importFile(database, file.path));
    },
    () => runStagedPipeline(database, file.path),
  );
  file.remove();
  await dropStagedPipeline(database);
  const counted = ours.slice(-turns.reference.length);
  const { reference } = turns;
  const rows = roundRows.toLocaleString('en');
  reportRatio({
    bench,
    what: `${rows} accounts into an empty table, ${surroundings}, until they are in`,
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

async function benchEmbedded(database: Database): Promise<void> {
  const engine = await startEmbeddedForTests();
  const embedded = new Database(engine.connection, 'embedded');
  const file = accountsFile(embeddedRows);
  const waits: number[] = [];
  try {
    await migrate(embedded);
    const turns = await takeTurns(
      async () => {
        await empty(embedded);
        const work = importFile(embedded, file.path);
        waits.push(...(await readWhile(embedded, ['SELECT 1'], work)));
      },
      async () => {
        await empty(database);
        await importFile(database, file.path);
      },
    );
    const what = `${embeddedRows.toLocaleString('en')} accounts on the embedded engine`;
    reportRatio({ bench, what, beside: 'PostgreSQL', ...turns, goal: '≤ 6' });
    reportFigure({
      bench,
      what: `${what}: longest wait of another query`,
      value: `${Math.round(Math.max(...waits))} ms`,
      goal: '≤ 250 ms',
    });
  } finally {
    file.remove();
    await embedded.close();
    await engine.stop();
  }
}

const reads = [
  `SELECT count(*) FROM crm.accounts WHERE geom && ST_MakeEnvelope(4.8, 52.3, 4.9, 52.4, 4326)`,
  `SELECT * FROM crm.accounts WHERE external_id = 'C000007919'`,
  `SELECT account_id, name FROM crm.accounts ORDER BY account_id LIMIT 50`,
];

/** Every round brings accounts that are new to the table. */
async function benchLive(database: Database): Promise<void> {
  await empty(database);
  const before = accountsFile(10 * liveRows);
  await importFile(database, before.path);
  before.remove();
  const quietTimes: number[] = [];
  const busyTimes: number[] = [];
  const ours: number[] = [];
  const reference: number[] = [];
  for (let round = 0; round < 5; round++) {
    const added = accountsFile(liveRows, (10 + round) * liveRows);
    const quiet = new Promise((resolve) => setTimeout(resolve, quietMs));
    quietTimes.push(...(await readWhile(database, reads, quiet)));
    const importing = importFile(database, added.path);
    busyTimes.push(...(await readWhile(database, reads, importing)));
    ours.push(perSecond((await importing).untilSearch));
    const started = performance.now();
    await runStagedPipeline(database, added.path);
    reference.push(perSecond(performance.now() - started));
    added.remove();
  }
  await dropStagedPipeline(database);
  const size = (rows: number) => rows.toLocaleString('en');
  const what = `${size(liveRows)} accounts into a table of ${size(10 * liveRows)} that is read`;
  reportRatio({ bench, what, beside, ours, reference, goal: '≥ 0.5', unit: 'per second' });
  reportFigure({
    bench,
    what: `${what}: p95 of reads beside quiet`,
    value: (percentile(busyTimes, 0.95) / percentile(quietTimes, 0.95)).toFixed(2),
    goal: '≤ 2',
  });
}

function perSecond(ms: number): number {
  return liveRows / (ms / 1000);
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
