import { Transform } from 'node:stream';
import { AppError } from '../../server/errors.js';

const gigabyte = 2 ** 30;

/** Unpacked sizes that a packed file may always have, whatever its own size. */
const usualBytes = gigabyte;
/** How many times its own size a file may unpack to; text packs to a tenth, a bomb to a thousandth. */
const usualRatio = 100;

/** Most bytes that a packed file of this size may unpack to, unless a person says otherwise. */
export function unpackedLimit(packedBytes: number, given: number | undefined): number {
  return given ?? Math.max(usualBytes, packedBytes * usualRatio);
}

/** The error of a file that unpacks to more than it may. */
export function tooLarge(path: string, limit: number): AppError {
  return new AppError(
    'validation',
    `${path} unpacks to more than ${formatBytes(limit)}, more than its size makes likely. Allow more ` +
      'with --max-unpacked, for example --max-unpacked 20GB.',
    { limit },
  );
}

/** Passes bytes on and fails with `tooLarge` beyond the limit. */
export function limitBytes(path: string, limit: number): Transform {
  let bytes = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      if (bytes > limit) done(tooLarge(path, limit));
      else done(null, chunk);
    },
  });
}

/** A size for people, in the largest unit that leaves a number above one. */
export function formatBytes(bytes: number): string {
  const units = ['bytes', 'kB', 'MB', 'GB', 'TB'];
  let [size, unit] = [bytes, 0];
  while (size >= 1024 && unit < units.length - 1) {
    size /= 1024;
    unit += 1;
  }
  return `${Number(size.toPrecision(3))} ${units[unit]}`;
}

/** Bytes of a text such as `20GB`, `500 MB` or a number; undefined where it is none. */
export function parseBytes(text: string): number | undefined {
  const found = /^(\d+(?:\.\d+)?)\s*([kmgt]?)b?$/i.exec(text.trim());
  if (!found) return undefined;
  const power = 'kmgt'.indexOf((found[2] ?? '').toLowerCase() || ' ') + 1;
  return Math.round(Number(found[1]) * 1024 ** power);
}
