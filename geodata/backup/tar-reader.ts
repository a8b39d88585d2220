import { createReadStream } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { blockBytes, checksumOf, headerFields } from './tar-writer.js';

/** A file inside a tar file. */
export type TarEntry = {
  readonly name: string;
  /** Where its bytes begin. */
  readonly start: number;
  readonly size: number;
};

/** Why a file is not a whole tar file, as part of a sentence. */
export class DamagedTar extends Error {}

/**
 * The files of a tar file by name, without reading them.
 *
 * Throws DamagedTar where a header does not add up, padding is not empty, or the end is missing: together
 * with checksums of the contents no changed byte goes unnoticed.
 */
export async function readTarEntries(file: string): Promise<Map<string, TarEntry>> {
  const handle = await open(file, 'r');
  try {
    const { size } = await handle.stat();
    return await walk(handle, size);
  } finally {
    await handle.close();
  }
}

/** The bytes of an entry. */
export function readTarEntry(file: string, { start, size }: TarEntry): Readable {
  return createReadStream(file, { start, end: start + size - 1 });
}

async function walk(handle: FileHandle, fileBytes: number): Promise<Map<string, TarEntry>> {
  const entries = new Map<string, TarEntry>();
  let at = 0;
  while (at + 2 * blockBytes <= fileBytes) {
    const header = await readBlock(handle, at, blockBytes);
    if (isEmpty(header)) {
      const rest = await readBlock(handle, at, fileBytes - at);
      if (!isEmpty(rest) || rest.length !== 2 * blockBytes)
        throw new DamagedTar('its end is damaged');
      return entries;
    }
    const entry = parseHeader(header, at + blockBytes);
    const padding = (blockBytes - (entry.size % blockBytes)) % blockBytes;
    const after = await readBlock(handle, entry.start + entry.size, padding);
    if (after.length < padding) throw new DamagedTar('it is cut off');
    if (!isEmpty(after)) throw new DamagedTar(`it is damaged after ${entry.name}`);
    entries.set(entry.name, entry);
    at = entry.start + entry.size + padding;
  }
  throw new DamagedTar(at === 0 ? 'it is too short' : 'it is cut off');
}

function parseHeader(header: Buffer, start: number): TarEntry {
  if (readText(header, headerFields.magic).slice(0, 5) !== 'ustar') {
    throw new DamagedTar(start === blockBytes ? 'it is no backup' : 'a header in it is damaged');
  }
  if (readOctal(header, headerFields.checksum) !== checksumOf(header)) {
    throw new DamagedTar('a header in it is damaged');
  }
  return {
    name: readText(header, headerFields.name),
    start,
    size: readOctal(header, headerFields.size),
  };
}

async function readBlock(handle: FileHandle, at: number, bytes: number): Promise<Buffer> {
  const block = Buffer.alloc(bytes);
  const { bytesRead } = await handle.read(block, 0, bytes, at);
  return block.subarray(0, bytesRead);
}

function isEmpty(block: Buffer): boolean {
  return block.every((byte) => byte === 0);
}

function readText(header: Buffer, [at, width]: readonly [number, number]): string {
  return header.toString('latin1', at, at + width).replace(/\0.*$/s, '');
}

function readOctal(header: Buffer, field: readonly [number, number]): number {
  return Number.parseInt(readText(header, field).trim(), 8);
}
