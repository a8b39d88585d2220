import { execFileSync } from 'node:child_process';
import {
  existsSync,
  readdirSync,
  readFileSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readLastBackup } from '../../../../geodata/backup/last-backup.js';
import { openBackup } from '../../../../geodata/backup/open-backup.js';
import { restoreBackup } from '../../../../geodata/backup/restore-backup.js';
import { parseCopyLine } from '../../../../geodata/backup/restore-rows.js';
import { writeBackup } from '../../../../geodata/backup/write-backup.js';
import { silentProgress } from '../../../../geodata/progress.js';
import { anAccount } from '../../../api/test-data.js';
import { contentHashes } from '../../../support/content-hash.js';
import { testDatabase, type TestDatabase } from '../../../support/database.js';
import { aSmallProject } from '../../../support/small-project.js';
import { TestFiles } from '../import-files.js';

let test: TestDatabase;
let files: TestFiles;
let backup: string;
let hashes: Record<string, string>;

beforeAll(async () => {
  test = await testDatabase();
  files = new TestFiles();
  await aSmallProject(test.database);
  backup = path.join(files.folder, 'project.backup');
  hashes = await contentHashes(test.database);
  await writeBackup(test.database, backup);
});

afterAll(async () => {
  files.remove();
  await test.close();
});

describe('a backup', () => {
  it('is a tar file that only its owner may read, and leaves nothing else behind', () => {
    expect(statSync(backup).mode & 0o777).toBe(0o600);
    expect(readdirSync(files.folder)).toEqual(['project.backup']);
    const listed = execFileSync('tar', ['-tf', backup], { encoding: 'utf8' });
    expect(listed).toContain('crm.accounts/00001.copy.gz\n');
    expect(listed).toMatch(/manifest\.json\nmanifest\.sha256\n$/);
  });

  it('holds what people entered or loaded, and neither sessions nor what is derived', async () => {
    const { manifest } = await openBackup(backup);
    const rows = Object.fromEntries(manifest.tables.map((table) => [table.name, table.rows]));
    expect(rows).toMatchObject({
      'crm.accounts': 20,
      'crm.sales': 7,
      'geo.regions': 4,
      'app.users': 1,
      'app.api_tokens': 1,
    });
    for (const name of ['app.sessions', 'app.changes', 'geo.region_members', 'geo.road_shapes']) {
      expect(rows).not.toHaveProperty([name]);
    }
    expect(manifest).toMatchObject({ project: 'Small', engine: test.database.engine });
  });

  it('is noted in the project', async () => {
    const { manifest } = await openBackup(backup);
    const noted = await readLastBackup(test.database.pool);
    expect(noted?.toISOString()).toBe(manifest.createdAt);
  });

  it('that is cancelled leaves no file', async () => {
    const file = path.join(files.folder, 'cancelled.backup');
    const signal = AbortSignal.abort(new Error('Ctrl-C'));
    await expect(writeBackup(test.database, file, { signal })).rejects.toThrow('Ctrl-C');
    expect(readdirSync(files.folder)).toEqual(['project.backup']);
  });

  it('waits while the demo is being loaded', async () => {
    await test.database.rows(
      `INSERT INTO app.settings (name, value) VALUES ('demo_loading', '[]')`,
    );
    const file = path.join(files.folder, 'early.backup');
    await expect(writeBackup(test.database, file)).rejects.toThrow(/demo region is being loaded/);
    await test.database.rows(`DELETE FROM app.settings WHERE name = 'demo_loading'`);
    expect(existsSync(file)).toBe(false);
  });
});

describe('a restore', () => {
  it('brings back every row as it was, derives the rest and never gives an id again', async () => {
    const before = await facts();
    const late = await anAccount(test.database, { name: 'After the backup', point: [4.5, 52.5] });
    await test.database.rows(`DELETE FROM geo.regions WHERE code = 'H'`);
    await test.database.rows('SELECT geo.refresh_region_members()');
    await test.database.rows(
      `INSERT INTO app.sessions (id, user_id, token, expires_at) VALUES ('s', 'u1', 't', now())`,
    );

    await restoreBackup(test.database, backup);
    expect(await contentHashes(test.database)).toEqual(hashes);
    const after = await facts();
    expect(after).toMatchObject({ members: before.members, paths: before.paths, sessions: 0 });
    expect(after.disabledTriggers).toBe(0);
    expect(after.indexes).toBe(before.indexes);
    expect(after.foreignKeys).toBe(before.foreignKeys);
    expect(after.staleLayers).toBe(0);
    expect(after.regionsVersion).toBeGreaterThan(before.regionsVersion);
    expect(after.regionShapes).toBeGreaterThan(0);
    expect(await anAccount(test.database, { name: 'Next' })).toBeGreaterThan(late);
  });

  it('tells servers that everything changed', async () => {
    const newest = await newestChange();
    await restoreBackup(test.database, backup);
    const told = await test.database.rows<{ layer: string }>(
      'SELECT DISTINCT layer FROM app.changes WHERE change_id > $1 AND row_id IS NULL',
      [newest],
    );
    expect(told.map(({ layer }) => layer)).toEqual(
      expect.arrayContaining(['accounts', 'places', 'regions', 'sales']),
    );
  });

  it('that is cancelled half-way leaves the project as it was', async () => {
    await anAccount(test.database, { name: 'Only here' });
    const now = await contentHashes(test.database);
    const controller = new AbortController();
    const progress = {
      ...silentProgress,
      stage: (label: string) => {
        if (label === 'Restoring crm.sales') controller.abort(new Error('Ctrl-C'));
      },
    };
    await expect(
      restoreBackup(test.database, backup, { progress, signal: controller.signal }),
    ).rejects.toThrow('Ctrl-C');
    expect(await contentHashes(test.database)).toEqual(now);
    expect((await facts()).disabledTriggers).toBe(0);
  });

  it('is refused while an import runs', async () => {
    await test.database.rows(
      `INSERT INTO app.imports (importer, source_name) VALUES ('accounts', 'x.csv')`,
    );
    await expect(restoreBackup(test.database, backup)).rejects.toThrow(/An import is running/);
    await test.database.rows(`DELETE FROM app.imports`);
  });

  it('of a file from a newer version is refused with the next step', async () => {
    const file = altered('newer', (text) => text.replace(/"migration": \d+/, '"migration": 999'));
    await expect(restoreBackup(test.database, file)).rejects.toThrow(/Update this one first/);
  });

  it.each([0, 0.13, 0.31, 0.52, 0.77, 0.93, 0.999])(
    'of a file with one bit changed at %s of its length is refused and changes nothing',
    async (share) => {
      const bytes = readFileSync(backup);
      const at = Math.floor(bytes.length * share);
      bytes[at] = bytes[at]! ^ 0x04;
      const file = files.write('flipped.backup', '');
      writeFileSync(file, bytes);
      const now = await contentHashes(test.database);
      await expect(restoreBackup(test.database, file)).rejects.toThrow(/cannot be restored/);
      expect(await contentHashes(test.database)).toEqual(now);
    },
  );

  it.each([0, 100, 1024, -512, -1])('of a file cut at %s bytes is refused', async (length) => {
    const file = files.write('cut.backup', '');
    writeFileSync(file, readFileSync(backup));
    const size = statSync(file).size;
    truncateSync(file, length >= 0 ? length : size + length);
    await expect(restoreBackup(test.database, file)).rejects.toThrow(/cannot be restored/);
  });

  it('of another file, or none, says so', async () => {
    const file = files.write('notes.txt', 'not a backup\n'.repeat(200));
    await expect(restoreBackup(test.database, file)).rejects.toThrow(/it is no backup/);
    await expect(restoreBackup(test.database, '/nowhere/x')).rejects.toThrow(/There is no file/);
  });
});

it('reads COPY text with every escape', () => {
  expect(parseCopyLine('a\\tb\t\\N\t\\\\N\t\\n\\r\\b\\f\\v\t')).toEqual([
    'a\tb',
    null,
    '\\N',
    '\n\r\b\f\v',
    '',
  ]);
});

async function facts() {
  const row = await test.database.row<Record<string, number>>(
    `SELECT (SELECT count(*) FROM geo.region_members) AS members,
       (SELECT count(*) FROM geo.region_paths) AS paths,
       (SELECT count(*) FROM app.sessions) AS sessions,
       (SELECT count(*) FROM geo.region_shapes) AS "regionShapes",
       (SELECT count(*) FROM geo.layer_versions WHERE is_stale) AS "staleLayers",
       (SELECT version FROM geo.layer_versions WHERE layer = 'regions') AS "regionsVersion",
       (SELECT count(*) FROM pg_indexes WHERE schemaname IN ('geo', 'crm', 'app')) AS indexes,
       (SELECT count(*) FROM pg_constraint WHERE contype = 'f') AS "foreignKeys",
       (SELECT count(*) FROM pg_trigger WHERE tgenabled = 'D') AS "disabledTriggers"`,
  );
  return row as Record<
    | 'members'
    | 'paths'
    | 'sessions'
    | 'regionShapes'
    | 'staleLayers'
    | 'regionsVersion'
    | 'indexes'
    | 'foreignKeys'
    | 'disabledTriggers',
    number
  >;
}

async function newestChange(): Promise<number> {
  const row = await test.database.row<{ newest: number }>(
    'SELECT COALESCE(max(change_id), 0) AS newest FROM app.changes',
  );
  return row!.newest;
}

/** The backup with another manifest, its checksum right. */
function altered(name: string, change: (text: string) => string): string {
  const folder = path.join(files.folder, name);
  execFileSync('mkdir', [folder]);
  execFileSync('tar', ['-xf', backup, '-C', folder]);
  const manifest = path.join(folder, 'manifest.json');
  writeFileSync(manifest, change(readFileSync(manifest, 'utf8')));
  const sum = execFileSync('sha256sum', ['manifest.json'], { cwd: folder });
  writeFileSync(path.join(folder, 'manifest.sha256'), sum);
  const file = path.join(files.folder, `${name}.backup`);
  const entries = execFileSync('tar', ['-tf', backup], { encoding: 'utf8' }).trim().split('\n');
  execFileSync('tar', ['--format=ustar', '-b', '1', '-cf', file, ...entries], { cwd: folder });
  return file;
}
