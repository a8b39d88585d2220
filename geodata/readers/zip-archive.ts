import type { Readable } from 'node:stream';
import yauzl, { type Entry, type ZipFile } from 'yauzl';
import { AppError } from '../../server/errors.js';
import { fileSize } from './open-file.js';
import { tooLarge, unpackedLimit } from './unpack-limit.js';

/** A file in a zip. */
export type ZipEntry = {
  /** Path within the zip. */
  readonly name: string;
  /** Bytes unpacked, as the zip says; reading fails where it is not true. */
  readonly size: number;
  open(): Promise<Readable>;
};

export type ZipArchive = {
  readonly entries: readonly ZipEntry[];
  close(): void;
};

/** Files that a zip may list; geographic data come in a handful. */
const mostEntries = 10_000;

/**
 * Opens a zip and lists its files, without folders and the notes that macOS adds.
 *
 * @throws AppError where it is broken, encrypted, or its files unpack to more than allowed
 */
export async function openZip(path: string, maxUnpackedBytes?: number): Promise<ZipArchive> {
  const limit = unpackedLimit(await fileSize(path), maxUnpackedBytes);
  const zip = await openFile(path);
  try {
    const entries = (await listEntries(zip, path)).filter(({ fileName }) => isData(fileName));
    const total = entries.reduce((sum, { uncompressedSize }) => sum + uncompressedSize, 0);
    if (total > limit) throw tooLarge(path, limit);
    return {
      entries: entries.map((entry) => toZipEntry(zip, entry, path)),
      close: () => zip.close(),
    };
  } catch (error) {
    zip.close();
    throw error;
  }
}

/** Bytes of a file in a zip, all at once: for small ones. */
export async function readEntry(entry: ZipEntry): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of (await entry.open()) as AsyncIterable<Buffer>) parts.push(part);
  return Buffer.concat(parts);
}

function isData(name: string): boolean {
  return !name.endsWith('/') && !name.startsWith('__MACOSX/') && !/(^|\/)\._/.test(name);
}

function openFile(path: string): Promise<ZipFile> {
  return new Promise((resolve, reject) => {
    const options = { lazyEntries: true, autoClose: false };
    yauzl.open(path, options, (error, zip) => {
      if (error) reject(broken(path, error));
      else resolve(zip);
    });
  });
}

function listEntries(zip: ZipFile, path: string): Promise<Entry[]> {
  return new Promise((resolve, reject) => {
    const entries: Entry[] = [];
    zip.on('error', (error: Error) => reject(broken(path, error)));
    zip.on('end', () => resolve(entries));
    zip.on('entry', (entry: Entry) => {
      entries.push(entry);
      if (entries.length > mostEntries) {
        reject(new AppError('validation', `${path} holds more than ${mostEntries} files.`));
        return;
      }
      zip.readEntry();
    });
    zip.readEntry();
  });
}

function toZipEntry(zip: ZipFile, entry: Entry, path: string): ZipEntry {
  return {
    name: entry.fileName,
    size: entry.uncompressedSize,
    open: () =>
      new Promise((resolve, reject) => {
        if (entry.isEncrypted()) {
          reject(new AppError('validation', `${path} is encrypted: unpack it first.`));
          return;
        }
        zip.openReadStream(entry, (error, stream) => {
          if (error) reject(broken(path, error));
          else resolve(stream);
        });
      }),
  };
}

function broken(path: string, error: Error): AppError {
  return new AppError('validation', `${path} is not a zip that can be read: ${error.message}.`);
}
