import type { OsmElement } from '../elements.js';
import { blobContent } from './blob-content.js';
import { Cursor } from './cursor.js';
import { decodeBlock, type DecodeOptions } from './decode-block.js';
import { readBlobs } from './read-blobs.js';

export type PbfBlock = {
  readonly elements: readonly OsmElement[];
  /** Where the block ends in the file, in bytes. */
  readonly endsAt: number;
};

/** Blocks that are decompressed ahead, in threads of their own, while one is decoded. */
const blocksAhead = 3;
const understood = new Set(['OsmSchema-V0.6', 'DenseNodes']);

type Waiting = { readonly content: Promise<Buffer>; readonly endsAt: number };

/**
 * The elements of a PBF file, a block at a time, in the order of the file.
 *
 * Throws an Error where the file is cut off, broken, or not PBF.
 */
export async function* readPbf(path: string, options: DecodeOptions): AsyncGenerator<PbfBlock> {
  const waiting: Waiting[] = [];
  let hasHeader = false;
  for await (const { type, message, endsAt } of readBlobs(path)) {
    if (!hasHeader && type !== 'OSMHeader') throw new Error('it does not begin with a header');
    if (type === 'OSMHeader') assertUnderstood(await blobContent(new Cursor(message)));
    hasHeader = true;
    if (type !== 'OSMData') continue;
    const content = blobContent(new Cursor(message));
    // Where it fails, that is told when its turn comes.
    content.catch(() => undefined);
    waiting.push({ content, endsAt });
    if (waiting.length > blocksAhead) yield await decode(waiting.shift(), options);
  }
  if (!hasHeader) throw new Error('it is empty');
  while (waiting.length > 0) yield await decode(waiting.shift(), options);
}

async function decode(block: Waiting | undefined, options: DecodeOptions): Promise<PbfBlock> {
  if (!block) return { elements: [], endsAt: 0 };
  return { elements: decodeBlock(await block.content, options), endsAt: block.endsAt };
}

function assertUnderstood(header: Buffer): void {
  new Cursor(header).fields((field, cursor) => {
    if (field !== 4) return false;
    const feature = cursor.part().rest().toString('utf8');
    if (!understood.has(feature)) throw new Error(`it needs the feature ${feature}`);
    return true;
  });
}
