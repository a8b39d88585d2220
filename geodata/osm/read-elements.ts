import { open } from 'node:fs/promises';
import { AppError } from '../../server/errors.js';
import type { OsmElement } from './elements.js';
import { readPbf } from './pbf/read-pbf.js';
import { readXml } from './read-xml.js';

export type ReadOptions = {
  /** Kinds of elements wanted; leaving kinds out makes a pass quicker. */
  readonly kinds: readonly OsmElement['type'][];
  readonly signal: AbortSignal;
  /** Told the share of the file that was read. */
  readonly onFraction: (fraction: number) => void;
};

type Format = 'pbf' | 'xml' | 'packed-xml';

/**
 * The elements of an OpenStreetMap extract, some at a time, in the order of the file: PBF, or XML, plain
 * or packed by gzip. The content tells which it is, whatever the name.
 *
 * Throws an AppError where the file is missing, cut off, broken, or of another kind.
 */
export async function* readElements(
  path: string,
  { kinds, signal, onFraction }: ReadOptions,
): AsyncGenerator<readonly OsmElement[]> {
  signal.throwIfAborted();
  const { format, size } = await inspect(path);
  const wanted = new Set(kinds);
  const blocks =
    format === 'pbf'
      ? readPbf(path, { kinds: wanted })
      : readXml(path, { kinds: wanted, isPacked: format === 'packed-xml' });
  try {
    for await (const { elements, endsAt } of blocks) {
      signal.throwIfAborted();
      onFraction(endsAt / Math.max(1, size));
      if (elements.length > 0) yield elements;
    }
  } catch (error) {
    signal.throwIfAborted();
    throw unreadable(format, error as Error);
  }
}

async function inspect(path: string): Promise<{ format: Format; size: number }> {
  const file = await open(path).catch(() => undefined);
  try {
    const stat = await file?.stat();
    if (!file || !stat?.isFile()) throw new AppError('not_found', `There is no file ${path}.`);
    const { buffer, bytesRead } = await file.read(Buffer.alloc(64), 0, 64, 0);
    return { format: formatOf(buffer.subarray(0, bytesRead)), size: stat.size };
  } finally {
    await file?.close();
  }
}

function formatOf(start: Buffer): Format {
  const text = start.toString('latin1');
  if (text.startsWith('\x1f\x8b')) return 'packed-xml';
  if (/^(?:\xef\xbb\xbf)?\s*</.test(text)) return 'xml';
  if (!text.startsWith('BZh')) return 'pbf';
  throw new AppError(
    'validation',
    'The extract is packed by bzip2, which is not read. Convert it with: osmium cat FILE -o FILE.osm.pbf',
  );
}

/** Errors that the consumer throws while it has a block do not come by here: only those of reading. */
function unreadable(format: Format, error: Error): Error {
  if (error instanceof AppError) return error;
  const kind = format === 'pbf' ? 'PBF' : 'XML';
  return new AppError(
    'validation',
    `The file is not a readable OpenStreetMap ${kind} extract (${error.message}). ` +
      'Download it again, or convert it with: osmium cat FILE -o FILE.osm.pbf',
  );
}
