import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { AppError } from '../../server/errors.js';
import { openSource } from '../../geodata/readers/open-source.js';
import { toGeometryText } from '../../geodata/values/geometry-text.js';
import * as files from './format-files.js';

/** Numbers from 0 to 1 that are the same for the same seed (mulberry32). */
export function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A small good file of every format. */
export function goodFiles(): Readonly<Record<string, Uint8Array>> {
  const { areas } = files;
  return {
    'a.geojson': Buffer.from(JSON.stringify(areas)),
    'a.topojson': files.topojson(areas),
    'a.zip': files.shapefileZip(areas, { cpg: 'UTF-8' }),
    'a.fgb': files.flatgeobuf(areas),
    'a.gpkg': files.geopackage(areas),
    'a.parquet': files.geoparquet(areas),
    'plain.parquet': files.geoparquet(areas, 'UNCOMPRESSED'),
    'a.kml': files.kml(areas),
    'a.kmz': files.kmz(areas),
    'a.csv': files.csvWithWkt(areas),
    'a.xlsx': files.xlsx([['Café', 12.5, 45_322]]),
    'a.csv.gz': gzipSync(files.csvWithWkt(areas)),
  };
}

/** A copy with one to four things wrong: flipped and huge bytes, parts cut out, doubled or cut off. */
export function damaged(bytes: Uint8Array, random: () => number): Uint8Array {
  let result = Buffer.from(bytes);
  const changes = 1 + Math.floor(random() * 4);
  for (let change = 0; change < changes && result.length > 4; change++) {
    const at = Math.floor(random() * result.length);
    const length = Math.min(result.length - at, 1 + Math.floor(random() * 16));
    const kind = Math.floor(random() * 6);
    if (kind === 0) result[at] = (result[at] ?? 0) ^ (1 << Math.floor(random() * 8));
    else if (kind === 1) result[at] = Math.floor(random() * 256);
    else if (kind === 2) result.fill(random() < 0.5 ? 0xff : 0x7f, at, at + Math.min(4, length));
    else if (kind === 3)
      result = Buffer.concat([result.subarray(0, at), result.subarray(at + length)]);
    else if (kind === 4)
      result = Buffer.concat([result.subarray(0, at + length), result.subarray(at)]);
    else result = result.subarray(0, at);
  }
  return result;
}

/** Long enough for a slow machine to start the process that decodes Parquet; what hangs takes for ever. */
const longestMs = 60_000;

/**
 * Reads a file as an import does and answers how many rows it gave; undefined where it was refused with an
 * AppError. Anything else fails: another error, or a time beyond all measure.
 */
export async function readHostile(
  folder: string,
  name: string,
  bytes: Uint8Array,
): Promise<number | undefined> {
  const file = path.join(folder, name);
  await writeFile(file, bytes);
  const startedMs = performance.now();
  try {
    const source = await openSource(file, { maxUnpackedBytes: 64 * 2 ** 20 });
    let rows = 0;
    for await (const batch of source.batches) {
      rows += batch.length;
      for (const { geometry } of batch) if (geometry) toGeometryText(geometry);
    }
    return rows;
  } catch (error) {
    if (error instanceof AppError && error.code !== 'internal') return undefined;
    throw new Error(`${name} (${Buffer.from(bytes).toString('base64')})`, { cause: error });
  } finally {
    const tookMs = performance.now() - startedMs;
    if (tookMs > longestMs) throw new Error(`${name} took ${tookMs} ms`);
  }
}
