import { pipeline } from 'node:stream/promises';
import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { AppError } from '../../server/errors.js';
import type { Progress } from '../progress.js';
import { collect, linesIn, tap } from './chunks.js';
import {
  formatVersion,
  manifestFile,
  manifestSchema,
  manifestSumFile,
  type BackedUpTable,
  type BackupPart,
  type Manifest,
} from './manifest.js';
import { DamagedTar, readTarEntries, readTarEntry, type TarEntry } from './tar-reader.js';
import { sha256 } from './write-backup.js';

/** Larger ones are no manifest of ours. */
const manifestBytesAllowed = 64 * 1024 * 1024;

/** A backup file whose manifest was read and found whole. */
export type OpenBackup = {
  readonly manifest: Manifest;
  /** Reads every part and compares checksums and counts; throws an AppError that names the damage. */
  readonly verify: (progress: Progress, signal?: AbortSignal) => Promise<void>;
  /** COPY text of a part. */
  readonly rowsOf: (part: BackupPart) => Readable;
};

/** Opens a backup. Throws an AppError where the file is no backup, is damaged, or is of a newer format. */
export async function openBackup(file: string): Promise<OpenBackup> {
  const entries = await entriesOf(file);
  const read = async (name: string) => {
    const entry = entries.get(name);
    if (!entry || entry.size > manifestBytesAllowed) throw damaged(file, `${name} is missing`);
    return collect(readTarEntry(file, entry));
  };
  const text = await read(manifestFile);
  const sum = (await read(manifestSumFile)).toString('latin1');
  if (sum !== `${sha256(text)}  ${manifestFile}\n`) throw damaged(file, 'its manifest is damaged');
  const manifest = parseManifest(file, text);
  const entryOf = ({ file: name }: BackupPart): TarEntry => {
    const entry = entries.get(name);
    if (!entry) throw damaged(file, `${name} is missing`);
    return entry;
  };
  return {
    manifest,
    verify: async (progress, signal) => {
      const parts = manifest.tables.flatMap((table) => table.parts);
      progress.stage('Checking the backup');
      for (const [index, part] of parts.entries()) {
        signal?.throwIfAborted();
        const found = await measure(readTarEntry(file, entryOf(part))).catch(() => undefined);
        if (found?.sha256 !== part.sha256 || found.rows !== part.rows) {
          throw damaged(file, `${part.file} is damaged`);
        }
        progress.fraction((index + 1) / parts.length);
      }
      for (const table of manifest.tables) assertSum(file, table);
    },
    rowsOf: (part) => readTarEntry(file, entryOf(part)).pipe(createGunzip()),
  };
}

async function entriesOf(file: string): Promise<Map<string, TarEntry>> {
  try {
    return await readTarEntries(file);
  } catch (error) {
    if (error instanceof DamagedTar) throw damaged(file, error.message);
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    throw new AppError('not_found', `There is no file ${file}.`);
  }
}

function parseManifest(file: string, text: Buffer): Manifest {
  const json: unknown = JSON.parse(text.toString());
  const parsed = manifestSchema.safeParse(json);
  if (parsed.success) return parsed.data;
  const version = (json as { formatVersion?: unknown }).formatVersion;
  if (typeof version === 'number' && version > formatVersion) {
    throw new AppError('conflict', `${file} was made by a newer Catchment. Update this one first.`);
  }
  throw damaged(file, 'its manifest is not understood');
}

function assertSum(file: string, { name, rows, parts }: BackedUpTable): void {
  const sum = parts.reduce((total, part) => total + part.rows, 0);
  if (sum !== rows) throw damaged(file, `parts of ${name} are missing`);
}

/** Checksum of a compressed part and its number of rows. */
async function measure(part: Readable): Promise<{ sha256: string; rows: number }> {
  const hash = createHash('sha256');
  const text = createGunzip();
  let rows = 0;
  const count = async () => {
    for await (const chunk of text) rows += linesIn(chunk as Buffer);
  };
  await Promise.all([
    count(),
    pipeline(
      part,
      tap((chunk) => hash.update(chunk)),
      text,
    ),
  ]);
  return { sha256: hash.digest('hex'), rows };
}

function damaged(file: string, how: string): AppError {
  return new AppError(
    'validation',
    `${file} cannot be restored: ${how}. Nothing was changed; take another backup.`,
  );
}
