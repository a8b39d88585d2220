import type { Dictionary } from './dictionary.js';

const fnvPrime = 16777619;
const fnvStart = 2166136261;

/** Finds dictionary codes by the UTF-8 bytes of a value, without making a string of each occurrence. */
export class ByteCodes {
  readonly #dictionary: Dictionary;
  readonly #known: { readonly bytes: Buffer; readonly code: number }[] = [];
  /** Open addressing by hash: the number of an entry of `#known`, from 1; 0 where a slot is free. */
  #slots = new Int32Array(64);

  constructor(dictionary: Dictionary) {
    this.#dictionary = dictionary;
  }

  /** The code of a value that stands in these bytes; it is numbered where it is new. */
  codeOf(bytes: Buffer, offset: number, length: number): number {
    const mask = this.#slots.length - 1;
    for (let slot = hashOf(bytes, offset, length) & mask; ; slot = (slot + 1) & mask) {
      const entry = this.#slots[slot]!;
      if (entry === 0) return this.#add(Buffer.from(bytes.subarray(offset, offset + length)));
      const known = this.#known[entry - 1]!;
      if (isSame(known.bytes, bytes, offset, length)) return known.code;
    }
  }

  #add(bytes: Buffer): number {
    const code = this.#dictionary.add(bytes.toString('utf8'));
    this.#known.push({ bytes, code });
    if (this.#known.length * 2 > this.#slots.length) this.#grow();
    else this.#claimSlot(this.#known.length);
    return code;
  }

  #grow(): void {
    this.#slots = new Int32Array(this.#slots.length * 2);
    for (let entry = 1; entry <= this.#known.length; entry++) this.#claimSlot(entry);
  }

  #claimSlot(entry: number): void {
    const { bytes } = this.#known[entry - 1]!;
    const mask = this.#slots.length - 1;
    let slot = hashOf(bytes, 0, bytes.length) & mask;
    while (this.#slots[slot] !== 0) slot = (slot + 1) & mask;
    this.#slots[slot] = entry;
  }
}

function hashOf(bytes: Buffer, offset: number, length: number): number {
  let hash = fnvStart;
  for (let i = offset; i < offset + length; i++) hash = Math.imul(hash ^ bytes[i]!, fnvPrime);
  return hash ^ (hash >>> 15);
}

function isSame(known: Buffer, bytes: Buffer, offset: number, length: number): boolean {
  if (known.length !== length) return false;
  for (let i = 0; i < length; i++) if (known[i] !== bytes[offset + i]) return false;
  return true;
}
