import { chmodSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { noteBackup } from '../../../../geodata/backup/last-backup.js';
import { runCli } from '../../../../geodata/cli.js';
import type { Check, Patient } from '../../../../geodata/doctor/check.js';
import { checks } from '../../../../geodata/doctor/checks.js';
import { diskCheck, memoryCheck, nodeCheck } from '../../../../geodata/doctor/checks/machine.js';
import { examine } from '../../../../geodata/doctor/examine.js';
import { runningServer } from '../../../../geodata/doctor/running-server.js';
import { refreshStaleShapes } from '../../../../geodata/shapes/refresh-shapes.js';
import { anAccount, someRegions, type Regions } from '../../../api/test-data.js';
import { testDatabase, type TestDatabase } from '../../../support/database.js';

const folder = mkdtempSync(path.join(os.tmpdir(), 'catchment-doctor-'));
let test: TestDatabase;
let regions: Regions;
let patient: Patient;

beforeAll(async () => {
  test = await testDatabase();
  regions = await someRegions(test.database);
  await noteBackup(test.database, new Date());
  await refreshStaleShapes(test.database);
  await test.database.rows('ANALYZE');
});

beforeEach(() => {
  patient = {
    settings: {
      host: '127.0.0.1',
      port: 9,
      dataFolder: folder,
      databaseUrl: undefined,
      cubeApiUrl: undefined,
    },
    database: async () => test.database,
    server: async () => undefined,
  };
});

afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await test.close();
});

const allReady = {
  status: 'ok' as const,
  components: { database: 'ready' as const, cube: 'ready' as const, tiles: 'ready' as const },
};

async function look(which: string | Check) {
  const chosen = typeof which === 'string' ? checks.filter(({ name }) => name === which) : [which];
  const [found] = await examine(patient, chosen);
  return found!;
}

const rows = (text: string) => test.database.rows(text);

describe('the doctor', () => {
  it('finds nothing wrong with a small project in order', async () => {
    patient = { ...patient, server: async () => allReady };
    const found = await examine(patient, checks);
    expect(found.filter(({ level, name }) => level !== 'ok' && name !== 'Disk')).toEqual([]);
  });

  it('tells an old Node.js, a full disk and a small machine', async () => {
    expect(await look(nodeCheck('18.20.0'))).toMatchObject({ level: 'fail' });
    expect(await look(diskCheck(async () => 1e6))).toMatchObject({ level: 'fail' });
    expect(await look(diskCheck(async () => 1e9))).toMatchObject({ level: 'warn' });
    expect(await look(memoryCheck(5e8))).toMatchObject({ level: 'warn' });
  });

  it('tells secrets that others can read, repairs that, and tells damaged ones', async () => {
    const file = path.join(folder, 'secrets.json');
    writeFileSync(file, '{}');
    chmodSync(file, 0o644);
    const found = await look('Secrets');
    expect(found).toMatchObject({ level: 'warn', todo: `chmod 600 ${file}` });
    await found.fix?.();
    expect(statSync(file).mode & 0o777).toBe(0o600);
    writeFileSync(file, '{"authSecret":');
    expect(await look('Secrets')).toMatchObject({ level: 'fail' });
    rmSync(file);
  });

  it('tells another program at the port, and a server that is not well', async () => {
    const other = http.createServer((_request, response) => response.end('hello'));
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const { port } = other.address() as AddressInfo;
    patient = { ...patient, server: () => runningServer('127.0.0.1', port) };
    expect(await look('Port')).toMatchObject({ level: 'fail' });
    await new Promise((resolve) => other.close(resolve));
    expect(await look('Port')).toMatchObject({ level: 'ok' });
    expect(await look('Server')).toMatchObject({ level: 'warn', todo: 'npm start' });

    const components = { ...allReady.components, cube: 'failed' as const };
    patient = { ...patient, server: async () => ({ status: 'degraded', components }) };
    expect(await look('Server')).toMatchObject({ says: 'It runs, but cube is failed.' });
    expect(await look('Cube')).toMatchObject({ level: 'warn' });
  });

  it('tells an external Cube that does not answer', async () => {
    const settings = { ...patient.settings, cubeApiUrl: 'http://127.0.0.1:9/cubejs-api' };
    patient = { ...patient, settings };
    expect(await look('Cube')).toMatchObject({ level: 'fail' });
  });

  it('tells a database that cannot be opened and skips what needs it', async () => {
    patient = { ...patient, database: () => Promise.reject(new Error('No PostgreSQL answers.')) };
    const found = await examine(patient, checks);
    expect(found.find(({ name }) => name === 'Database')).toMatchObject({
      level: 'fail',
      says: 'No PostgreSQL answers.',
    });
    expect(found.find(({ name }) => name === 'Matching')).toMatchObject({ level: 'skip' });
  });

  it('tells pending and unknown migrations', async () => {
    await rows('UPDATE public.catchment_migrations SET version = version + 1000 WHERE version > 0');
    expect(await look('Migrations')).toMatchObject({ level: 'fail', todo: 'Update Catchment.' });
    expect(await look('Matching')).toMatchObject({ level: 'skip' });
    await rows('UPDATE public.catchment_migrations SET version = version - 2000 WHERE version > 0');
    expect(await look('Migrations')).toMatchObject({ level: 'warn' });
    await rows('UPDATE public.catchment_migrations SET version = version + 1000 WHERE version < 0');
    expect(await look('Migrations')).toMatchObject({ level: 'ok' });
  });

  it('tells reference systems that are missing', async () => {
    await rows('CREATE TABLE kept_systems AS SELECT * FROM spatial_ref_sys WHERE srid = 3857');
    await rows('DELETE FROM spatial_ref_sys WHERE srid = 3857');
    expect(await look('Reference systems')).toMatchObject({ level: 'fail' });
    await rows('INSERT INTO spatial_ref_sys SELECT * FROM kept_systems; DROP TABLE kept_systems');
  });

  it('tells imports that were cut off and cleans up after them', async () => {
    await rows(
      `INSERT INTO app.imports (importer, source_name, started_at)
       VALUES ('accounts', 'cut.csv', now() - interval '1 hour')`,
    );
    await rows('CREATE UNLOGGED TABLE app.staging_987654_accounts (line bigint)');
    const found = await look('Imports');
    expect(found).toMatchObject({
      level: 'warn',
      says: '1 import seem to have been cut off; 1 staging table left behind.',
    });
    expect(await found.fix?.()).toBe('1 import marked as failed, staging tables dropped.');
    expect(await look('Imports')).toMatchObject({
      says: expect.stringMatching(/^1 import failed/),
    });
    await rows('DELETE FROM app.imports');
  });

  it('tells regions without shape, without parent, and over each other', async () => {
    await rows(
      `INSERT INTO geo.regions (level, code, name, parent_id, geom) VALUES
         (2, 'B', 'Bare', ${regions.north}, NULL),
         (2, 'O', 'Orphan', NULL, ST_Multi(ST_MakeEnvelope(9, 9, 9.1, 9.1, 4326))),
         (2, 'V', 'Over', ${regions.north}, ST_Multi(ST_MakeEnvelope(4.5, 52.5, 4.7, 52.7, 4326)))`,
    );
    expect(await look('Regions without shape')).toMatchObject({
      level: 'warn',
      says: '1 region of 6 without a shape, such as B Bare.',
    });
    expect(await look('Regions without parent')).toMatchObject({ level: 'warn' });
    expect(await look('Overlapping regions')).toMatchObject({
      level: 'warn',
      says: expect.stringMatching(/^1 pair, such as (Havenstad and Over|Over and Havenstad)\.$/),
    });
    const stale = await look('Region hierarchy');
    expect(stale).toMatchObject({ level: 'fail' });
    await stale.fix?.();
    expect(await look('Region hierarchy')).toMatchObject({ level: 'ok' });
    await rows(`UPDATE geo.regions SET parent_id = region_id WHERE code = 'V'`);
    expect(await look('Regions without parent')).toMatchObject({ level: 'fail' });
    await rows(`DELETE FROM geo.region_pieces WHERE region_id IN
      (SELECT region_id FROM geo.regions WHERE code IN ('B', 'O', 'V'))`);
    await rows(`DELETE FROM geo.regions WHERE code IN ('B', 'O', 'V')`);
    await rows('SELECT geo.refresh_region_members()');
  });

  it('tells a project without regions', async () => {
    const bare = { row: async () => ({ all: 0, bare: 0 }), rows: async () => [{ version: 0 }] };
    const check = checks.find(({ name }) => name === 'Regions without shape')!;
    const database = async () => bare as never;
    expect(await check.examine({ ...patient, database })).toMatchObject({ level: 'warn' });
  });

  it('tells accounts that are not matched, not placed or outside', async () => {
    const id = await anAccount(test.database, { name: 'Far', point: [100, 10] });
    expect(await look('Placing')).toMatchObject({
      level: 'warn',
      says: '0 accounts of 1 not placed, 1 outside every region.',
    });
    await rows(`UPDATE crm.accounts SET matched_at = NULL WHERE account_id = ${id}`);
    expect(await look('Matching')).toMatchObject({
      level: 'warn',
      todo: 'npm run catchment -- match --stale',
    });
    await anAccount(test.database, { name: 'Nowhere' });
    expect(await look('Placing')).toMatchObject({
      says: expect.stringMatching(/^1 account of 2 not placed/),
    });
    await rows('DELETE FROM crm.accounts');
  });

  it('tells tables never analysed, and analyses them', async () => {
    await rows(`CREATE TABLE geo.unknown_to_planner AS SELECT n, repeat('x', 500) AS t
      FROM generate_series(1, 2000) n`);
    const found = await look('Statistics');
    expect(found).toMatchObject({
      level: 'warn',
      says: 'Never analysed: geo.unknown_to_planner. Queries may be slow.',
    });
    await found.fix?.();
    expect(await look('Statistics')).toMatchObject({ level: 'ok' });
    await rows('DROP TABLE geo.unknown_to_planner');
  });

  it('tells a missing index', async () => {
    await rows('DROP INDEX crm.accounts_geom_idx');
    expect(await look('Indexes')).toMatchObject({
      level: 'warn',
      says: 'None on crm.accounts.geom: reading there is slow.',
    });
    await rows('CREATE INDEX accounts_geom_idx ON crm.accounts USING gist (geom)');
    expect(await look('Indexes')).toMatchObject({ level: 'ok' });
    await rows(`INSERT INTO app.settings (name, value) VALUES ('demo_loading', '[]')`);
    expect(await look('Indexes')).toMatchObject({ level: 'warn', todo: 'npm start' });
    await rows(`DELETE FROM app.settings WHERE name = 'demo_loading'`);
  });

  it('tells shapes that are behind, and makes them', async () => {
    await rows(`UPDATE geo.regions SET name = name || '!' WHERE code = 'H'`);
    const found = await look('Shapes of the map');
    expect(found).toMatchObject({ level: 'warn', says: '1 layer behind: regions.' });
    await found.fix?.();
    expect(await look('Shapes of the map')).toMatchObject({ level: 'ok' });
  });

  it('tells rollups that are older than the data', async () => {
    const table = (at: number) =>
      `prod_pre_aggregations.sales_main_abc_def_${Math.floor(at / 1000).toString(32)}`;
    await rows('CREATE SCHEMA IF NOT EXISTS prod_pre_aggregations');
    const old = table(Date.now() - 3 * 3600_000);
    await rows(`CREATE TABLE ${old} (n int)`);
    await rows(`INSERT INTO app.changes (layer) VALUES ('sales')`);
    expect(await look('Rollups')).toMatchObject({
      level: 'warn',
      says: 'The newest is 180 minutes older than the data.',
    });
    const fresh = table(Date.now());
    await rows(`CREATE TABLE ${fresh} (n int)`);
    expect(await look('Rollups')).toMatchObject({ level: 'ok' });
    await rows('DROP SCHEMA prod_pre_aggregations CASCADE');
  });

  it('tells a backup that is old, or missing', async () => {
    await noteBackup(test.database, new Date(Date.now() - 10 * 24 * 3600_000));
    expect(await look('Backups')).toMatchObject({
      level: 'warn',
      says: 'The last one is 10 days old.',
    });
    await rows(`DELETE FROM app.settings WHERE name = 'last_backup'`);
    expect(await look('Backups')).toMatchObject({
      level: 'warn',
      todo: 'npm run catchment -- backup FILE',
    });
    await noteBackup(test.database, new Date());
  });

  it('fails a check that cannot be made instead of all of them', async () => {
    const broken: Check = {
      name: 'Broken',
      needs: 'nothing',
      examine: () => Promise.reject(new Error('no such thing')),
    };
    expect(await examine(patient, [broken, nodeCheck('22.1.0')])).toMatchObject([
      { level: 'fail', says: 'no such thing' },
      { level: 'ok' },
    ]);
  });
});

describe('catchment doctor', () => {
  async function cli(...args: string[]) {
    const said: string[] = [];
    const tell = (text: string) => void said.push(text);
    const code = await runCli(['doctor', ...args], {
      open: async () => ({ database: test.database, close: async () => undefined }),
      print: tell,
      printError: tell,
      onProgress: () => undefined,
      signal: new AbortController().signal,
    });
    return { code, said: said.join('\n') };
  }

  it('prints a line for each check, and what to do below', async () => {
    await rows(`DELETE FROM app.settings WHERE name = 'last_backup'`);
    const { code, said } = await cli();
    expect(code).toBe(0);
    expect(said).toMatch(/^ok {4}Node\.js +Version /);
    expect(said).toMatch(/^WARN {2}Backups +The project was never backed up\.\n +→ npm run/m);
    expect(said.split('\n').filter((line) => /^(ok|WARN|FAIL|–) /.test(line))).toHaveLength(
      checks.length,
    );
  });

  it('answers JSON, fixes what can be fixed, and fails with 1 where a check fails', async () => {
    await rows('DELETE FROM geo.region_paths');
    const before = await cli('--json');
    expect(before.code).toBe(1);
    const fixed = await cli('--fix');
    expect(fixed).toMatchObject({
      code: 0,
      said: expect.stringContaining('Fixed Region hierarchy: The region hierarchy is made anew.'),
    });
    const after = await cli('--json');
    const found = JSON.parse(after.said) as { checks: { name: string; level: string }[] };
    expect(after.code).toBe(0);
    expect(found.checks.find(({ name }) => name === 'Region hierarchy')?.level).toBe('ok');
  });
});
