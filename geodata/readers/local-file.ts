import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { AppError } from '../../server/errors.js';
import { readerNamed } from '../readers.js';
import { identifyFormat } from './identify-format.js';
import { openFile } from './open-file.js';
import type { ReadOptions, Reader } from './source-row.js';
import { openZip } from './zip-archive.js';

/** A file as its reader can take it: unpacked into a folder of its own where that is needed. */
export type LocalFile = {
  readonly path: string;
  readonly reader: Reader;
  /** How the file was packed, the outermost first. */
  readonly packing: readonly ('gzip' | 'zip')[];
  /** Whether `layer` chose the file within a zip, and so is used up. */
  readonly isLayerUsed: boolean;
  /** Removes what was unpacked. */
  remove(): Promise<void>;
};

/** Packings within each other that are followed: a zip in a gzip, and a file in it that is gzip again. */
const deepest = 3;

/**
 * Finds the format of a file and unpacks it as far as its reader needs.
 *
 * @throws AppError where the format is not known, or the file unpacks to more than it may
 */
export async function openLocalFile(file: string, options: ReadOptions): Promise<LocalFile> {
  const folders: string[] = [];
  const remove = async () => {
    for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true });
  };
  const packing: ('gzip' | 'zip')[] = [];
  let current = file;
  let isLayerUsed = false;
  try {
    for (let depth = 0; depth < deepest; depth++) {
      const found = await identifyFormat(current, isLayerUsed ? undefined : options.layer);
      if (found.isGzip) packing.push('gzip');
      const isArchive = found.format === 'archive';
      const reader = isArchive ? undefined : readerNamed(found.format);
      if (reader && (!found.isGzip || reader.readsGzip)) {
        return { path: current, reader, packing, isLayerUsed, remove };
      }
      const folder = await mkdtemp(path.join(os.tmpdir(), 'catchment-unpacked-'));
      folders.push(folder);
      const { entry } = found;
      const target = path.join(folder, 'file');
      if (entry === undefined) await unpackGzip(current, target, options);
      else {
        packing.push('zip');
        isLayerUsed ||= options.layer !== undefined;
        await unpackEntry(current, entry, target, options);
      }
      current = target;
    }
    throw new AppError('validation', `${file} is packed more often than can be followed.`);
  } catch (error) {
    await remove();
    options.signal?.throwIfAborted();
    if (error instanceof AppError) throw withName(error, current, file);
    throw new AppError('validation', `${file}: ${(error as Error).message}.`);
  }
}

/** Messages name the file that a person gave, not the unpacked one. */
function withName(error: AppError, current: string, file: string): AppError {
  if (current === file) return error;
  return new AppError(error.code, error.message.replaceAll(current, file), error.details);
}

async function unpackGzip(from: string, to: string, options: ReadOptions): Promise<void> {
  const { signal, maxUnpackedBytes } = options;
  await write(await openFile(from, { signal, maxUnpackedBytes }), to, options);
}

async function unpackEntry(
  from: string,
  name: string,
  to: string,
  options: ReadOptions,
): Promise<void> {
  const zip = await openZip(from, options.maxUnpackedBytes);
  try {
    const entry = zip.entries.find((candidate) => candidate.name === name);
    if (entry) await write(await entry.open(), to, options);
  } finally {
    zip.close();
  }
}

async function write(from: Readable, to: string, { signal }: ReadOptions): Promise<void> {
  await pipeline(from, createWriteStream(to), signal ? { signal } : {});
}
