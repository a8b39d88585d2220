import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { createGunzip } from 'node:zlib';
import { parse, type Info } from 'csv-parse';
import { AppError } from '../../server/errors.js';
import { openFile } from './open-file.js';
import type { ReadOptions, Reader, SourceRow } from './source-row.js';

type CsvRecord = { readonly info: Info; readonly record: readonly string[] };

/** Text with separators and a header line. */
export const csvReader: Reader = {
  name: 'csv',
  extensions: ['csv', 'tsv', 'txt'],
  fixedColumns: true,
  read: readCsv,
};

async function* readCsv(path: string, options: ReadOptions): AsyncGenerator<SourceRow> {
  const file = await openFile(path, options);
  const separator = options.separator ?? (await findSeparator(path));
  const parser = parse({
    bom: true,
    delimiter: separator,
    quote: options.quote ?? '"',
    encoding: options.encoding ?? 'utf8',
    info: true,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    trim: true,
  });
  file.on('error', (error) => parser.destroy(error));
  file.pipe(parser);
  let header: readonly string[] | undefined;
  let previousLine = 0;
  let emptyLines = 0;
  try {
    for await (const { info, record } of parser as AsyncIterable<CsvRecord>) {
      const line = previousLine + 1 + info.empty_lines - emptyLines;
      previousLine = info.lines;
      emptyLines = info.empty_lines;
      if (header === undefined) header = headerOf(record, path);
      else yield toRow(line, header, record);
    }
  } catch (error) {
    options.signal?.throwIfAborted();
    throw new AppError('validation', `${path}: ${(error as Error).message}`);
  } finally {
    file.destroy();
  }
}

function headerOf(record: readonly string[], path: string): readonly string[] {
  const twice = record.find((name, index) => name !== '' && record.indexOf(name) !== index);
  if (twice !== undefined) {
    throw new AppError('validation', `${path}: the header names the column ${twice} twice.`);
  }
  return record;
}

function toRow(line: number, header: readonly string[], record: readonly string[]): SourceRow {
  const values: Record<string, unknown> = {};
  header.forEach((name, index) => {
    if (name !== '') values[name] = record[index] ?? '';
  });
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
