import iconv from 'iconv-lite';
import type { ByteSource } from '../byte-source.js';

/** A column of a dBASE table. */
export type DbfField = {
  readonly name: string;
  /** Letter of dBASE: C text, N and F numbers, L boolean, D date, and rarer ones. */
  readonly type: string;
  readonly length: number;
};

export type DbfHeader = {
  readonly fields: readonly DbfField[];
  readonly records: number;
  readonly recordLength: number;
  /** Byte that names the character set; 0 where it does not. */
  readonly language: number;
};

/** Reads the header; the source then stands at the first record. */
export async function readDbfHeader(source: ByteSource, encoding: string): Promise<DbfHeader> {
  const head = viewOf(await source.read(32));
  if (head.byteLength < 32) throw new Error('the table (.dbf) is cut off');
  const headerLength = head.getUint16(8, true);
  const body = await source.read(Math.max(0, headerLength - 32));
  const fields: DbfField[] = [];
  for (let at = 0; at + 32 <= body.length && body[at] !== 0x0d; at += 32) {
    fields.push(toField(body.subarray(at, at + 32), encoding));
  }
  const recordLength = head.getUint16(10, true);
  const needed = fields.reduce((sum, { length }) => sum + length, 1);
  if (recordLength < needed) throw new Error('the header of the table (.dbf) is damaged');
  return {
    fields: uniquelyNamed(fields),
    records: head.getUint32(4, true),
    recordLength,
    language: head.getUint8(29),
  };
}

function toField(bytes: Uint8Array, encoding: string): DbfField {
  const end = bytes.subarray(0, 11).indexOf(0);
  const name = iconv.decode(Buffer.from(bytes.subarray(0, end < 0 ? 11 : end)), encoding).trim();
  const type = String.fromCharCode(bytes[11] as number);
  // Text may be longer than a byte can say: the decimals are then the high byte.
  const high = type === 'C' ? (bytes[17] as number) * 256 : 0;
  return { name, type, length: (bytes[16] as number) + high };
}

/** Names are cut to ten characters, which can make two of them equal. */
function uniquelyNamed(fields: readonly DbfField[]): readonly DbfField[] {
  const seen = new Map<string, number>();
  return fields.map((field) => {
    const count = (seen.get(field.name) ?? 0) + 1;
    seen.set(field.name, count);
    return count === 1 ? field : { ...field, name: `${field.name}_${count}` };
  });
}

/** Values of a record; undefined at the end of the table. A record that is marked as deleted is null. */
export async function readDbfRecord(
  source: ByteSource,
  { fields, recordLength }: DbfHeader,
  encoding: string,
): Promise<Record<string, unknown> | null | undefined> {
  const bytes = source.has(recordLength)
    ? source.take(recordLength)
    : await source.read(recordLength);
  if (bytes.length < recordLength || bytes[0] === 0x1a) return undefined;
  if (bytes[0] === 0x2a) return null;
  const values: Record<string, unknown> = {};
  let at = 1;
  for (const field of fields) {
    const part = bytes.subarray(at, (at += field.length));
    values[field.name] = valueOf(part, field.type, encoding);
  }
  return values;
}

function valueOf(bytes: Uint8Array, type: string, encoding: string): unknown {
  const view = viewOf(bytes);
  if (type === 'I' && bytes.length === 4) return view.getInt32(0, true);
  if (type === 'O' && bytes.length === 8) return view.getFloat64(0, true);
  const text = decode(bytes, encoding);
  if (text === '' || /^\*+$/.test(text)) return null;
  switch (type) {
    case 'N':
    case 'F':
      return numberOf(text);
    case 'L':
      return /^[yt]$/i.test(text) ? true : /^[nf]$/i.test(text) ? false : null;
    case 'D':
      return /^\d{8}$/.test(text)
        ? `${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6)}`
        : null;
    default:
      return text;
  }
}

/** Numbers wider than a double holds stay text, so that long codes keep their last digits. */
function numberOf(text: string): number | string | null {
  const value = Number(text.replace(',', '.'));
  if (!Number.isFinite(value)) return null;
  return Number.isInteger(value) && !Number.isSafeInteger(value) ? text : value;
}

/** Text of a field, without the blanks or zeros that fill it up. */
function decode(bytes: Uint8Array, encoding: string): string {
  let end = bytes.indexOf(0);
  if (end < 0) end = bytes.length;
  while (end > 0 && bytes[end - 1] === 0x20) end -= 1;
  let from = 0;
  while (from < end && bytes[from] === 0x20) from += 1;
  if (from === end) return '';
  return iconv.decode(Buffer.from(bytes.buffer, bytes.byteOffset + from, end - from), encoding);
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
