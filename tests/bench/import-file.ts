import { performance } from 'node:perf_hooks';
import { accountsImporter } from '../../geodata/importers/accounts.importer.js';
import { runImport } from '../../geodata/run-import.js';
import type { Database } from '../../server/db/database.js';

const searchStage = 'Preparing search';

export type ImportTimes = { readonly untilSearch: number; readonly whole: number };

/** Imports a file of accounts: milliseconds until they are in, and with the index of names built after that. */
export async function importFile(database: Database, path: string): Promise<ImportTimes> {
  const started = performance.now();
  let untilSearch: number | undefined;
  await runImport({
    database,
    importer: accountsImporter,
    source: { path },
    options: {},
    progress: {
      stage: (label) => {
        if (label === searchStage) untilSearch ??= performance.now() - started;
      },
      advance: () => undefined,
      fraction: () => undefined,
    },
  });
  const whole = performance.now() - started;
  return { untilSearch: untilSearch ?? whole, whole };
}

/** Milliseconds of every read, one after the other, until the work is done. */
export async function readWhile(
  database: Database,
  reads: readonly string[],
  work: Promise<unknown>,
): Promise<number[]> {
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
