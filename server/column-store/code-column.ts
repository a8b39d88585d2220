type Codes = Uint8Array | Uint16Array | Uint32Array;

/** A growing column of dictionary codes that takes one byte a row, and two or four only where needed. */
export class CodeColumn {
  #codes: Codes;
  /** The codes that fit are those below. */
  #limit: number;

  constructor(codes: Codes = new Uint8Array(0)) {
    this.#codes = codes;
    this.#limit = limitOf(codes);
  }

  /** The codes by row; take it again after a `set`, which may replace it. */
  get codes(): Codes {
    return this.#codes;
  }

  set(row: number, code: number): void {
    if (row >= this.#codes.length || code >= this.#limit) this.#widen(row, code);
    this.#codes[row] = code;
  }

  /** The same column with rows in another order. */
  reordered(order: Uint32Array): CodeColumn {
    const target = emptyLike(this.#codes, order.length);
    for (let i = 0; i < order.length; i++) target[i] = this.#codes[order[i]!]!;
    return new CodeColumn(target);
  }

  #widen(row: number, code: number): void {
    const length = row < this.#codes.length ? this.#codes.length : Math.max(64, row * 2);
    const needed = code < 2 ** 8 ? 1 : code < 2 ** 16 ? 2 : 4;
    const bytes = Math.max(needed, this.#codes.BYTES_PER_ELEMENT);
    const wider = ofBytes(bytes, length);
    wider.set(this.#codes);
    this.#codes = wider;
    this.#limit = limitOf(wider);
  }
}

function limitOf(codes: Codes): number {
  return 2 ** (8 * codes.BYTES_PER_ELEMENT);
}

function emptyLike(codes: Codes, length: number): Codes {
  return ofBytes(codes.BYTES_PER_ELEMENT, length);
}

function ofBytes(bytes: number, length: number): Codes {
  if (bytes === 1) return new Uint8Array(length);
  return bytes === 2 ? new Uint16Array(length) : new Uint32Array(length);
}
