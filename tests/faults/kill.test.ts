import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { anAccount, someRegions } from '../api/test-data.js';
import { rounds, seed } from './support/counts.js';
import {
  isRunning,
  KillWorld,
  until,
  type CommandResult,
  type Part,
} from './support/kill-world.js';
import { Ledger } from './support/ledger.js';
import { Random } from './support/random.js';

const cycles = rounds({ usual: 12, full: 200 });
const batchRows = 300;
const editedAccounts = 40;
/** Kills of the database for each clean restart that one of them is compared with. */
const killsAPair = rounds({ usual: 2, full: 5 });
/** Pairs from which a median tells something. */
const leastPairs = 3;

type Run = (...args: string[]) => Promise<CommandResult | undefined>;
type Job = 'new rows' | 'changed rows' | 'matching';

/** How often each part is killed, in ten cycles. */
const victims: readonly Part[] = [
  ...Array<Part>(5).fill('database'),
  ...Array<Part>(3).fill('command'),
  'server',
  'cube',
];
const jobs: readonly Job[] = ['new rows', 'new rows', 'changed rows', 'changed rows', 'matching'];

describe(`kill -9 at random points of edits, imports and matching (seed ${seed})`, () => {
  const random = new Random(seed);
  const edits = new Ledger<number, string>();
  /** Restart after kill -9 over the clean restart measured right after it, under the same work. */
  const ratios = { database: [] as number[], server: [] as number[] };
  const done = { edits: 0, commands: 0, cutShort: 0, cycles: 0 };
  let world: KillWorld;
  let ids: number[];
  let generation = 'none';
  let kills = 0;

  beforeAll(async () => {
    world = new KillWorld();
    await world.start();
    await someRegions(world.database);
    ids = [];
    for (let index = 0; index < editedAccounts; index += 1) {
      ids.push(await anAccount(world.database, { name: `Edited ${index}`, point: [4.5, 52.5] }));
    }
    await world.run('import', 'accounts', batchFile('U', 'none'));
    await until(async () => (await world.health()).cube === 'ready');
  }, 900_000);

  afterAll(() => world.close());

  it(`loses nothing that was acknowledged and shows no half import in ${cycles} cycles`, async () => {
    for (let cycle = 0; cycle < cycles; cycle += 1) {
      const victim = random.pick(victims);
      const job = random.pick(jobs);
      const where = `cycle ${cycle}: ${victim} killed during ${job}`;
      const t0 = performance.now();
      await cycleOf(cycle, victim, job);
      console.log(`${where}: ${Math.round(performance.now() - t0)} ms`);
      expect(edits.check(await namesOf(ids)), where).toEqual([]);
      expect(await halfImports(cycle), where).toEqual([]);
      expect(await wrongMatches(cycle), where).toBe(0);
      done.cycles += 1;
    }
    console.log(
      `${done.cycles} cycles: ${done.edits} edits and ${done.commands} commands acknowledged, ` +
        `${done.cutShort} commands cut short`,
    );
    expect(done.edits).toBeGreaterThan(cycles);
    expect(done.cutShort).toBeGreaterThan(0);
  }, 3_600_000);

  it('shows the same total on the map as the database has, once it runs again', async () => {
    const row = await world.database.row<{ n: number }>('SELECT count(*) AS n FROM crm.accounts');
    await until(async () => (await world.health()).tiles === 'ready');
    const { json } = await world.request('GET', '/api/accounts/summary?measure=count');
    expect(json).toMatchObject({ total: row?.n });
  });

  it('answers figures again through Cube', async () => {
    const query = encodeURIComponent(JSON.stringify({ measures: ['accounts.accounts'] }));
    const row = await world.database.row<{ n: number }>('SELECT count(*) AS n FROM crm.accounts');
    await until(async () => {
      const { status, json } = await world.request('GET', `/cubejs-api/v1/load?query=${query}`);
      const { data } = (json ?? {}) as { data?: Record<string, unknown>[] };
      return status === 200 && Number(data?.[0]?.['accounts.accounts']) === row?.n;
    });
  });

  it('leaves no import that seems to run, and no staging table, after the next import', async () => {
    await world.run('import', 'accounts', batchFile('U', 'last'));
    const left = await world.database.row(
      `SELECT (SELECT count(*) FROM app.imports WHERE status = 'running') AS running,
         (SELECT count(*) FROM pg_tables WHERE tablename LIKE 'staging%') AS staging`,
    );
    expect(left).toEqual({ running: 0, staging: 0 });
  });

  it('restarts within twice the time of a clean restart', async () => {
    // How often the cycles killed the database is chance: what is missing is made up for.
    while (ratios.database.length < leastPairs) ratios.database.push(await databasePair());
    const medians = Object.entries(ratios)
      .filter(([, pairs]) => pairs.length >= leastPairs)
      .map(([part, pairs]) => [part, median(pairs)] as const);
    console.log('Restart after kill -9 over clean restart, medians:', medians, ratios);
    expect(medians.map(([part]) => part)).toContain('database');
    for (const [part, ratio] of medians) expect(ratio, part).toBeLessThanOrEqual(2);
  });

  async function cycleOf(cycle: number, victim: Part, job: Job): Promise<void> {
    const run: Run = victim === 'command' ? world.runApart : world.run;
    if (victim === 'command') await world.warmUp();
    const abort = new AbortController();
    const editing = editUntil(abort.signal, cycle);
    const command = runJob(cycle, job, run.bind(world));
    await sleep(random.below(900));
    if (victim === 'database') await killDatabase();
    else await world.kill(victim);
    abort.abort();
    await editing;
    // The command waits for the database, which ends with the server, to note how it came to an end.
    if (victim === 'server') await startAgain();
    const result = await command;
    if (result?.code === 0) done.commands += 1;
    else done.cutShort += 1;
    await until(async () => (await world.health()).database === 'ready');
  }

  async function runJob(cycle: number, job: Job, run: Run): Promise<CommandResult | undefined> {
    if (job === 'matching') return run('match');
    if (job === 'changed rows') {
      const result = await run('import', 'accounts', batchFile('U', `g${cycle}`));
      if (result?.code === 0) generation = `g${cycle}`;
      return result;
    }
    const result = await run('import', 'accounts', batchFile(`N${cycle}`, 'new'));
    if (result?.code === 0) acknowledgedBatches.add(cycle);
    return result;
  }

  async function editUntil(signal: AbortSignal, cycle: number): Promise<void> {
    for (let number = 0; !signal.aborted; number += 1) {
      const id = random.pick(ids);
      const name = `edit ${cycle}-${number}`;
      edits.try(id, name);
      const { status, json } = await world.request('PATCH', `/api/accounts/${id}`, { name });
      expect([0, 200, 503], JSON.stringify(json)).toContain(status);
      if (status !== 200) continue;
      edits.acknowledge(id, name);
      done.edits += 1;
    }
  }

  /** Kills the database; now and then ends the next one cleanly, for comparison. */
  async function killDatabase(): Promise<void> {
    kills += 1;
    if (kills % killsAPair === 0) ratios.database.push(await databasePair());
    else await restartDatabase('SIGKILL');
  }

  /** Time to be ready after kill -9 over that after a clean end. */
  async function databasePair(): Promise<number> {
    const killedMs = await restartDatabase('SIGKILL');
    return killedMs / (await restartDatabase('SIGTERM'));
  }

  async function startAgain(): Promise<void> {
    const killedMs = await world.start();
    await world.stop();
    ratios.server.push(killedMs / (await world.start()));
  }

  /**
   * Milliseconds from the start of the database's next process to its first answer. What the supervisor waits
   * between crashes in a row is no part of it.
   */
  async function restartDatabase(signal: NodeJS.Signals): Promise<number> {
    const pid = world.pidOf('database');
    if (pid === undefined) throw new Error('The database does not run');
    process.kill(pid, signal);
    await until(async () => !isRunning(pid));
    await until(async () => ![undefined, pid].includes(world.pidOf('database')));
    const startedAt = performance.now();
    await until(async () => (await world.health()).database === 'ready');
    return performance.now() - startedAt;
  }

  const acknowledgedBatches = new Set<number>();

  /** Imports of which some rows are there and others not. */
  async function halfImports(cycle: number): Promise<string[]> {
    const found: string[] = [];
    const fresh = await world.database.row<{ n: number }>(
      `SELECT count(*) AS n FROM crm.accounts WHERE external_id LIKE $1`,
      [`N${cycle}-%`],
    );
    const isWhole = fresh?.n === batchRows || (fresh?.n === 0 && !acknowledgedBatches.has(cycle));
    const wasTried = fresh?.n !== 0 || acknowledgedBatches.has(cycle);
    if (wasTried && !isWhole) found.push(`batch ${cycle} has ${fresh?.n} of ${batchRows} rows`);
    const segments = await world.database.rows<{ segment: string }>(
      `SELECT DISTINCT segment FROM crm.accounts WHERE external_id LIKE 'U-%'`,
    );
    const [only] = segments;
    if (segments.length !== 1 || ![generation, `g${cycle}`].includes(only?.segment ?? '')) {
      found.push(`segments ${segments.map(({ segment }) => segment).join()} after ${generation}`);
    }
    generation = only?.segment ?? generation;
    return found;
  }

  /** Accounts that count as matched and stand in another region than their point. */
  async function wrongMatches(cycle: number): Promise<number> {
    const row = await world.database.row<{ n: number }>(
      `SELECT count(*) AS n FROM crm.accounts a LEFT JOIN LATERAL geo.region_at(a.geom) r ON true
       WHERE a.matched_at IS NOT NULL AND a.external_id ~ $1
         AND a.region_id IS DISTINCT FROM r.region_id`,
      [`^(U|N${cycle})-`],
    );
    return row?.n ?? 0;
  }

  async function namesOf(accounts: readonly number[]): Promise<Map<number, string>> {
    const rows = await world.database.rows<{ account_id: number; name: string }>(
      'SELECT account_id, name FROM crm.accounts WHERE account_id = ANY ($1)',
      [accounts],
    );
    return new Map(rows.map(({ account_id, name }) => [account_id, name]));
  }

  function batchFile(prefix: string, segment: string): string {
    const rows = Array.from({ length: batchRows }, (_, index) => {
      const lat = 51.2 + (index % 17) / 10;
      return `${prefix}-${index},Row ${index},${segment},${4 + (index % 10) / 10},${lat.toFixed(1)}`;
    });
    const file = path.join(world.folder, 'batch.csv');
    writeFileSync(file, ['id,name,segment,lon,lat', ...rows, ''].join('\n'));
    return file;
  }
});

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
