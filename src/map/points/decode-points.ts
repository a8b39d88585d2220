import { fineBits, positionBits } from '../../../server/contract/point-columns.js';

const halfBits = positionBits / 2;
const halfCode = 2 ** positionBits;
const coarseShift = 32 - positionBits;
const fineShift = coarseShift - fineBits;
const fineMask = (1 << fineBits) - 1;
const lengthBytes = 4;

/** The middle of the square that is known of a position. */
const middle = 1 << (coarseShift - 1);

/** For 12 bits of a code along the curve the six of x, shifted by 16, and the six of y. */
const axes = Uint32Array.from({ length: 4096 }, (_, code) => {
  let xy = 0;
  for (let bit = 0; bit < 6; bit += 1) {
    xy |= ((code >>> (2 * bit + 1)) & 1) << (16 + bit);
    xy |= ((code >>> (2 * bit)) & 1) << bit;
  }
  return xy;
});

/** A body of JSON header and bytes, as the points come from the server. */
export interface Framed<Header> {
  readonly header: Header;
  readonly payload: Uint8Array;
}

/** Takes a body apart; the payload is a view of it. */
export function unframe<Header>(body: ArrayBuffer): Framed<Header> {
  const length = new DataView(body).getUint32(0, true);
  const text = new TextDecoder().decode(new Uint8Array(body, lengthBytes, length));
  return {
    header: JSON.parse(text) as Header,
    payload: new Uint8Array(body, lengthBytes + length),
  };
}

/**
 * Positions on the world square of 2^32, x and y by turns, in the middle of the square of 2.4 m that
 * is known of each.
 */
export function decodePositions(bytes: Uint8Array, rows: number): Uint32Array<ArrayBuffer> {
  const positions = new Uint32Array(rows * 2);
  let at = 0;
  let low = 0;
  let high = 0;
  let highX = middle;
  let highY = middle;
  for (let row = 0; row < rows; row += 1) {
    let byte = bytes[at++] as number;
    let delta = byte & 0x7f;
    if (byte >= 0x80) {
      byte = bytes[at++] as number;
      delta |= (byte & 0x7f) << 7;
      if (byte >= 0x80) {
        byte = bytes[at++] as number;
        delta |= (byte & 0x7f) << 14;
        if (byte >= 0x80) {
          byte = bytes[at++] as number;
          delta |= (byte & 0x7f) << 21;
        }
      }
    }
    low += delta;
    for (let scale = 2 ** 28; byte >= 0x80; scale *= 128) {
      byte = bytes[at++] as number;
      low += (byte & 0x7f) * scale;
    }
    if (low >= halfCode) {
      // Neighbours seldom leave the square of the upper half of the code.
      const carried = Math.floor(low / halfCode);
      high += carried;
      low -= carried * halfCode;
      const xy = ((axes[high >>> 12] as number) << 6) | (axes[high & 0xfff] as number);
      highX = ((xy >>> 16) << (halfBits + coarseShift)) | middle;
      highY = ((xy & 0xfff) << (halfBits + coarseShift)) | middle;
    }
    const xy = ((axes[low >>> 12] as number) << 6) | (axes[low & 0xfff] as number);
    positions[row * 2] = highX | ((xy >>> 16) << coarseShift);
    positions[row * 2 + 1] = highY | ((xy & 0xfff) << coarseShift);
  }
  return positions;
}

/** Makes positions exact to 15 cm with the bits of the column `fine`. */
export function refinePositions(positions: Uint32Array, fine: Uint8Array): void {
  const coarse = -1 << coarseShift;
  const centre = 1 << (fineShift - 1);
  for (let row = 0; row < fine.length; row += 1) {
    const bits = fine[row] as number;
    const x = ((bits >> fineBits) << fineShift) | centre;
    const y = ((bits & fineMask) << fineShift) | centre;
    positions[row * 2] = ((positions[row * 2] as number) & coarse) | x;
    positions[row * 2 + 1] = ((positions[row * 2 + 1] as number) & coarse) | y;
  }
}

/** Whole numbers with the sign in the lowest bit. */
export function decodeValues(bytes: Uint8Array, rows: number): Float64Array<ArrayBuffer> {
  const values = new Float64Array(rows);
  let at = 0;
  for (let row = 0; row < rows; row += 1) {
    let byte = bytes[at++] as number;
    let folded = byte & 0x7f;
    for (let scale = 128; byte >= 0x80; scale *= 128) {
      byte = bytes[at++] as number;
      folded += (byte & 0x7f) * scale;
    }
    values[row] = folded % 2 === 1 ? -(folded + 1) / 2 : folded / 2;
  }
  return values;
}
