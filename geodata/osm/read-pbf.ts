import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { OSMTransform, type OSMOptions } from 'osm-pbf-parser-node';
import type { TransformCallback } from 'node:stream';
import { AppError } from '../../server/errors.js';
import type { OsmElement } from './elements.js';

export type ReadOptions = {
  /** Kinds whose tags are wanted; leaving tags out makes a pass quicker. */
  readonly tagsOf: readonly OsmElement['type'][];
  readonly signal: AbortSignal;
  /** Told the share of the file that was read. */
  readonly onFraction: (fraction: number) => void;
};

/** Size of the pieces read from disk; the parser joins them to blobs of up to 32 MB. */
const readBytes = 1 << 20;

/**
 * The elements of a PBF extract, a block at a time, in the order of the file.
 *
 * Throws an AppError where the file is missing, cut off, not PBF, or compressed otherwise than by zlib.
 */
export async function* readPbf(
  path: string,
  options: ReadOptions,
): AsyncGenerator<readonly OsmElement[]> {
  const size = await fileSize(path);
  const file = createReadStream(path, { highWaterMark: readBytes, signal: options.signal });
  const blocks = new PbfBlocks({
    withTags: {
      node: options.tagsOf.includes('node'),
      way: options.tagsOf.includes('way'),
      relation: options.tagsOf.includes('relation'),
    },
  });
  file.on('error', (error) => blocks.destroy(error));
  file.pipe(blocks);
  try {
    for await (const block of blocks as AsyncIterable<readonly unknown[]>) {
      options.signal.throwIfAborted();
      options.onFraction(file.bytesRead / Math.max(1, size));
      const elements = block.filter(isElement);
      if (elements.length > 0) yield elements;
    }
  } catch (error) {
    options.signal.throwIfAborted();
    throw new AppError(
      'validation',
      `The file is not a readable OpenStreetMap PBF extract (${(error as Error).message}). ` +
        'Download it again, or convert it with: osmium cat FILE -o FILE.osm.pbf',
    );
  } finally {
    file.destroy();
    blocks.destroy();
  }
}

async function fileSize(path: string): Promise<number> {
  try {
    return (await stat(path)).size;
  } catch {
    throw new AppError('not_found', `There is no file ${path}.`);
  }
}

/** The first block is the header of the file, which has no type. */
function isElement(value: unknown): value is OsmElement {
  return (value as OsmElement).type !== undefined;
}

/** The parser throws where a stream must call back with the error: uncaught, that ends the process. */
class PbfBlocks extends OSMTransform {
  constructor(options: OSMOptions) {
    super(options);
  }

  override _transform(chunk: Buffer, encoding: BufferEncoding, callback: TransformCallback): void {
    try {
      super._transform(chunk, encoding, callback);
    } catch (error) {
      callback(error as Error);
    }
  }

  override _flush(callback: TransformCallback): void {
    try {
      super._flush(callback);
    } catch {
      callback(new Error('the file is cut off'));
    }
  }
}
