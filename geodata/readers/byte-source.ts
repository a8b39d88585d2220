/**
 * Reads a stream in pieces of a wished length. No piece may be longer than what the file can still hold, so
 * that a length which a damaged file names is never allocated.
 */
export class ByteSource {
  readonly #chunks: AsyncIterator<Uint8Array>;
  readonly #close: () => void;
  readonly #longest: number;
  #chunk: Uint8Array = new Uint8Array(0);
  #at = 0;
  #offset = 0;

  /**
   * @param longest the longest piece that may be asked for, in bytes
   */
  constructor(stream: AsyncIterable<Uint8Array> & { destroy?: () => unknown }, longest: number) {
    this.#chunks = stream[Symbol.asyncIterator]();
    this.#close = () => stream.destroy?.();
    this.#longest = longest;
  }

  /** Bytes read so far. */
  get offset(): number {
    return this.#offset;
  }

  /** Whether the bytes of the next piece are here already, so that `take` can be used. */
  has(length: number): boolean {
    return this.#chunk.length - this.#at >= length;
  }

  /** The next bytes, which `has` said are here. */
  take(length: number): Uint8Array {
    this.#offset += length;
    return this.#chunk.subarray(this.#at, (this.#at += length));
  }

  /** The next bytes; fewer at the end of the stream, none beyond it. */
  async read(length: number): Promise<Uint8Array> {
    if (length > this.#longest || length < 0) {
      throw new Error(`it says that ${length} bytes follow, which cannot be`);
    }
    if (this.has(length)) return this.take(length);
    const parts: Uint8Array[] = [];
    let found = 0;
    while (found < length && (await this.#fill())) {
      const part = this.take(Math.min(length - found, this.#chunk.length - this.#at));
      parts.push(part);
      found += part.length;
    }
    return Buffer.concat(parts);
  }

  /** Passes over bytes without keeping them. */
  async skip(length: number): Promise<void> {
    let left = length;
    while (left > 0 && (await this.#fill())) {
      left -= this.take(Math.min(left, this.#chunk.length - this.#at)).length;
    }
  }

  close(): void {
    this.#close();
  }

  async #fill(): Promise<boolean> {
    while (this.#at >= this.#chunk.length) {
      const { done, value } = await this.#chunks.next();
      if (done) return false;
      this.#chunk = value;
      this.#at = 0;
    }
    return true;
  }
}
