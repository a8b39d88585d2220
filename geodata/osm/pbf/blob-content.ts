import { promisify } from 'node:util';
import { inflate } from 'node:zlib';
import { decompressZstd } from 'hyparquet-compressors';
import type { Cursor } from './cursor.js';
import { decompressLz4 } from './lz4-block.js';

const inflateBytes = promisify(inflate);

/** The format allows no block above 32 MiB, so one that says more is broken or means harm. */
export const largestBlockBytes = 32 * 1024 * 1024;

type Blob = { readonly rawSize: number; readonly method: number; readonly data: Buffer };

const plain = 1;
const zlib = 3;
const unreadable: Readonly<Record<number, string>> = { 4: 'lzma', 5: 'bzip2' };

/**
 * The bytes in a blob: plain, or compressed by zlib, lz4 or zstd.
 *
 * Never makes more bytes than the blob says, nor more than the format allows. Throws an Error where it
 * lies about its size or is compressed otherwise.
 */
export async function blobContent(message: Cursor): Promise<Buffer> {
  const { rawSize, method, data } = readBlob(message);
  if (method === plain) return data;
  const name = unreadable[method];
  if (name !== undefined) throw new Error(`its blocks are compressed by ${name}`);
  if (rawSize <= 0 || rawSize > largestBlockBytes) {
    throw new Error(`a block says that it holds ${rawSize} bytes`);
  }
  const content = await decompress(method, data, rawSize);
  if (content.length !== rawSize) throw new Error('a block does not hold the bytes it says');
  return content;
}

function readBlob(message: Cursor): Blob {
  let rawSize = 0;
  let method = 0;
  let data: Buffer | undefined;
  message.fields((field, cursor) => {
    if (field === 2) rawSize = cursor.varint();
    else if (field === plain || (field >= zlib && field <= 7)) {
      method = field;
      data = cursor.part().rest();
    } else return false;
    return true;
  });
  if (data === undefined) throw new Error('a block without content');
  return { rawSize, method, data };
}

async function decompress(method: number, data: Buffer, rawSize: number): Promise<Buffer> {
  if (method === zlib) {
    return inflateBytes(data, { chunkSize: Math.max(64, rawSize), maxOutputLength: rawSize });
  }
  if (method === 6) return decompressLz4(data, rawSize);
  const bytes = decompressZstd(data, new Uint8Array(rawSize));
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
