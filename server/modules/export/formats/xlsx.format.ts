import type { AccountExport } from '../account-export.repository.js';
import type { ExportColumn } from '../export-columns.js';
import type { ExportFormat } from '../export-format.js';
import { toHeadRow, toSheetRow } from '../xlsx/sheet-rows.js';
import {
  accountsSheet,
  sheetFoot,
  sheetHead,
  sourcesSheet,
  workbookParts,
} from '../xlsx/workbook-parts.js';
import { ZipStream } from '../xlsx/zip-stream.js';

/** Rows of a sheet, the heading among them (Excel specifications and limits). */
const SHEET_ROWS = 1_048_576;

/**
 * A workbook with the accounts on one sheet and the sources on another; numbers are numbers and days are days.
 * Written as it goes, since a workbook in memory would take a hundred times the size of its file.
 */
export const xlsxFormat: ExportFormat = {
  name: 'xlsx',
  contentType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  maxRows: SHEET_ROWS - 1,
  tooMany: (total) =>
    `The filter holds ${total.toLocaleString('en')} accounts, and a sheet of Excel ends at ` +
    `${SHEET_ROWS.toLocaleString('en')} rows. Narrow the filter, or take CSV or GeoParquet.`,
  write: writeXlsx,
};

async function* writeXlsx(accounts: AccountExport): AsyncGenerator<Uint8Array> {
  const { columns, pages } = accounts;
  const zip = new ZipStream();
  for (const [path, text] of Object.entries(workbookParts)) writePart(zip, path, text);
  writePart(zip, sourcesSheet, toSourcesSheet(accounts));
  zip.open(accountsSheet);
  zip.write(sheetHead(columns.map(widthOf)) + toHeadRow(columns.map(({ name }) => name)));
  const types = columns.map(({ type }) => type);
  let number = 1;
  for await (const page of pages) {
    zip.write(page.map((row) => toSheetRow((number += 1), row, types)).join(''));
    yield zip.take();
  }
  zip.write(sheetFoot);
  zip.close();
  zip.end();
  yield zip.take();
}

function writePart(zip: ZipStream, path: string, text: string): void {
  zip.open(path);
  zip.write(text);
  zip.close();
}

function widthOf({ name, type }: ExportColumn): number {
  if (name === 'name') return 32;
  return type === 'text' ? 18 : 12;
}

function toSourcesSheet({ title, total, sources }: AccountExport): string {
  const lines = sources.map(({ source, licence }) => [source, licence]);
  const rows = [[title, `${total} accounts`], ...lines];
  const body = rows.map((row, index) => toSheetRow(index + 2, row, ['text', 'text']));
  return sheetHead([48, 24]) + toHeadRow(['source', 'licence']) + body.join('') + sheetFoot;
}
