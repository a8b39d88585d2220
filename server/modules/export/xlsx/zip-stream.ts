import { Zip, ZipDeflate } from 'fflate';

/** Sizes in a ZIP archive without its 64-bit extension have 32 bits. */
const MAX_PART_BYTES = 0xffff_ffff;

/** Fast rather than small: the text of a sheet shrinks tenfold at any level. */
const LEVEL = 1;

/** A ZIP archive that is written part after part; `take` gives the bytes that are ready. */
export class ZipStream {
  readonly #encoder = new TextEncoder();
  readonly #zip: Zip;
  #ready: Uint8Array[] = [];
  #part: ZipDeflate | undefined;
  #partBytes = 0;

  constructor() {
    this.#zip = new Zip((error, chunk) => {
      if (error) throw error;
      this.#ready.push(chunk);
    });
  }

  /** Begins the next part, after the one before was closed. */
  open(path: string): void {
    this.#part = new ZipDeflate(path, { level: LEVEL });
    this.#partBytes = 0;
    this.#zip.add(this.#part);
  }

  /** Adds text to the part that is open. Throws where the part grows beyond 4 GB. */
  write(text: string): void {
    const bytes = this.#encoder.encode(text);
    this.#partBytes += bytes.length;
    if (this.#partBytes > MAX_PART_BYTES) throw new Error('A sheet cannot hold more than 4 GB.');
    this.#part?.push(bytes, false);
  }

  close(): void {
    this.#part?.push(new Uint8Array(), true);
    this.#part = undefined;
  }

  end(): void {
    this.#zip.end();
  }

  take(): Uint8Array {
    const bytes = Buffer.concat(this.#ready);
    this.#ready = [];
    return bytes;
  }
}
