import { RecordSplitter, type CsvFormat, type CsvRecords } from './record-splitter.js';

/**
 * The records of separated text, the header line included, in batches of about what was read at once.
 * Takes decoded text; throws an AppError where a quote is never closed.
 */
export async function* csvRecords(
  texts: AsyncIterable<string>,
  format: CsvFormat,
): AsyncGenerator<CsvRecords> {
  const splitter = new RecordSplitter(format);
  for await (const text of texts) {
    const found = splitter.split(text);
    if (found.lines.length > 0) yield found;
  }
  const left = splitter.split('', true);
  if (left.lines.length > 0) yield left;
}
