/**
 * The process that decodes a Parquet file: `node decode.mjs FILE`. Writes frames to its standard output, each
 * its length as four bytes and a value as `v8.serialize` writes it: first `{ header }`, then `{ first, columns }`
 * with the values of some rows column by column, at last `{ done: true }`; or `{ error }` with a message.
 *
 * A process of its own, and plain JavaScript so that it starts at once: what a file says of its levels, runs
 * and lengths is followed by the decoder without measure, and there is no other way to end it or to keep the
 * memory it asks for from everyone else.
 */
import { once } from 'node:events';
import os from 'node:os';
import { serialize } from 'node:v8';
import { Worker } from 'node:worker_threads';
import { asyncBufferFromFile, parquetMetadataAsync, parquetReadObjects } from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import { assertPages, assertRows } from './check-pages.mjs';

/** Rows that are decoded at once, within a row group, and rows of a frame. */
const batchRows = 65_536;
const frameRows = 8192;

const mostBytes = Math.min(3 * 2 ** 30, os.totalmem() / 2);

/** Processor time that a step may take: so much at least, and what its bytes and values take at this pace. */
const usualMs = 3000;
const bytesPerMs = 2000;
const valuesPerMs = 1000;

/** How many times its own size a chunk may unpack to before the rest is no reason for more time. */
const usualRatio = 100;

/** Geometry stays bytes: it is decoded with the checks that a file from outside needs. */
const parsers = {
  geometryFromBytes: (bytes) => bytes,
  geographyFromBytes: (bytes) => bytes,
  dateFromDays: (days) => new Date(days * 86_400_000).toISOString().slice(0, 10),
};

/** [number of the step, its processor time in milliseconds], read by the watch. */
const state = new Int32Array(new SharedArrayBuffer(8));

function startStep(bytes, values = 0) {
  Atomics.store(state, 1, Math.round(usualMs + bytes / bytesPerMs + values / valuesPerMs));
  Atomics.add(state, 0, 1);
}

async function send(value) {
  const body = serialize(value);
  const length = Buffer.alloc(4);
  length.writeUInt32LE(body.length);
  process.stdout.write(length);
  if (!process.stdout.write(body)) await once(process.stdout, 'drain');
}

async function decode(path) {
  const file = await asyncBufferFromFile(path);
  startStep(file.byteLength);
  const metadata = await parquetMetadataAsync(file, { parsers });
  assertRows(file, metadata);
  const schema = metadata.schema.map(({ name, logical_type }) => ({ name, logical_type }));
  const geo = metadata.key_value_metadata?.find(({ key }) => key === 'geo')?.value;
  await send({ header: { rows: Number(metadata.num_rows), geo, schema } });
  let first = 0;
  for (const group of metadata.row_groups) {
    const end = first + Number(group.num_rows);
    startStep(file.byteLength);
    await assertPages(file, group);
    for (let from = first; from < end; from += batchRows) {
      const rowEnd = Math.min(end, from + batchRows);
      startStep(bytesOf(group), (rowEnd - from) * group.columns.length);
      const range = { file, metadata, compressors, parsers, rowStart: from, rowEnd };
      await sendRows(from, await parquetReadObjects(range));
    }
    first = end;
  }
  await send({ done: true });
}

function bytesOf(group) {
  return group.columns.reduce((sum, { meta_data: chunk }) => {
    const packed = Number(chunk.total_compressed_size) * usualRatio;
    return sum + Math.min(Number(chunk.total_uncompressed_size), packed);
  }, 0);
}

async function sendRows(from, rows) {
  const names = Object.keys(rows[0] ?? {});
  for (let at = 0; at < rows.length; at += frameRows) {
    const some = rows.slice(at, at + frameRows);
    const columns = names.map((name) => ({ name, values: some.map((row) => row[name]) }));
    await send({ first: from + at, count: some.length, columns });
  }
}

startStep(0);
new Worker(new URL('./watch.mjs', import.meta.url), { workerData: { state, mostBytes } }).unref();
await decode(process.argv[2]).catch((error) => send({ error: error.message }));
