import type { Database } from '../../server/db/database.js';
import type { BulkLoader, StagingRow, StagingTable } from './bulk-loader.js';
import { inBatches } from '../in-batches.js';

const batchRows = 5000;
/** Geometry can be long: a batch is also sent when its text reaches this many characters. */
const batchCharacters = 4_000_000;

/** Loads by INSERT … SELECT FROM unnest(arrays) in batches; works on both engines. */
export function unnestLoader(database: Database): BulkLoader {
  const loadBatches: BulkLoader['loadBatches'] = async (table, batches, options = {}) => {
    const statement = unnestStatement(table);
    const width = Object.keys(table.columns).length;
    let batch = emptyBatch(width);
    let loaded = 0;
    const send = async () => {
      if (batch.rows === 0) return;
      options.signal?.throwIfAborted();
      // A batch travels in many pieces; inside a transaction no other connection of the embedded
      // engine's one session can put a statement of its own between them.
      await database.transaction((client) => client.query(statement, batch.arrays));
      loaded += batch.rows;
      options.onRows?.(batch.rows);
      batch = emptyBatch(width);
    };
    for await (const rows of batches) {
      for (const row of rows) {
        addRow(batch, row);
        if (batch.rows >= batchRows || batch.characters >= batchCharacters) await send();
      }
    }
    options.signal?.throwIfAborted();
    await send();
    return loaded;
  };
  return {
    loadBatches,
    load: (table, rows, options) => loadBatches(table, inBatches(rows), options),
  };
}

type Batch = { rows: number; characters: number; readonly arrays: (string | null)[][] };

function emptyBatch(width: number): Batch {
  return { rows: 0, characters: 0, arrays: Array.from({ length: width }, () => []) };
}

function addRow(batch: Batch, row: StagingRow): void {
  batch.rows += 1;
  batch.arrays.forEach((array, index) => {
    const value = row[index] ?? null;
    const text = value === null ? null : String(value).replaceAll('\0', '');
    batch.characters += text?.length ?? 0;
    array.push(text);
  });
}

function unnestStatement(table: StagingTable): string {
  const columns = Object.entries(table.columns);
  const names = columns.map(([column]) => `"${column}"`).join(', ');
  const casts = columns.map(([column, type]) => `s."${column}"::${type}`).join(', ');
  const arrays = columns.map((_, index) => `$${index + 1}::text[]`).join(', ');
  return `INSERT INTO ${table.name} (${names}) SELECT ${casts} FROM unnest(${arrays}) AS s(${names})`;
}
