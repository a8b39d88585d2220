import { to as copyTo } from 'pg-copy-streams';
import type { Database } from '../db/database.js';
import { ByteCodes } from './byte-codes.js';
import type { Dictionary } from './dictionary.js';
import type { RowTable } from './row-table.js';

/**
 * A SELECT whose columns are: id (bigint), point (geometry), cell key (bigint), the categories, the values
 * (bigint), the texts and the keys of the schema. Categories are text, or bigint where `numbers` names them.
 */
export type CopySelect = {
  readonly sql: string;
  readonly numbers?: ReadonlySet<string>;
};

const signatureBytes = 11;
const headerBytes = signatureBytes + 8;
const longitudeAt = 9;
const latitudeAt = 17;

/**
 * Appends the rows of a SELECT to a table by COPY in binary format, straight from the bytes of the wire into
 * typed arrays: no object a row. Only on a PostgreSQL of its own, not on the embedded engine.
 */
export async function copyRows(
  database: Database,
  select: CopySelect,
  table: RowTable,
): Promise<void> {
  const client = await database.pool.connect();
  const stream = client.query(copyTo(`COPY (${select.sql}) TO STDOUT (FORMAT binary)`));
  let failure: Error | undefined;
  try {
    const parser = new CopyParser(table, select);
    for await (const chunk of stream as AsyncIterable<Buffer>) parser.take(chunk);
  } catch (error) {
    failure = error as Error;
    throw error;
  } finally {
    client.release(failure);
  }
}

/**
 * Cuts the bytes of COPY into rows and fields (PostgreSQL documentation, COPY, binary format).
 *
 * A row is read as far as its bytes reach; where they end within it, it is read again with the next ones.
 */
class CopyParser {
  readonly #table: RowTable;
  readonly #codes: readonly FieldCodes[];
  #bytes: Buffer = Buffer.alloc(0);
  #offset = 0;
  #isPastHeader = false;

  constructor(table: RowTable, { numbers = new Set() }: CopySelect) {
    this.#table = table;
    this.#codes = table.schema.categories.map((name, column) => {
      const dictionary = table.dictionaries[column]!;
      return numbers.has(name) ? new NumberCodes(dictionary) : new ByteCodes(dictionary);
    });
  }

  take(chunk: Buffer): void {
    const rest = this.#bytes.subarray(this.#offset);
    this.#bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    this.#offset = 0;
    if (!this.#isPastHeader && !this.#passHeader()) return;
    for (;;) {
      const start = this.#offset;
      if (this.#takeRow()) continue;
      this.#offset = start;
      return;
    }
  }

  #passHeader(): boolean {
    if (this.#bytes.length < headerBytes) return false;
    this.#offset = headerBytes + this.#bytes.readInt32BE(signatureBytes + 4);
    this.#isPastHeader = true;
    return true;
  }

  /** Answers false where the row is not all there, or where it is the trailer. */
  #takeRow(): boolean {
    const bytes = this.#bytes;
    if (this.#offset + 2 > bytes.length || bytes[this.#offset] === 255) return false;
    this.#offset += 2;
    const table = this.#table;
    const row = table.claimRow();
    if (this.#takeFields(bytes, row) && this.#offset <= bytes.length) return true;
    table.length--;
    for (const column of table.keys) if (column.length > table.length) column.pop();
    return false;
  }

  #takeFields(bytes: Buffer, row: number): boolean {
    const table = this.#table;
    if (this.#nextLength(bytes) !== 8) return false;
    table.ids[row] = readBigint(bytes, this.#offset);
    this.#offset += 8;
    if (!this.#takePlace(bytes, row)) return false;
    for (let column = 0; column < this.#codes.length; column++) {
      const length = this.#nextLength(bytes);
      if (length === missing) return false;
      const code = length < 0 ? 0 : this.#codes[column]!.codeOf(bytes, this.#offset, length);
      table.categories[column]!.set(row, code);
      if (length > 0) this.#offset += length;
    }
    return this.#takeValues(bytes, row);
  }

  #takePlace(bytes: Buffer, row: number): boolean {
    const pointLength = this.#nextLength(bytes);
    if (pointLength === missing) return false;
    const isPoint = pointLength > 0;
    const lon = isPoint ? bytes.readDoubleLE(this.#offset + longitudeAt) : Number.NaN;
    const lat = isPoint ? bytes.readDoubleLE(this.#offset + latitudeAt) : Number.NaN;
    if (isPoint) this.#offset += pointLength;
    const keyLength = this.#nextLength(bytes);
    if (keyLength === missing) return false;
    const key = keyLength > 0 ? readBigint(bytes, this.#offset) : null;
    if (keyLength > 0) this.#offset += keyLength;
    this.#table.place(row, lon, lat, key);
    return true;
  }

  #takeValues(bytes: Buffer, row: number): boolean {
    const { values, texts } = this.#table;
    for (const column of values) {
      const length = this.#nextLength(bytes);
      if (length === missing) return false;
      column[row] = length < 0 ? 0 : readBigint(bytes, this.#offset);
      if (length > 0) this.#offset += length;
    }
    for (const column of texts) {
      const length = this.#nextLength(bytes);
      if (length === missing) return false;
      const end = this.#offset + Math.max(length, 0);
      column[row] = bytes.toString('utf8', this.#offset, end);
      this.#offset = end;
    }
    for (const column of this.#table.keys) {
      const length = this.#nextLength(bytes);
      if (length === missing) return false;
      column.pushBytes(bytes, this.#offset, Math.max(length, 0));
      this.#offset += Math.max(length, 0);
    }
    return true;
  }

  /** Steps over the length of a field and answers it, -1 for null; `missing` where the bytes end in the field. */
  #nextLength(bytes: Buffer): number {
    const start = this.#offset;
    if (start + 4 > bytes.length) return missing;
    const length = readInt32(bytes, start);
    this.#offset = start + 4;
    return start + 4 + length > bytes.length ? missing : length;
  }
}

const missing = -2;

/** Dictionary codes of numbers that come as bigint. */
class NumberCodes {
  readonly #dictionary: Dictionary;

  constructor(dictionary: Dictionary) {
    this.#dictionary = dictionary;
  }

  codeOf(bytes: Buffer, offset: number): number {
    return this.#dictionary.add(readBigint(bytes, offset));
  }
}

type FieldCodes = ByteCodes | NumberCodes;

/** A bigint as a number; ids, cell keys and sums of money stay below 2^53. */
function readBigint(bytes: Buffer, offset: number): number {
  return readInt32(bytes, offset) * 2 ** 32 + (readInt32(bytes, offset + 4) >>> 0);
}

function readInt32(bytes: Buffer, offset: number): number {
  return (
    (bytes[offset]! << 24) |
    (bytes[offset + 1]! << 16) |
    (bytes[offset + 2]! << 8) |
    bytes[offset + 3]!
  );
}
