import type { Steps } from '../../column-store/breathe.js';
import type { PointRows } from '../../column-store/point-rows.js';
import { fineBits, noneCode, otherCode, positionBits } from '../../contract/account-points.js';

/** How many rows are encoded in a step: some 5 ms. */
const rowsInStep = 65_536;

/** The longest varint of a number below 2^53. */
const longestVarint = 8;

const halfBits = positionBits / 2;
const halfMask = (1 << halfBits) - 1;
const halfCode = 2 ** positionBits;
const coarseShift = 32 - positionBits;
const fineShift = coarseShift - fineBits;
const fineMask = (1 << fineBits) - 1;

/**
 * Positions as the differences of neighbours along the Z-order curve, a varint each: what lies together
 * takes two or three bytes. A row that is gone repeats the position before it.
 */
export function* encodePositions({ table, rows, isGone }: PointRows): Steps<Uint8Array> {
  const bytes = new Uint8Array(rows.length * longestVarint);
  let length = 0;
  let last = 0;
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i]!;
    const code = isGone(row) ? last : curveCode(table.xs[row]!, table.ys[row]!);
    length = writeVarint(bytes, length, code - last);
    last = code;
    if (i % rowsInStep === rowsInStep - 1) yield;
  }
  return bytes.subarray(0, length);
}

/** The bits of each position below those of `encodePositions`, x in the upper half of a byte. */
export function* encodeFine({ table, rows, isGone }: PointRows): Steps<Uint8Array> {
  const bytes = new Uint8Array(rows.length);
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i]!;
    if (i % rowsInStep === rowsInStep - 1) yield;
    if (isGone(row)) continue;
    const x = (table.xs[row]! >>> fineShift) & fineMask;
    const y = (table.ys[row]! >>> fineShift) & fineMask;
    bytes[i] = (x << fineBits) | y;
  }
  return bytes;
}

type EncodedCategory = { readonly bytes: Uint8Array; readonly values: string[] };

/** A code a row, numbered by how often its value occurs among these rows; other values are not named. */
export function* encodeCategory(points: PointRows, column: number): Steps<EncodedCategory> {
  const { table, rows, isGone } = points;
  const { codes } = table.categories[column]!;
  const dictionary = table.dictionaries[column]!;
  const counts = new Uint32Array(dictionary.size);
  for (const row of rows) if (!isGone(row)) counts[codes[row]!]!++;
  yield;
  const byCount = Array.from(counts.keys())
    .filter((code) => code !== 0 && counts[code]! > 0)
    .sort((a, b) => counts[b]! - counts[a]!);
  const named = byCount.slice(0, otherCode - 1);
  const shortCodes = new Uint8Array(dictionary.size).fill(otherCode);
  shortCodes[0] = noneCode;
  named.forEach((code, index) => (shortCodes[code] = index + 1));
  const bytes = new Uint8Array(rows.length);
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i]!;
    bytes[i] = isGone(row) ? noneCode : shortCodes[codes[row]!]!;
    if (i % rowsInStep === rowsInStep - 1) yield;
  }
  return { bytes, values: named.map((code) => String(dictionary.valueOf(code))) };
}

/** Whole numbers, a varint each with the sign in the lowest bit. */
export function* encodeValues(
  { table, rows, isGone }: PointRows,
  column: number,
): Steps<Uint8Array> {
  const values = table.values[column]!;
  const bytes = new Uint8Array(rows.length * longestVarint);
  let length = 0;
  for (let i = 0; i < rows.length; i++) {
    const value = isGone(rows[i]!) ? 0 : values[rows[i]!]!;
    length = writeVarint(bytes, length, value < 0 ? -2 * value - 1 : 2 * value);
    if (i % rowsInStep === rowsInStep - 1) yield;
  }
  return bytes.subarray(0, length);
}

function writeVarint(bytes: Uint8Array, start: number, value: number): number {
  let at = start;
  let rest = value;
  for (; rest > 0x7fffffff; rest = Math.floor(rest / 0x80)) bytes[at++] = (rest % 0x80) | 0x80;
  let small = rest | 0;
  for (; small >= 0x80; small >>>= 7) bytes[at++] = (small & 0x7f) | 0x80;
  bytes[at++] = small;
  return at;
}

/** The place of a world position along the Z-order curve, whose bits take turns from x down. */
function curveCode(worldX: number, worldY: number): number {
  const x = worldX >>> coarseShift;
  const y = worldY >>> coarseShift;
  const high = interleave(x >>> halfBits, y >>> halfBits);
  return high * halfCode + interleave(x & halfMask, y & halfMask);
}

function interleave(x: number, y: number): number {
  return (spread(x) << 1) | spread(y);
}

/** Puts a zero bit between the 12 bits of a number. */
function spread(value: number): number {
  let bits = value;
  bits = (bits | (bits << 8)) & 0x00ff00ff;
  bits = (bits | (bits << 4)) & 0x0f0f0f0f;
  bits = (bits | (bits << 2)) & 0x33333333;
  return (bits | (bits << 1)) & 0x55555555;
}
