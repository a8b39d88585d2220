import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { from as copyFrom } from 'pg-copy-streams';
import type { Database } from '../../server/db/database.js';
import type { BulkLoader, StagingRow, StagingTable } from './bulk-loader.js';
import { inBatches } from '../in-batches.js';

const chunkBytes = 64 * 1024;

/** Loads by COPY FROM STDIN in text format; needs a real PostgreSQL. */
export function copyLoader(database: Database): BulkLoader {
  const loadBatches: BulkLoader['loadBatches'] = async (table, batches, options = {}) => {
    const client = await database.pool.connect();
    let failure: Error | undefined;
    let loaded = 0;
    const onRows = (rows: number) => {
      loaded += rows;
      options.onRows?.(rows);
    };
    try {
      const target = client.query(copyFrom(copyStatement(table)));
      const source = Readable.from(copyChunks(batches, onRows));
      await pipeline(source, target, options.signal ? { signal: options.signal } : {});
      return loaded;
    } catch (error) {
      failure = error as Error;
      throw options.signal?.aborted ? options.signal.reason : error;
    } finally {
      // A connection whose COPY was cut off is not fit for reuse.
      client.release(failure);
    }
  };
  return {
    loadBatches,
    load: (table, rows, options) => loadBatches(table, inBatches(rows), options),
  };
}

function copyStatement(table: StagingTable): string {
  const columns = Object.keys(table.columns).map((column) => `"${column}"`);
  return `COPY ${table.name} (${columns.join(', ')}) FROM STDIN`;
}

async function* copyChunks(
  batches: AsyncIterable<readonly StagingRow[]>,
  onRows: (rows: number) => void,
): AsyncGenerator<Buffer> {
  let text = '';
  for await (const batch of batches) {
    for (const row of batch) {
      text += toCopyLine(row);
      if (text.length < chunkBytes) continue;
      yield Buffer.from(text);
      text = '';
    }
    onRows(batch.length);
  }
  if (text !== '') yield Buffer.from(text);
}

const escapes: Record<string, string> = {
  '\\': '\\\\',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  // PostgreSQL text cannot hold the NUL character.
  '\0': '',
};
const special = /[\\\n\r\t\0]/g;

/** One line of COPY's text format: tab-separated, backslash escapes, \N for null. */
export function toCopyLine(row: StagingRow): string {
  let line = '';
  for (let n = 0; n < row.length; n++) {
    const value = row[n];
    if (n > 0) line += '\t';
    if (value === null || value === undefined) line += '\\N';
    else if (typeof value === 'string') line += escaped(value);
    else line += String(value);
  }
  return `${line}\n`;
}

function escaped(text: string): string {
  return text.search(special) < 0 ? text : text.replace(special, (c) => escapes[c] ?? c);
}
