import { AppError } from '../../server/errors.js';
import { openFile } from './open-file.js';
import type { ReadOptions } from './source-row.js';
import { formatBytes } from './unpack-limit.js';

/**
 * All bytes of a file, unpacked, for formats that cannot be read piece by piece.
 *
 * @throws AppError where there are more than `longest` of them
 */
export async function readWhole(
  path: string,
  longest: number,
  options: ReadOptions = {},
): Promise<Buffer> {
  const { signal, maxUnpackedBytes } = options;
  const file = await openFile(path, { signal, maxUnpackedBytes });
  const parts: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const part of file as AsyncIterable<Buffer>) {
      bytes += part.length;
      if (bytes > longest) throw beyondMemory(path, longest);
      parts.push(part);
    }
  } catch (error) {
    signal?.throwIfAborted();
    if (error instanceof AppError) throw error;
    throw new AppError('validation', `${path}: ${(error as Error).message}.`);
  }
  return Buffer.concat(parts);
}

/** The error of a file whose format has to be in memory as a whole, and which is too large for that. */
export function beyondMemory(path: string, longest: number): AppError {
  return new AppError(
    'validation',
    `${path} is larger than ${formatBytes(longest)}, the most that can be read of its format. Save it ` +
      'as GeoPackage, FlatGeobuf or CSV, which are read piece by piece.',
  );
}
