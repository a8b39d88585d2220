import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { CachedTile } from './tile-cache.js';

const compress = promisify(gzip);

/** Level 1: higher levels cost as much as making the tile, for a few per cent. */
const compressionLevel = 1;
const compressFromBytes = 256;

/** Bytes as they were made, and how many rows they had no room for. */
export type Made = { readonly bytes: Uint8Array; readonly omitted: number };

/** Bytes as they are sent: compressed where that pays, with a tag that is the same for the same bytes. */
export async function pack({ bytes, omitted }: Made): Promise<CachedTile> {
  const etag = `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`;
  const isCompressed = bytes.length >= compressFromBytes;
  const body = isCompressed
    ? await compress(bytes, { level: compressionLevel })
    : Buffer.from(bytes);
  return { body, isCompressed, etag, omitted };
}
