import iconv from 'iconv-lite';
import { AppError } from '../../server/errors.js';
import { detectEncoding, encodingOption } from '../detect/encoding.js';
import { detectLayout } from '../detect/layout.js';
import { csvRecords } from './csv/csv-records.js';
import type { CsvRecords } from './csv/record-splitter.js';
import { sampleOf } from './open-file.js';
import { openText } from './open-text.js';
import type { ReadOptions, Reader, SourceDescription, SourceRow } from './source-row.js';

/** Text with separators and a header line, which titles may precede. */
export const csvReader: Reader = {
  name: 'csv',
  title: 'CSV',
  extensions: ['csv', 'tsv', 'txt'],
  fixedColumns: true,
  readsGzip: true,
  describe: describeText,
  async *read(path, options, described) {
    for await (const batch of readBatches(path, options, described)) yield* batch;
  },
  readBatches,
};

type TextDescription = SourceDescription &
  Required<Pick<SourceDescription, 'encoding' | 'separator' | 'quote' | 'headerLine'>>;

/** Finds character set, separator, quote and header line from the first bytes. */
async function describeText(path: string, options: ReadOptions): Promise<TextDescription> {
  const bytes = await sampleOf(path);
  const encoding =
    options.encoding === undefined ? detectEncoding(bytes) : encodingOption(options.encoding);
  return { encoding, ...detectLayout(iconv.decode(bytes, encoding.name), options) };
}

async function* readBatches(
  path: string,
  options: ReadOptions,
  described?: SourceDescription,
): AsyncGenerator<SourceRow[]> {
  const layout = (described as TextDescription | undefined) ?? (await describeText(path, options));
  const { encoding, separator, quote, headerLine } = layout;
  const texts = openText(path, encoding, options);
  let header: readonly string[] | undefined;
  try {
    for await (const batch of csvRecords(texts, { separator, quote })) {
      header ??= headerOf(batch, path, headerLine);
      if (header === undefined) continue;
      const names = header;
      yield batch.records.map((record, n) => toRow(batch.lines[n] ?? 0, names, record));
    }
  } catch (error) {
    options.signal?.throwIfAborted();
    if (error instanceof AppError && error.message.includes(path)) throw error;
    throw new AppError('validation', `${path}: ${(error as Error).message}`);
  }
}

/** Takes the header and what precedes it off the first batch; undefined where only titles are in it. */
function headerOf(
  { lines, records }: CsvRecords,
  path: string,
  headerLine: number,
): readonly string[] | undefined {
  const at = lines.findIndex((line) => line >= headerLine);
  lines.splice(0, at < 0 ? lines.length : at + 1);
  const [header] = records.splice(0, at < 0 ? records.length : at + 1).slice(-1);
  if (at < 0 || header === undefined) return undefined;
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
