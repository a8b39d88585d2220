import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { projectRoot } from '../project-root.js';

const folder = path.join(projectRoot, 'server/db/migrations');
/** As 042.do.shapes_in_parts.sql. */
const named = /^(\d+)\.do\.(.+)\.sql$/;

export type MigrationFile = {
  readonly version: number;
  readonly name: string;
  /** Name of the file, without its folder. */
  readonly file: string;
  readonly sql: string;
  /** Of the text with LF line ends, so that it is the same on every system. */
  readonly md5: string;
};

/** The migrations that this program has, in the order in which they are applied. */
export async function readMigrations(): Promise<MigrationFile[]> {
  const files = (await listFiles()).filter(({ version }) => version > 0);
  const read = await Promise.all(files.map(readMigration));
  return read.sort((a, b) => a.version - b.version);
}

/** Number of the newest migration that this program has. */
export async function newestMigration(): Promise<number> {
  return Math.max(...(await listFiles()).map(({ version }) => version));
}

type Listed = Pick<MigrationFile, 'version' | 'name' | 'file'>;

async function listFiles(): Promise<Listed[]> {
  return (await readdir(folder)).flatMap((file) => {
    const [, version, name] = named.exec(file) ?? [];
    return version && name ? [{ version: Number(version), name, file }] : [];
  });
}

async function readMigration(listed: Listed): Promise<MigrationFile> {
  const sql = await readFile(path.join(folder, listed.file), 'utf8');
  const md5 = createHash('md5').update(sql.replace(/\r\n?/g, '\n')).digest('hex');
  return { ...listed, sql, md5 };
}
