import { Readable } from 'node:stream';
import type { FastifyReply } from 'fastify';
import { byteOrderMark, toCsv, type CsvValue } from './csv.js';

/**
 * Streams a CSV file to download, a page of rows at a time.
 *
 * An error on the way ends the connection, so that the file cannot be taken for a whole one.
 */
export function sendCsv(
  reply: FastifyReply,
  fileName: string,
  header: readonly string[],
  pages: AsyncIterable<CsvValue[][]>,
): FastifyReply {
  const text = async function* (): AsyncGenerator<string> {
    yield byteOrderMark + toCsv([header]);
    for await (const page of pages) yield toCsv(page);
  };
  return reply
    .type('text/csv; charset=utf-8')
    .header('Content-Disposition', `attachment; filename="${fileName}"`)
    .header('Cache-Control', 'no-store')
    .send(Readable.from(text(), { objectMode: false }));
}
