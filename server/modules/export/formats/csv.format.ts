import { byteOrderMark, toCsv } from '../../../http/csv.js';
import type { AccountExport } from '../account-export.repository.js';
import type { ExportFormat } from '../export-format.js';

/** Comma-separated text in UTF-8, every text cell neutralised; coordinates in columns lon and lat, EPSG:4326. */
export const csvFormat: ExportFormat = {
  name: 'csv',
  contentType: 'text/csv; charset=utf-8',
  write: writeCsv,
};

async function* writeCsv({ columns, pages }: AccountExport): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder();
  yield encoder.encode(byteOrderMark + toCsv([columns.map(({ name }) => name)]));
  for await (const page of pages) yield encoder.encode(toCsv(page));
}
