import { stat } from 'node:fs/promises';
import { sampleOf } from '../readers/open-file.js';
import type { SourceDetection } from '../readers/source-detection.js';

const lookedAt = 256 * 1024;
const lineEnd = 10;

/** About how many rows a file has, from the length of its first lines; undefined where that cannot be told. */
export async function estimateRows(
  file: string,
  { rows, packing, separator }: SourceDetection,
): Promise<number | undefined> {
  if (rows !== undefined) return rows;
  if (separator === undefined || packing.length > 0) return undefined;
  const { size } = await stat(file);
  const start = await sampleOf(file, lookedAt);
  const lines = start.filter((byte) => byte === lineEnd).length;
  if (start.length >= size || lines === 0) return Math.max(0, lines - 1);
  return Math.round((size / start.length) * lines);
}
