import { isUtf8 } from 'node:buffer';
import iconv from 'iconv-lite';
import { completeUtf8 } from '../detect/encoding.js';
import { openFile } from './open-file.js';
import type { FoundEncoding, ReadOptions } from './source-row.js';

/** Set that text without any mark of its own is taken for once it proves not to be UTF-8. */
const fallback = 'windows-1252';

/** Decoded text of a file, piece by piece, without its byte order mark. */
export async function* openText(
  path: string,
  { name, by }: FoundEncoding,
  options: ReadOptions,
): AsyncGenerator<string> {
  const file = await openFile(path, options);
  const bytes = file as AsyncIterable<Buffer>;
  try {
    if (name === 'utf-8' && by === 'content') yield* decodeUtf8(bytes);
    else yield* decode(bytes, name);
  } finally {
    file.destroy();
  }
}

async function* decode(bytes: AsyncIterable<Buffer>, encoding: string): AsyncGenerator<string> {
  const decoder = iconv.getDecoder(encoding);
  for await (const chunk of bytes) {
    const text = decoder.write(chunk);
    if (text !== '') yield text;
  }
  const rest = decoder.end();
  if (rest) yield rest;
}

/**
 * UTF-8, checked chunk by chunk. A file whose first bytes above ASCII come late and are not UTF-8 (one
 * name with an accent, a million lines down) is read on in the Western set, as its beginning was ASCII.
 */
async function* decodeUtf8(bytes: AsyncIterable<Buffer>): AsyncGenerator<string> {
  let rest: Buffer = Buffer.alloc(0);
  let isPlain = true;
  let western: ReturnType<typeof iconv.getDecoder> | undefined;
  for await (const chunk of bytes) {
    if (western) {
      yield western.write(chunk);
      continue;
    }
    const joined = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    const end = completeUtf8(joined);
    const whole = joined.subarray(0, end);
    rest = joined.subarray(end);
    if (isPlain && !isUtf8(whole)) {
      western = iconv.getDecoder(fallback);
      yield western.write(joined);
      continue;
    }
    const text = whole.toString('utf8');
    isPlain &&= text.length === whole.length;
    if (text !== '') yield text;
  }
  const last = western ? western.end() : isPlain ? iconv.decode(rest, fallback) : rest.toString();
  if (last) yield last;
}
