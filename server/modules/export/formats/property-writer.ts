import { ColumnType } from 'flatgeobuf/lib/mjs/flat-geobuf/column-type.js';

/** Longest UTF-8 form of one UTF-16 code unit. */
const BYTES_A_UNIT = 3;

/**
 * The properties of FlatGeobuf features: for each value its column number, then the value (text with its length
 * in front), little-endian; a null is left out. The bytes answered hold until the next call.
 */
export class PropertyWriter<Value extends string | number | null> {
  readonly #types: readonly ColumnType[];
  readonly #encoder = new TextEncoder();
  #bytes = new Uint8Array(4096);
  #view = new DataView(this.#bytes.buffer);
  #at = 0;

  constructor(types: readonly ColumnType[]) {
    this.#types = types;
  }

  write(values: readonly Value[]): Uint8Array {
    this.#at = 0;
    values.forEach((value, index) => {
      if (value !== null) this.#writeValue(index, value);
    });
    return this.#bytes.subarray(0, this.#at);
  }

  #writeValue(index: number, value: string | number): void {
    this.#reserve(16 + (typeof value === 'string' ? value.length * BYTES_A_UNIT : 0));
    this.#view.setUint16(this.#at, index, true);
    this.#at += 2;
    if (typeof value === 'string') return this.#writeText(value);
    if (this.#types[index] === ColumnType.Long) {
      this.#view.setBigInt64(this.#at, BigInt(value), true);
    } else {
      this.#view.setFloat64(this.#at, value, true);
    }
    this.#at += 8;
  }

  #writeText(text: string): void {
    const { written } = this.#encoder.encodeInto(text, this.#bytes.subarray(this.#at + 4));
    this.#view.setUint32(this.#at, written, true);
    this.#at += 4 + written;
  }

  #reserve(size: number): void {
    if (this.#at + size <= this.#bytes.length) return;
    const larger = new Uint8Array(Math.max(this.#bytes.length * 2, this.#at + size));
    larger.set(this.#bytes);
    this.#bytes = larger;
    this.#view = new DataView(larger.buffer);
  }
}
