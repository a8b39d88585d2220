import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { from as copyFrom } from 'pg-copy-streams';
import type { Database } from '../../server/db/database.js';
import type { BulkLoader, StagingTable, StagingValue } from './bulk-loader.js';

const chunkBytes = 64 * 1024;

/** Loads by COPY FROM STDIN in text format; needs a real PostgreSQL. */
export function copyLoader(database: Database): BulkLoader {
  return {
    async load(table, rows, options = {}) {
      const client = await database.pool.connect();
      let failure: Error | undefined;
      let loaded = 0;
      const onRow = () => {
        loaded += 1;
        options.onRows?.(1);
      };
      try {
        const target = client.query(copyFrom(copyStatement(table)));
        const source = Readable.from(copyChunks(rows, onRow));
        await pipeline(source, target, options.signal ? { signal: options.signal } : {});
        return loaded;
      } catch (error) {
        failure = error as Error;
        throw options.signal?.aborted ? options.signal.reason : error;
      } finally {
        // A connection whose COPY was cut off is not fit for reuse.
        client.release(failure);
      }
    },
  };
}

function copyStatement(table: StagingTable): string {
  const columns = Object.keys(table.columns).map((column) => `"${column}"`);
  return `COPY ${table.name} (${columns.join(', ')}) FROM STDIN`;
}

async function* copyChunks(
  rows: AsyncIterable<readonly StagingValue[]>,
  onRow: () => void,
): AsyncGenerator<Buffer> {
  let text = '';
  for await (const row of rows) {
    text += toCopyLine(row);
    onRow();
    if (text.length < chunkBytes) continue;
    yield Buffer.from(text);
    text = '';
  }
  if (text !== '') yield Buffer.from(text);
}

const escapes: Record<string, string> = {
  '\\': '\\\\',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
};

/** One line of COPY's text format: tab-separated, backslash escapes, \N for null. */
export function toCopyLine(row: readonly StagingValue[]): string {
  const fields = row.map((value) =>
    value === null
      ? '\\N'
      : withoutNul(String(value)).replace(/[\\\n\r\t]/g, (c) => escapes[c] ?? c),
  );
  return `${fields.join('\t')}\n`;
}

/** PostgreSQL text cannot hold the NUL character. */
function withoutNul(text: string): string {
  return text.includes('\0') ? text.replaceAll('\0', '') : text;
}
