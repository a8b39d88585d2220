import { open, type FileHandle } from 'node:fs/promises';
import { largestBlockBytes } from './blob-content.js';
import { Cursor } from './cursor.js';

export type BlobPlace = {
  /** `OSMHeader`, `OSMData`, or a kind of block that readers have to pass over. */
  readonly type: string;
  readonly message: Buffer;
  /** Where the blob ends in the file. */
  readonly endsAt: number;
};

const largestHeaderBytes = 64 * 1024;
/** Read at once: many blobs of the usual 60 kB. */
const pieceBytes = 1 << 20;

/** The blobs of a PBF file one after the other. Throws an Error where the file is cut off or no PBF. */
export async function* readBlobs(path: string): AsyncGenerator<BlobPlace> {
  const file = await open(path);
  try {
    const source = new FilePieces(file);
    for (;;) {
      const start = await source.take(4, true);
      if (start === undefined) return;
      const headerBytes = start.readUInt32BE(0);
      if (headerBytes === 0 || headerBytes > largestHeaderBytes) {
        throw new Error('it does not begin like one');
      }
      const { type, size } = readHeader(new Cursor(await source.take(headerBytes)));
      if (size <= 0 || size > largestBlockBytes) throw new Error(`a block of ${size} bytes`);
      const message = await source.take(size);
      yield { type, message, endsAt: source.position };
    }
  } finally {
    await file.close();
  }
}

function readHeader(header: Cursor): { type: string; size: number } {
  let type = '';
  let size = 0;
  header.fields((field, cursor) => {
    if (field === 1) type = cursor.part().rest().toString('latin1');
    else if (field === 3) size = cursor.varint();
    else return false;
    return true;
  });
  return { type, size };
}

/** Hands out the bytes of a file in order; what was handed out is never written to again. */
class FilePieces {
  readonly #file: FileHandle;
  #piece = Buffer.alloc(0);
  #used = 0;
  #read = 0;

  constructor(file: FileHandle) {
    this.#file = file;
  }

  /** How far the file was handed out. */
  get position(): number {
    return this.#read - (this.#piece.length - this.#used);
  }

  take(bytes: number, mayEnd: true): Promise<Buffer | undefined>;
  take(bytes: number): Promise<Buffer>;
  async take(bytes: number, mayEnd = false): Promise<Buffer | undefined> {
    if (this.#piece.length - this.#used < bytes) await this.#fill(bytes);
    const left = this.#piece.length - this.#used;
    if (left === 0 && mayEnd) return undefined;
    if (left < bytes) throw new Error('the file is cut off');
    this.#used += bytes;
    return this.#piece.subarray(this.#used - bytes, this.#used);
  }

  async #fill(bytes: number): Promise<void> {
    const rest = this.#piece.subarray(this.#used);
    const piece = Buffer.allocUnsafeSlow(Math.max(bytes, pieceBytes));
    rest.copy(piece);
    let length = rest.length;
    while (length < bytes) {
      const { bytesRead } = await this.#file.read(piece, length, piece.length - length, this.#read);
      if (bytesRead === 0) break;
      length += bytesRead;
      this.#read += bytesRead;
    }
    this.#piece = piece.subarray(0, length);
    this.#used = 0;
  }
}
