import { readSheet } from 'read-excel-file/node';
import { AppError } from '../../server/errors.js';
import { headerIndex } from '../detect/layout.js';
import { chooseLayer } from './choose-layer.js';
import { toPlain } from './plain-value.js';
import { beyondMemory } from './read-whole.js';
import type { ReadOptions, Reader, SourceDescription, SourceRow } from './source-row.js';
import { openZip, readEntry, type ZipEntry } from './zip-archive.js';

/** Most bytes of sheets and texts that are read: cells refer to shared texts, so all is in memory. */
const longest = 384 * 2 ** 20;

/** Excel workbooks: one sheet, with typed cells. */
export const xlsxReader: Reader = {
  name: 'xlsx',
  title: 'Excel',
  extensions: ['xlsx'],
  fixedColumns: true,
  readsGzip: false,
  describe,
  read: readXlsx,
};

async function describe(path: string, options: ReadOptions): Promise<SourceDescription> {
  const sheets = await listSheets(path, options);
  const layer = sheetAsked(path, sheets, options);
  return { layers: sheets.map((name) => ({ name })), layer };
}

async function* readXlsx(path: string, options: ReadOptions): AsyncGenerator<SourceRow> {
  const sheet = sheetAsked(path, await listSheets(path, options), options);
  const rows = await cellsOf(path, sheet);
  const first = options.headerLine === undefined ? headerOf(rows) : options.headerLine - 1;
  const header = namesOf(rows[first] ?? [], path);
  for (let index = first + 1; index < rows.length; index++) {
    if (index % 4096 === 0) {
      options.signal?.throwIfAborted();
      options.onFraction?.(index / rows.length);
    }
    const cells = rows[index] ?? [];
    if (cells.every((cell) => cell === null || cell === '')) continue;
    yield { line: index + 1, values: valuesOf(header, cells) };
  }
}

type Cells = readonly unknown[];

async function cellsOf(path: string, sheet: string): Promise<readonly Cells[]> {
  try {
    return (await readSheet(path, sheet, { trim: true })) as readonly Cells[];
  } catch (error) {
    throw new AppError('validation', `${path}: ${(error as Error).message}.`);
  }
}

/** Titles may stand above the header, as in text files. */
function headerOf(rows: readonly Cells[]): number {
  const texts = rows.slice(0, 200).map((cells) => cells.map((cell) => String(cell ?? '').trim()));
  const filled = texts.findIndex((cells) => cells.some((cell) => cell !== ''));
  return Math.max(0, filled) + headerIndex(texts.slice(Math.max(0, filled)));
}

function namesOf(cells: Cells, path: string): readonly string[] {
  const names = cells.map((cell) => String(toPlain(cell) ?? '').trim());
  const twice = names.find((name, index) => name !== '' && names.indexOf(name) !== index);
  if (twice === undefined) return names;
  throw new AppError('validation', `${path}: the header names the column ${twice} twice.`);
}

function valuesOf(header: readonly string[], cells: Cells): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  header.forEach((name, index) => {
    if (name !== '') values[name] = toPlain(cells[index] ?? null);
  });
  return values;
}

/** Without a word of it, the first sheet: people keep their data there and notes behind. */
function sheetAsked(path: string, sheets: readonly string[], options: ReadOptions): string {
  return chooseLayer(path, sheets, options.layer ?? sheets[0]);
}

/** Names of the sheets; refuses a workbook that is damaged or too large for memory. */
async function listSheets(path: string, options: ReadOptions): Promise<readonly string[]> {
  const zip = await openZip(path, options.maxUnpackedBytes);
  try {
    const content = zip.entries.filter(({ name }) => /^xl\/.*\.xml$/i.test(name));
    const bytes = content.reduce((sum, { size }) => sum + size, 0);
    if (bytes > longest) throw beyondMemory(path, longest);
    for (const entry of content) await assertReadable(path, entry);
    const workbook = content.find(({ name }) => /^xl\/workbook\.xml$/i.test(name));
    if (!workbook) throw new AppError('validation', `${path} is not an Excel workbook.`);
    const text = (await readEntry(workbook)).toString('utf8');
    return [...text.matchAll(/<(?:\w+:)?sheet\s[^>]*?\bname="([^"]*)"/g)].map(([, name]) =>
      unescape(name ?? ''),
    );
  } finally {
    zip.close();
  }
}

/** Reads a part through once: it fails where the part is longer than the zip says. */
async function assertReadable(path: string, entry: ZipEntry): Promise<void> {
  try {
    const stream = await entry.open();
    for await (const part of stream) void part;
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw new AppError('validation', `${path}: ${entry.name}: ${(error as Error).message}.`);
  }
}

const entities: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&apos;': "'",
};

function unescape(text: string): string {
  return text.replace(/&(?:amp|lt|gt|quot|apos);/g, (entity) => entities[entity] ?? entity);
}
