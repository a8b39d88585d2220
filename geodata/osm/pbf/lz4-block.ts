/**
 * The content of an LZ4 block (lz4.org, "LZ4 Block Format Description"), as libosmium writes it.
 *
 * Throws an Error where the block is broken or holds more than `size` bytes. The decoder of
 * hyparquet-compressors goes on past the size given, so that a hostile block could keep it busy for minutes.
 */
export function decompressLz4(input: Uint8Array, size: number): Buffer {
  const output = Buffer.alloc(size);
  let from = 0;
  let to = 0;
  const next = (): number => input[from++] ?? broken();
  const length = (short: number): number => {
    if (short < 15) return short;
    let sum = short;
    for (let byte = 255; byte === 255; sum += byte) byte = next();
    return sum;
  };
  while (from < input.length) {
    const token = next();
    const literals = length(token >> 4);
    if (from + literals > input.length || to + literals > size) broken();
    output.set(input.subarray(from, from + literals), to);
    from += literals;
    to += literals;
    if (from === input.length) break;
    const offset = next() | (next() << 8);
    const matched = length(token & 15) + 4;
    if (offset === 0 || offset > to || to + matched > size) broken();
    for (let stop = to + matched; to < stop; to += 1) output[to] = output[to - offset] ?? 0;
  }
  return to === size ? output : broken();
}

function broken(): never {
  throw new Error('a block is broken');
}
