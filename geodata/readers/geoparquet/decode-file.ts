import { spawn } from 'node:child_process';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { deserialize } from 'node:v8';
import type { ParquetHeader } from './geo-column.js';

/** Some rows of a file, column by column. */
export type ParquetRows = {
  /** Number of the first row, from 0. */
  readonly first: number;
  readonly count: number;
  readonly columns: readonly { readonly name: string; readonly values: readonly unknown[] }[];
};

type Frame =
  | { readonly header: ParquetHeader }
  | { readonly error: string }
  | { readonly done: true }
  | ParquetRows;

const script = fileURLToPath(new URL('./decode.mjs', import.meta.url));

/** Heap of the process that decodes, in megabytes; with buffers it may take more, see decode.mjs. */
const heapMegabytes = 2048;

/**
 * Decodes a Parquet file in a process of its own, which is ended where the caller stops: no file can hang or
 * fill this process. Gives the header first, then the rows in order.
 *
 * @throws Error with a reason where the file is damaged, or takes memory or time beyond measure
 */
export async function* decodeFile(
  path: string,
  signal?: AbortSignal,
): AsyncGenerator<ParquetHeader | ParquetRows> {
  const child = spawn(process.execPath, [`--max-old-space-size=${heapMegabytes}`, script, path], {
    env: { ...process.env, NODE_OPTIONS: '' },
    stdio: ['ignore', 'pipe', 'ignore'],
    windowsHide: true,
  });
  const end = () => child.kill('SIGKILL');
  child.once('error', (error) => child.stdout.destroy(error));
  signal?.addEventListener('abort', end, { once: true });
  try {
    for await (const body of frames(child.stdout)) {
      const frame = deserialize(body) as Frame;
      if ('done' in frame) return;
      if ('error' in frame) throw new Error(frame.error);
      yield 'header' in frame ? frame.header : frame;
    }
    signal?.throwIfAborted();
    throw new Error(
      'it is damaged, or its row groups are too large: reading it takes memory or time beyond measure',
    );
  } finally {
    signal?.removeEventListener('abort', end);
    end();
  }
}

/** The frames of a stream without their lengths; what is cut off at the end is left out. */
async function* frames(stream: Readable): AsyncGenerator<Buffer> {
  let chunks: Buffer[] = [];
  let held = 0;
  let needed = 4;
  let isBody = false;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    held += chunk.length;
    while (held >= needed) {
      const all = Buffer.concat(chunks);
      const part = all.subarray(0, needed);
      const rest = all.subarray(needed);
      [chunks, held] = [[rest], rest.length];
      if (isBody) yield part;
      needed = isBody ? 4 : part.readUInt32LE();
      isBody = !isBody;
    }
  }
}
