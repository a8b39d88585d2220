import { performance } from 'node:perf_hooks';
import { accountsSource } from '../../server/column-store/accounts.source.js';
import { ColumnStore } from '../../server/column-store/column-store.js';
import { testDatabase } from '../support/database.js';
import { fillAccounts } from './fill-accounts.js';
import { median, reportFigure } from './report.js';

const sizes = [10_000, 100_000, 1_000_000];
const rounds = 5;
const megabyte = 2 ** 20;

/** Prints how long the column store takes to be built from PostgreSQL, and what it holds in memory. */
export async function run(): Promise<void> {
  for (const size of sizes) await benchSize(size);
}

async function benchSize(size: number): Promise<void> {
  const { database, close } = await testDatabase();
  try {
    await fillAccounts(database, size);
    const times: number[] = [];
    const before = process.memoryUsage().arrayBuffers;
    let bytes = 0;
    for (let round = 0; round < rounds; round++) {
      const store = new ColumnStore(database, accountsSource);
      const started = performance.now();
      await store.load();
      times.push(performance.now() - started);
      bytes = Math.max(bytes, process.memoryUsage().arrayBuffers - before);
    }
    const what = `column store built from ${size.toLocaleString('en')} accounts`;
    const slowest = Math.round(Math.max(...times));
    reportFigure({
      bench: 'store',
      what,
      value: `${Math.round(median(times))} ms (slowest ${slowest}; ${Math.round(bytes / megabyte)} MB of arrays)`,
      ...(size === 1_000_000 && { goal: 'under 1,500 ms' }),
    });
  } finally {
    await close();
  }
}
