/**
 * Reads protocol buffer values one after the other from part of a buffer.
 *
 * Throws an Error where a value runs past the end. Numbers above 2^53 lose precision; OpenStreetMap has none.
 */
export class Cursor {
  readonly bytes: Buffer;
  pos: number;
  readonly end: number;

  constructor(bytes: Buffer, pos = 0, end = bytes.length) {
    if (end > bytes.length || pos > end) throw cutOff();
    this.bytes = bytes;
    this.pos = pos;
    this.end = end;
  }

  get isDone(): boolean {
    return this.pos >= this.end;
  }

  /** An unsigned number; negative ones, written in ten bytes, come out as huge. */
  varint(): number {
    const { bytes, pos } = this;
    const first = bytes[pos] ?? 0;
    if (first < 0x80) return this.#past(pos + 1, first);
    const second = bytes[pos + 1] ?? 0;
    const two = (first & 0x7f) | ((second & 0x7f) << 7);
    if (second < 0x80) return this.#past(pos + 2, two);
    const third = bytes[pos + 2] ?? 0;
    const three = two | ((third & 0x7f) << 14);
    return third < 0x80 ? this.#past(pos + 3, three) : this.#long(pos + 3, three);
  }

  /** A signed number in zigzag form. */
  zigzag(): number {
    const value = this.varint();
    if (value <= 0x7fffffff) return (value >>> 1) ^ -(value & 1);
    return value % 2 === 1 ? -(value + 1) / 2 : value / 2;
  }

  /** A signed number in the plain form, which spends ten bytes on negative ones. */
  int64(): number {
    const start = this.pos;
    const value = this.varint();
    if (value < 2 ** 53) return value;
    let exact = 0n;
    for (let pos = this.pos - 1; pos >= start; pos -= 1) {
      exact = (exact << 7n) | BigInt((this.bytes[pos] ?? 0) & 0x7f);
    }
    return Number(BigInt.asIntN(64, exact));
  }

  /** The part of the buffer that a field of variable length covers; the cursor moves behind it. */
  part(): Cursor {
    const length = this.varint();
    const part = new Cursor(this.bytes, this.pos, this.pos + length);
    if (part.end > this.end) throw cutOff();
    this.pos = part.end;
    return part;
  }

  /** The bytes that a cursor covers, not copied. */
  rest(): Buffer {
    return this.bytes.subarray(this.pos, this.end);
  }

  /** Calls back with the number and wire type of every field; what the callback leaves unread is skipped. */
  fields(read: (field: number, cursor: Cursor) => boolean): void {
    while (this.pos < this.end) {
      const tag = this.varint();
      const wireType = tag & 7;
      if (!isExpected(wireType)) throw new Error(`a field of unknown wire type ${wireType}`);
      if (!read(tag >>> 3, this)) this.#skip(wireType);
    }
  }

  /** The value of a number whose first three bytes are read. */
  #long(start: number, low: number): number {
    let pos = start;
    let value = low;
    let byte = 0x80;
    for (let factor = 2 ** 21; byte > 0x7f; factor *= 128) {
      if (factor > 2 ** 63) throw new Error('a number of more than ten bytes');
      byte = this.bytes[pos] ?? 0;
      value += (byte & 0x7f) * factor;
      pos += 1;
    }
    return this.#past(pos, value);
  }

  #past(pos: number, value: number): number {
    if (pos > this.end) throw cutOff();
    this.pos = pos;
    return value;
  }

  #skip(wireType: number): void {
    if (wireType === 0) this.varint();
    else if (wireType === 2) this.part();
    else this.pos += wireType === 1 ? 8 : 4;
    if (this.pos > this.end) throw cutOff();
  }
}

function isExpected(wireType: number): boolean {
  return wireType === 0 || wireType === 1 || wireType === 2 || wireType === 5;
}

function cutOff(): Error {
  return new Error('a value runs past the end of its block');
}
