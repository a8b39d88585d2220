import { createHash } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import type pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import type { Database } from '../../server/db/database.js';
import { explainDiskFull } from '../../server/db/disk-full.js';
import { AppError } from '../../server/errors.js';
import { readLoadingMark } from '../demo/loading-mark.js';
import { silentProgress, type Progress } from '../progress.js';
import { collect, linesIn, tap } from './chunks.js';
import { listBackupTables, type ProjectTable } from './backup-tables.js';
import {
  formatName,
  formatVersion,
  manifestFile,
  manifestSumFile,
  type BackedUpTable,
  type BackupPart,
  type Manifest,
} from './manifest.js';
import { describeProject, portableTexts } from './project-facts.js';
import { noteBackup } from './last-backup.js';
import { TarWriter } from './tar-writer.js';

/** About so many bytes of a table, as it lies on disk, go into one part. */
const partBytes = 8 * 1024 * 1024;
const pageBytes = 8192;
/** A little larger than at the usual 6, in a third of the time. */
const gzipLevel = 3;

type Options = {
  readonly progress?: Progress;
  readonly signal?: AbortSignal;
};

export type BackupResult = {
  readonly manifest: Manifest;
  readonly bytes: number;
};

/**
 * Writes everything that people entered or loaded into one file, as it stands at one moment; servers may go on
 * meanwhile. On the embedded engine, which does one thing at a time, they wait for the end.
 *
 * The file is a tar file of COPY text, compressed, in parts, with a manifest of counts and SHA-256. It appears
 * under its name only when it is whole. It holds personal data and the hashes of passwords and tokens, so only
 * its owner may read it; the secrets of the data folder are not in it.
 *
 * Throws an AppError `conflict` while the demo is being loaded, and the signal's reason when aborted.
 */
export async function writeBackup(
  database: Database,
  file: string,
  { progress = silentProgress, signal }: Options = {},
): Promise<BackupResult> {
  const unfinished = `${file}.part`;
  const handle = await open(unfinished, 'w', 0o600);
  try {
    const createdAt = new Date();
    const tar = new TarWriter(handle, createdAt);
    const tables = await listBackupTables(database.pool);
    const manifest = await database.transaction(async (client) => {
      await holdStill(client, tables);
      if (await readLoadingMark(client)) {
        throw new AppError('conflict', 'The demo region is being loaded. Wait for its end.');
      }
      const written = await writeTables(client, tables, { tar, progress, signal });
      const facts = await describeProject(client);
      return {
        format: formatName,
        formatVersion,
        createdAt: createdAt.toISOString(),
        engine: database.engine,
        ...facts,
        tables: written,
      } satisfies Manifest;
    });
    const text = Buffer.from(`${JSON.stringify(manifest, null, 1)}\n`);
    await tar.add(manifestFile, text);
    await tar.add(manifestSumFile, Buffer.from(`${sha256(text)}  ${manifestFile}\n`));
    await tar.finish();
    await handle.close();
    signal?.throwIfAborted();
    await rename(unfinished, file);
    await noteBackup(database, createdAt);
    return { manifest, bytes: tar.bytes };
  } catch (error) {
    await handle.close().catch(() => undefined);
    await rm(unfinished, { force: true });
    const diskFull = explainDiskFull(error);
    throw diskFull === undefined ? error : new AppError('unavailable', diskFull);
  }
}

/** One moment for all tables. Locked first: a TRUNCATE by others would show through the snapshot. */
async function holdStill(client: pg.PoolClient, tables: readonly ProjectTable[]): Promise<void> {
  await client.query('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY');
  await client.query(
    `LOCK TABLE ${tables.map(({ name }) => name).join(', ')} IN ACCESS SHARE MODE`,
  );
  await client.query(portableTexts);
}

type Target = {
  readonly tar: TarWriter;
  readonly progress: Progress;
  readonly signal: AbortSignal | undefined;
};

async function writeTables(
  client: pg.PoolClient,
  tables: readonly ProjectTable[],
  { tar, progress, signal }: Target,
): Promise<BackedUpTable[]> {
  const written: BackedUpTable[] = [];
  for (const table of tables) {
    progress.stage(`Backing up ${table.name}`);
    const parts: BackupPart[] = [];
    const ranges = await pageRanges(client, table.name);
    for (const [index, range] of ranges.entries()) {
      signal?.throwIfAborted();
      const { content, rows } = await copyOut(client, table, range);
      if (rows === 0) continue;
      const name = `${table.name}/${String(parts.length + 1).padStart(5, '0')}.copy.gz`;
      await tar.add(name, content);
      parts.push({ file: name, rows, sha256: sha256(content) });
      progress.advance(rows);
      progress.fraction((index + 1) / ranges.length);
    }
    const rows = parts.reduce((sum, part) => sum + part.rows, 0);
    written.push({ name: table.name, columns: [...table.columns], rows, parts });
  }
  return written;
}

type PageRange = readonly [from: number, to: number];

/** Stretches of pages that make one part each; what lies out of line counts with its rows' pages. */
async function pageRanges(client: pg.PoolClient, table: string): Promise<PageRange[]> {
  const { rows } = await client.query<{ heap: number; all: number }>(
    `SELECT pg_relation_size($1) AS heap, pg_table_size($1) AS all`,
    [table],
  );
  const { heap, all } = rows[0] ?? { heap: 0, all: 0 };
  const pages = Math.ceil(heap / pageBytes);
  const step = Math.max(1, Math.floor((partBytes / Math.max(1, all)) * pages));
  return Array.from({ length: Math.ceil(pages / step) }, (_, index) => [
    index * step,
    (index + 1) * step,
  ]);
}

async function copyOut(
  client: pg.PoolClient,
  { name, columns }: ProjectTable,
  [from, to]: PageRange,
): Promise<{ content: Buffer; rows: number }> {
  const list = columns.map((column) => `"${column}"`).join(', ');
  const source = client.query(
    copyTo(
      `COPY (SELECT ${list} FROM ${name} WHERE ctid >= '(${from},0)' AND ctid < '(${to},0)') TO STDOUT`,
    ),
  );
  let rows = 0;
  const count = tap((chunk) => (rows += linesIn(chunk)));
  const gzip = createGzip({ level: gzipLevel });
  const [content] = await Promise.all([collect(gzip), pipeline(source, count, gzip)]);
  return { content, rows };
}

export function sha256(content: Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}
