import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { AppError } from '../../server/errors.js';
import type { ReadOptions } from './source-row.js';
import { limitBytes, unpackedLimit } from './unpack-limit.js';

/**
 * Opens a file for reading, unpacking it where it is gzip by its first bytes. The share told to
 * `onFraction` is that of the bytes on disk. Throws an AppError where the file is not there; the stream
 * fails with one where it unpacks to more than it may.
 */
export async function openFile(
  path: string,
  options: Pick<ReadOptions, 'onFraction' | 'signal' | 'maxUnpackedBytes'> = {},
): Promise<Readable> {
  const { signal, onFraction, maxUnpackedBytes } = options;
  const size = await fileSize(path);
  const isPacked = await isGzip(path);
  signal?.throwIfAborted();
  const file = createReadStream(path, {
    highWaterMark: 64 * 1024,
    ...(signal ? { signal } : {}),
  });
  // A cancel before anybody reads would end the process; who reads then gets the error all the same.
  file.on('error', () => undefined);
  let bytesRead = 0;
  file.on('data', (chunk) => {
    bytesRead += chunk.length;
    onFraction?.(size === 0 ? 1 : bytesRead / size);
  });
  file.pause();
  if (!isPacked) return file;
  const limit = limitBytes(path, unpackedLimit(size, maxUnpackedBytes));
  // Errors of the file reach the unpacked stream, where the consumer sees them.
  return pipeline(file, createGunzip({ chunkSize: 256 * 1024 }), limit, () => undefined);
}

/** Bytes of a file; throws an AppError where it is not there. */
export async function fileSize(path: string): Promise<number> {
  const found = await stat(path).catch(() => undefined);
  if (!found?.isFile()) throw new AppError('not_found', `There is no file ${path}.`);
  return found.size;
}

/** The first bytes of a file as they stand on disk. */
export async function firstBytes(path: string, length: number): Promise<Buffer> {
  const file = await open(path).catch(() => {
    throw new AppError('not_found', `There is no file ${path}.`);
  });
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

/** Whether a file is packed by gzip, told by its first bytes. */
export async function isGzip(path: string): Promise<boolean> {
  const [first, second] = await firstBytes(path, 2);
  return first === 0x1f && second === 0x8b;
}

/** Bytes that detection looks at. */
export const sampleBytes = 256 * 1024;

/** The first bytes of a file, unpacked where it is gzip; fewer where it is shorter or broken. */
export async function sampleOf(path: string, length = sampleBytes): Promise<Buffer> {
  if (!(await isGzip(path))) return firstBytes(path, length);
  const file = await openFile(path);
  const parts: Buffer[] = [];
  let found = 0;
  try {
    for await (const chunk of file as AsyncIterable<Buffer>) {
      parts.push(chunk);
      found += chunk.length;
      if (found >= length) break;
    }
  } catch {
    // What could be unpacked is enough to tell the format; reading on tells the error.
  }
  return Buffer.concat(parts).subarray(0, length);
}
