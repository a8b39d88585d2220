import { foldText } from '../contract/fold-text.js';

/** Ends each text, so that no search finds what lies across two rows. */
const endOfText = 0;

/**
 * A growing column of folded texts in one run of bytes: what rows are searched and sorted by. It holds no
 * string a row, so a million rows cost what their letters do.
 */
export class KeyColumn {
  #bytes: Buffer = Buffer.alloc(1024);
  /** Where the text of each row starts, and where the next one will. */
  #starts: Uint32Array = new Uint32Array(64);
  #length = 0;

  /** The text of the next row. */
  push(text: string | null): void {
    this.#append(text === null ? Buffer.alloc(0) : Buffer.from(foldText(text)));
  }

  /** The text of the next row, as its bytes in UTF-8. */
  pushBytes(bytes: Buffer, offset: number, length: number): void {
    const start = this.#claim(length);
    for (let i = 0; i < length; i++) {
      const byte = bytes[offset + i]!;
      if (byte > 127) {
        this.pop();
        return this.push(bytes.toString('utf8', offset, offset + length));
      }
      this.#bytes[start + i] = byte >= 65 && byte <= 90 ? byte + 32 : byte;
    }
  }

  /** The text of the next row, as another column holds it. */
  pushFrom(other: KeyColumn, row: number): void {
    this.#append(other.#bytes.subarray(other.#starts[row]!, other.#starts[row + 1]! - 1));
  }

  /** Takes the text of the last row back. */
  pop(): void {
    this.#length--;
  }

  get length(): number {
    return this.#length;
  }

  isEmpty(row: number): boolean {
    return this.#starts[row + 1]! - this.#starts[row]! === 1;
  }

  /** Bytes from the start of a text on, its end included. */
  lengthOf(row: number): number {
    return this.#starts[row + 1]! - this.#starts[row]!;
  }

  /** Four bytes of a text as a number that orders like them; zeros follow its end. */
  wordOf(row: number, at: number): number {
    const start = this.#starts[row]! + at;
    const end = this.#starts[row + 1]!;
    const bytes = this.#bytes;
    if (start + 4 <= end) return bytes.readUInt32BE(start);
    let word = 0;
    for (let i = start; i < start + 4; i++) word = (word << 8) | (i < end ? bytes[i]! : 0);
    return word >>> 0;
  }

  /** Order of the texts of two rows, of this column and another, byte by byte. */
  compare(row: number, other: KeyColumn, otherRow: number): number {
    return this.#bytes.compare(
      other.#bytes,
      other.#starts[otherRow]!,
      other.#starts[otherRow + 1]!,
      this.#starts[row]!,
      this.#starts[row + 1]!,
    );
  }

  /** Calls `visit` with each row whose text holds the word, once a row. */
  search(word: string, visit: (row: number) => void): void {
    const needle = Buffer.from(word);
    const all = this.#bytes.subarray(0, this.#starts[this.#length]);
    for (let at = all.indexOf(needle); at >= 0;) {
      const row = this.#rowAt(at);
      visit(row);
      at = all.indexOf(needle, this.#starts[row + 1]!);
    }
  }

  /** The same texts with rows in another order. */
  reordered(order: Uint32Array): KeyColumn {
    const [from, starts] = [this.#bytes, this.#starts];
    const bytes = Buffer.alloc(starts[this.#length]!);
    const ends = new Uint32Array(order.length + 1);
    let length = 0;
    // Byte by byte: a call that copies costs more than a short text.
    for (let n = 0; n < order.length; n++) {
      const end = starts[order[n]! + 1]!;
      for (let at = starts[order[n]!]!; at < end; at++) bytes[length++] = from[at]!;
      ends[n + 1] = length;
    }
    const column = new KeyColumn();
    column.#bytes = bytes;
    column.#starts = ends;
    column.#length = order.length;
    return column;
  }

  #append(text: Buffer): void {
    const start = this.#claim(text.length);
    text.copy(this.#bytes, start);
  }

  /** Makes room for the next text and answers where it starts. */
  #claim(length: number): number {
    const start = this.#starts[this.#length]!;
    const end = start + length + 1;
    if (end > this.#bytes.length) this.#grow(end);
    if (this.#length + 2 > this.#starts.length) {
      const starts = new Uint32Array(this.#starts.length * 2);
      starts.set(this.#starts);
      this.#starts = starts;
    }
    this.#bytes[end - 1] = endOfText;
    this.#starts[++this.#length] = end;
    return start;
  }

  #grow(needed: number): void {
    const bytes = Buffer.alloc(Math.max(needed, this.#bytes.length * 2));
    this.#bytes.copy(bytes);
    this.#bytes = bytes;
  }

  #rowAt(position: number): number {
    let low = 0;
    let high = this.#length;
    while (high - low > 1) {
      const middle = (low + high) >>> 1;
      if (this.#starts[middle]! <= position) low = middle;
      else high = middle;
    }
    return low;
  }
}
