import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import type { EngineKind } from '../../server/db/database.js';
import type { ProjectTable } from './backup-tables.js';

const batchRows = 5000;
const batchCharacters = 4_000_000;

/** Puts the COPY text of a part into a table, in the client's transaction. */
export type RowWriter = (
  client: pg.PoolClient,
  table: ProjectTable,
  text: Readable,
) => Promise<void>;

/** COPY on PostgreSQL, batches of arrays on the embedded engine, whose socket cannot take COPY. */
export function rowWriterFor(engine: EngineKind): RowWriter {
  return engine === 'postgres' ? copyIn : insertInBatches;
}

async function copyIn(client: pg.PoolClient, table: ProjectTable, text: Readable): Promise<void> {
  await pipeline(text, client.query(copyFrom(`COPY ${table.name} (${listOf(table)}) FROM STDIN`)));
}

async function insertInBatches(
  client: pg.PoolClient,
  table: ProjectTable,
  text: Readable,
): Promise<void> {
  const casts = table.columns.map((column, index) => `s."${column}"::${table.types[index]}`);
  const arrays = table.columns.map((_, index) => `$${index + 1}::text[]`);
  const statement = `INSERT INTO ${table.name} (${listOf(table)}) OVERRIDING SYSTEM VALUE
    SELECT ${casts.join(', ')} FROM unnest(${arrays.join(', ')}) AS s(${listOf(table)})`;
  const emptyBatch = () => table.columns.map((): (string | null)[] => []);
  let batch = emptyBatch();
  let characters = 0;
  const send = async () => {
    if (batch[0]!.length > 0) await client.query(statement, batch);
    batch = emptyBatch();
    characters = 0;
  };
  for await (const line of linesOf(text)) {
    parseCopyLine(line).forEach((value, index) => batch[index]!.push(value));
    characters += line.length;
    if (batch[0]!.length >= batchRows || characters >= batchCharacters) await send();
  }
  await send();
}

function listOf({ columns }: ProjectTable): string {
  return columns.map((column) => `"${column}"`).join(', ');
}

async function* linesOf(text: Readable): AsyncGenerator<string> {
  let rest = '';
  text.setEncoding('utf8');
  for await (const chunk of text) {
    const lines = (rest + (chunk as string)).split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
  }
}

const escaped: Readonly<Record<string, string>> = {
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};

/** Values of one line of COPY's text format; \N is null. */
export function parseCopyLine(line: string): (string | null)[] {
  return line.split('\t').map((field) => {
    if (field === '\\N') return null;
    if (!field.includes('\\')) return field;
    return field.replace(/\\(.)/gs, (_, letter: string) => escaped[letter] ?? letter);
  });
}
