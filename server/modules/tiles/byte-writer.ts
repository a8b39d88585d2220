const utf8 = new TextEncoder();

/** Protocol buffer wire types that vector tiles use. */
export const wireVarint = 0;
export const wireDouble = 1;
export const wireBytes = 2;

const longestVarint = 10;

/** Up to so many bytes a loop copies faster than a call does. */
const longestLoop = 64;

/** Bytes that `varint` writes for a whole number from 0. */
export function varintLength(value: number): number {
  if (value < 0x80) return 1;
  if (value < 0x4000) return 2;
  if (value < 0x200000) return 3;
  let length = 4;
  for (let rest = Math.floor(value / 0x10000000); rest > 0; rest = Math.floor(rest / 0x80))
    length++;
  return length;
}

/** Bytes that `zigzag` writes. */
export function zigzagLength(value: number): number {
  return varintLength(folded(value));
}

/** A number with its sign in the lowest bit. */
function folded(value: number): number {
  return ((value << 1) ^ (value >> 31)) >>> 0;
}

/** A growing run of bytes in the protocol buffer encoding. */
export class ByteWriter {
  #bytes: Uint8Array;
  #view: DataView;
  #length = 0;

  constructor(capacity = 1024) {
    this.#bytes = new Uint8Array(capacity);
    this.#view = new DataView(this.#bytes.buffer);
  }

  get length(): number {
    return this.#length;
  }

  /** A copy of what was written. */
  toBytes(): Uint8Array {
    return this.#bytes.slice(0, this.#length);
  }

  clear(): void {
    this.#length = 0;
  }

  /** Takes back what was written beyond a length. */
  truncate(length: number): void {
    this.#length = Math.min(this.#length, length);
  }

  tag(field: number, wireType: number): void {
    this.varint(field * 8 + wireType);
  }

  /** A whole number from 0 to 2^53. */
  varint(value: number): void {
    this.#reserve(longestVarint);
    let rest = value;
    while (rest >= 0x80000000) {
      this.#bytes[this.#length++] = (rest % 0x80) | 0x80;
      rest = Math.floor(rest / 0x80);
    }
    while (rest >= 0x80) {
      this.#bytes[this.#length++] = (rest & 0x7f) | 0x80;
      rest >>>= 7;
    }
    this.#bytes[this.#length++] = rest;
  }

  /** A whole number that fits 31 bits, signs folded in so that small ones stay short. */
  zigzag(value: number): void {
    this.varint(folded(value));
  }

  double(value: number): void {
    this.#reserve(8);
    this.#view.setFloat64(this.#length, value, true);
    this.#length += 8;
  }

  text(field: number, value: string): void {
    const encoded = utf8.encode(value);
    this.tag(field, wireBytes);
    this.varint(encoded.length);
    this.append(encoded);
  }

  /** Another writer's bytes as a field with its length before it. */
  message(field: number, content: ByteWriter): void {
    this.tag(field, wireBytes);
    this.varint(content.length);
    this.#copy(content.#bytes, content.length);
  }

  append(bytes: Uint8Array): void {
    this.#copy(bytes, bytes.length);
  }

  #copy(bytes: Uint8Array, length: number): void {
    this.#reserve(length);
    if (length > longestLoop) {
      this.#bytes.set(length === bytes.length ? bytes : bytes.subarray(0, length), this.#length);
    } else {
      for (let i = 0; i < length; i++) this.#bytes[this.#length + i] = bytes[i]!;
    }
    this.#length += length;
  }

  #reserve(more: number): void {
    if (this.#length + more <= this.#bytes.length) return;
    const bytes = new Uint8Array(Math.max(this.#bytes.length * 2, this.#length + more));
    bytes.set(this.#bytes.subarray(0, this.#length));
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer);
  }
}
