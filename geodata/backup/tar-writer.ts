import type { FileHandle } from 'node:fs/promises';

/** Tar files consist of blocks of this size. */
export const blockBytes = 512;

/** Offsets and widths of the fields of a header that are used here (POSIX.1-1988, ustar). */
export const headerFields = {
  name: [0, 100],
  mode: [100, 8],
  uid: [108, 8],
  gid: [116, 8],
  size: [124, 12],
  mtime: [136, 12],
  checksum: [148, 8],
  type: [156, 1],
  magic: [257, 8],
} as const satisfies Record<string, readonly [number, number]>;

/** Writes a tar file (POSIX ustar) of small files, one after the other; any tar program reads it. */
export class TarWriter {
  readonly #handle: FileHandle;
  readonly #mtimeSeconds: number;
  #bytes = 0;

  constructor(handle: FileHandle, createdAt: Date) {
    this.#handle = handle;
    this.#mtimeSeconds = Math.floor(createdAt.getTime() / 1000);
  }

  /** Bytes written so far. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Appends a file; its name has at most 100 ASCII characters. */
  async add(name: string, content: Buffer): Promise<void> {
    const padding = (blockBytes - (content.length % blockBytes)) % blockBytes;
    await this.#write(headerOf(name, content.length, this.#mtimeSeconds));
    await this.#write(content);
    await this.#write(Buffer.alloc(padding));
  }

  /** Writes the two empty blocks that end a tar file and has everything on disk. */
  async finish(): Promise<void> {
    await this.#write(Buffer.alloc(2 * blockBytes));
    await this.#handle.sync();
  }

  async #write(data: Buffer): Promise<void> {
    let written = 0;
    while (written < data.length) {
      const result = await this.#handle.write(data, written, data.length - written);
      written += result.bytesWritten;
    }
    this.#bytes += data.length;
  }
}

function headerOf(name: string, size: number, mtimeSeconds: number): Buffer {
  if (!/^[\x21-\x7e]{1,100}$/.test(name)) throw new Error(`Not a name for a tar file: ${name}`);
  const header = Buffer.alloc(blockBytes);
  header.write(name, 0, 'latin1');
  writeOctal(header, headerFields.mode, 0o600);
  writeOctal(header, headerFields.uid, 0);
  writeOctal(header, headerFields.gid, 0);
  writeOctal(header, headerFields.size, size);
  writeOctal(header, headerFields.mtime, mtimeSeconds);
  header.write('0', headerFields.type[0], 'latin1');
  header.write('ustar\u000000', headerFields.magic[0], 'latin1');
  writeOctal(header, headerFields.checksum, checksumOf(header));
  return header;
}

/** Sum of the bytes of a header, its checksum field taken as blanks. */
export function checksumOf(header: Buffer): number {
  const [start, width] = headerFields.checksum;
  let sum = 0;
  header.forEach((byte, at) => (sum += at >= start && at < start + width ? 0x20 : byte));
  return sum;
}

function writeOctal(header: Buffer, [at, width]: readonly [number, number], value: number): void {
  header.write(`${value.toString(8).padStart(width - 1, '0')}\0`, at, 'latin1');
}
