import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { accountsFile } from './accounts-file.js';
import { reportRatio } from './report.js';
import { catchment } from '../support/running-app.js';
import { freePort } from '../support/free-port.js';

const bench = 'start';
const accountCount = 20_000;
const rounds = 5;
const root = path.resolve(import.meta.dirname, '../..');

const reopen = `
  import { PGlite } from '@electric-sql/pglite';
  import { btree_gist } from '@electric-sql/pglite/contrib/btree_gist';
  import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm';
  import { unaccent } from '@electric-sql/pglite/contrib/unaccent';
  import { postgis } from '@electric-sql/pglite-postgis';
  const extensions = { postgis, pg_trgm, unaccent, btree_gist };
  const db = await PGlite.create({ dataDir: process.argv[1], extensions });
  await db.query('SELECT count(*) FROM crm.accounts');
  console.log('open');
  await db.close();`;

/** Prints how starting the application on data of its own compares with opening the bare database there. */
export async function run(): Promise<void> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'catchment-start-'));
  const file = accountsFile(accountCount);
  try {
    const env = { CATCHMENT_DATA: folder, CATCHMENT_DEMO: 'never' };
    await catchment(['import', 'accounts', file.path], env);
    await untilHealthy(folder);
    const times = { ours: [] as number[], reference: [] as number[] };
    for (let round = 0; round < rounds; round++) {
      times.ours.push(await untilHealthy(folder));
      times.reference.push(await untilReopened(path.join(folder, 'database')));
    }
    reportRatio({
      bench,
      what: `npm start to /healthz, ${accountCount.toLocaleString('en')} accounts`,
      beside: 'opening the bare database',
      ...times,
      goal: '≤ 1.3',
    });
  } finally {
    file.remove();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Milliseconds until it answers; it has ended when this returns. */
async function untilHealthy(folder: string): Promise<number> {
  const port = await freePort();
  const started = performance.now();
  const child = spawn(process.execPath, ['bin/start.mjs'], {
    cwd: root,
    stdio: 'ignore',
    env: {
      ...process.env,
      NODE_ENV: 'production',
      PORT: String(port),
      CATCHMENT_DATA: folder,
      CATCHMENT_DEMO: 'never',
    },
  });
  const ended = once(child, 'exit');
  while (!(await isHealthy(port))) {
    if (child.exitCode !== null) throw new Error(`The app ended with code ${child.exitCode}.`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  const taken = performance.now() - started;
  child.kill('SIGINT');
  await ended;
  return taken;
}

async function isHealthy(port: number): Promise<boolean> {
  const answer = await fetch(`http://127.0.0.1:${port}/healthz`).catch(() => undefined);
  return answer?.ok ?? false;
}

/** Milliseconds until the first row is read. */
async function untilReopened(database: string): Promise<number> {
  const started = performance.now();
  const child = spawn(process.execPath, ['--input-type=module', '-e', reopen, database], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  await Promise.race([once(child.stdout, 'data'), ended]);
  const taken = performance.now() - started;
  const [code] = (await ended) as [number | null];
  if (code !== 0) throw new Error(`The bare database ended with code ${String(code)}.`);
  return taken;
}
