import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { createGunzip } from 'node:zlib';
import { AppError } from '../../server/errors.js';
import { csvRecords } from './csv/csv-records.js';
import type { CsvRecords } from './csv/record-splitter.js';
import { openFile } from './open-file.js';
import type { ReadOptions, Reader, SourceRow } from './source-row.js';

/** Text with separators and a header line. */
export const csvReader: Reader = {
  name: 'csv',
  extensions: ['csv', 'tsv', 'txt'],
  fixedColumns: true,
  async *read(path, options) {
    for await (const batch of readBatches(path, options)) yield* batch;
  },
  readBatches,
};

async function* readBatches(path: string, options: ReadOptions): AsyncGenerator<SourceRow[]> {
  const file = await openFile(path, options);
  const separator = options.separator ?? (await findSeparator(path));
  const texts: AsyncIterable<string> = file.setEncoding(options.encoding ?? 'utf8');
  let header: readonly string[] | undefined;
  try {
    for await (const batch of csvRecords(texts, { separator, quote: options.quote ?? '"' })) {
      header ??= headerOf(batch, path);
      const names = header;
      yield batch.records.map((record, n) => toRow(batch.lines[n] ?? 0, names, record));
    }
  } catch (error) {
    options.signal?.throwIfAborted();
    throw new AppError('validation', `${path}: ${(error as Error).message}`);
  } finally {
    file.destroy();
  }
}

/** Takes the header off the first batch. */
function headerOf({ lines, records }: CsvRecords, path: string): readonly string[] {
  lines.shift();
  const header = records.shift() ?? [];
  const twice = header.find((name, index) => name !== '' && header.indexOf(name) !== index);
  if (twice !== undefined) {
    throw new AppError('validation', `${path}: the header names the column ${twice} twice.`);
  }
  return header;
}

function toRow(line: number, header: readonly string[], record: readonly string[]): SourceRow {
  const values: Record<string, unknown> = {};
  for (let n = 0; n < header.length; n++) {
    const name = header[n]!;
    if (name !== '') values[name] = record[n] ?? '';
  }
  if (record.length === header.length) return { line, values };
  const problem = `has ${record.length} fields where the header names ${header.length}`;
  return { line, values, problem };
}

const separators = [',', ';', '\t', '|'] as const;

/** The separator that the header line holds most often outside quotes; a comma where it holds none. */
async function findSeparator(path: string): Promise<string> {
  const file = createReadStream(path, { end: 256 * 1024 });
  const text = path.endsWith('.gz') ? file.pipe(createGunzip()) : file;
  // The file is cut on purpose, which the unpacker reports as an unexpected end.
  text.on('error', () => undefined);
  const lines = createInterface({ input: text });
  for await (const line of lines) {
    lines.close();
    file.destroy();
    return separatorOf(line);
  }
  return ',';
}

/** The separator of a header line. */
export function separatorOf(header: string): string {
  const outsideQuotes = header.replace(/"[^"]*"/g, '');
  const counts = separators.map((separator) => outsideQuotes.split(separator).length - 1);
  const most = Math.max(...counts);
  return most === 0 ? ',' : (separators[counts.indexOf(most)] ?? ',');
}
