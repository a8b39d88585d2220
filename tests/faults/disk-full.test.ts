import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeBackup } from '../../geodata/backup/write-backup.js';
import { RemoteFiles } from '../../geodata/remote/remote-files.js';
import { Database } from '../../server/db/database.js';
import {
  startEmbeddedEngine,
  type EmbeddedEngine,
} from '../../server/db/embedded/embedded-engine.js';
import { migrate } from '../../server/db/migrate.js';
import { importFile, TestFiles } from '../db/geodata/import-files.js';
import { templateVariable } from '../support/embedded.js';
import { startFileServer } from '../support/file-server.js';
import { aSmallProject } from '../support/small-project.js';
import { smallDisk } from './support/small-disk.js';

const disk = smallDisk(400);
const little = 300_000;

if (!disk) console.error('Disk full is NOT tested: this user may not mount a file system.');

describe.skipIf(!disk)('on a full disk', () => {
  const files = new TestFiles();
  let engine: EmbeddedEngine;
  let database: Database;

  beforeAll(async () => {
    const folder = path.join(disk!.folder, 'data');
    mkdirSync(folder);
    const template = process.env[templateVariable];
    if (template) cpSync(template, folder, { recursive: true });
    engine = await startEmbeddedEngine(folder);
    database = new Database(engine.connection, 'embedded');
    await migrate(database);
    await aSmallProject(database);
  }, 300_000);

  afterAll(async () => {
    files.remove();
    await database?.close();
    await engine?.stop();
    disk?.remove();
  });

  const count = async (prefix: string) => {
    const row = await database.row<{ n: number }>(
      'SELECT count(*) AS n FROM crm.accounts WHERE external_id LIKE $1',
      [`${prefix}%`],
    );
    return row?.n;
  };

  it('an import fails in a clear sentence, reading goes on, and nothing is lost or half there', async () => {
    const rows = Array.from(
      { length: 20_000 },
      (_, n) => `D${n},${'row '.repeat(80)}${n},4.5,52.5`,
    );
    const file = files.write('large.csv', ['id,name,lon,lat', ...rows, ''].join('\n'));
    disk!.fill(little);
    await expect(importFile(database, 'accounts', file)).rejects.toThrow(/disk.*full/i);
    expect(await count('A')).toBe(20);
    expect(await count('D')).toBe(0);
    disk!.empty();
    await database.rows(
      `UPDATE crm.accounts SET segment = 'written again' WHERE external_id = 'A1'`,
    );
    const report = await importFile(database, 'accounts', file);
    expect(report.counts.inserted).toBe(rows.length);
    expect(await count('A')).toBe(20);
  }, 300_000);

  it('every acknowledged write is there afterwards', async () => {
    disk!.fill(little);
    const kept: string[] = [];
    let refused = 0;
    for (let number = 0; number < 200 && refused < 5; number += 1) {
      const name = `W${number}`;
      try {
        await database.rows(
          'INSERT INTO crm.accounts (external_id, name, attributes) VALUES ($1, $2, $3)',
          [
            name,
            'x'.repeat(4000),
            JSON.stringify({ filler: Array.from({ length: 500 }, () => Math.random()) }),
          ],
        );
        kept.push(name);
      } catch {
        refused += 1;
      }
    }
    expect(refused).toBeGreaterThan(0);
    disk!.empty();
    const rows = await database.rows<{ external_id: string }>(
      `SELECT external_id FROM crm.accounts WHERE external_id LIKE 'W%'`,
    );
    expect(rows.map(({ external_id }) => external_id)).toEqual(expect.arrayContaining(kept));
    await database.rows(`DELETE FROM crm.accounts WHERE external_id LIKE 'W%'`);
  }, 300_000);

  it('a file of another publisher is not fetched, says so, and is fetched once there is room', async () => {
    const content = Buffer.alloc(3_000_000, 'code,name\nA,Arel\n');
    const server = await startFileServer({ '/towns.csv': () => ({ body: content }) });
    const remote = new RemoteFiles({
      folder: path.join(disk!.folder, 'fetched'),
      maxBytes: 10_000_000,
      hosts: new Set([server.host]),
      plainOrigins: new Set([server.origin]),
      open: server.open,
      wait: async () => undefined,
    });
    disk!.fill(little);
    await expect(remote.local(`${server.origin}/towns.csv`)).rejects.toThrow(/disk is full/i);
    disk!.empty();
    const file = await remote.local(`${server.origin}/towns.csv`);
    expect(readFileSync(file).equals(content)).toBe(true);
    await server.close();
    rmSync(path.join(disk!.folder, 'fetched'), { recursive: true });
  });

  it('a backup fails in a clear sentence and leaves no file', async () => {
    disk!.fill(4096);
    const file = path.join(disk!.folder, 'project.backup');
    await expect(writeBackup(database, file)).rejects.toThrow(/disk.*full/i);
    disk!.empty();
    expect(readdirSync(disk!.folder)).toEqual(['data']);
    await writeBackup(database, file);
    expect(existsSync(file)).toBe(true);
  }, 120_000);
});
