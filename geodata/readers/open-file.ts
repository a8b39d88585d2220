import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { AppError } from '../../server/errors.js';
import type { ReadOptions } from './source-row.js';

/**
 * Opens a file for reading, unpacking it where its name ends in .gz. The share told to
 * `onFraction` is that of the bytes on disk. Throws an AppError where the file is not there.
 */
export async function openFile(
  path: string,
  options: Pick<ReadOptions, 'onFraction' | 'signal'> = {},
): Promise<Readable> {
  const found = await stat(path).catch(() => undefined);
  if (!found?.isFile()) throw new AppError('not_found', `There is no file ${path}.`);
  options.signal?.throwIfAborted();
  const file = createReadStream(path, {
    highWaterMark: 256 * 1024,
    ...(options.signal ? { signal: options.signal } : {}),
  });
  // A cancel before anybody reads would end the process; who reads then gets the error all the same.
  file.on('error', () => undefined);
  let bytesRead = 0;
  file.on('data', (chunk) => {
    bytesRead += chunk.length;
    options.onFraction?.(found.size === 0 ? 1 : bytesRead / found.size);
  });
  file.pause();
  if (!path.endsWith('.gz')) return file;
  // Errors of the file reach the unpacked stream, where the consumer sees them.
  return pipeline(file, createGunzip(), () => undefined);
}
