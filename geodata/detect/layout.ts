import { RecordSplitter, type CsvRecords } from '../readers/csv/record-splitter.js';

/** How separated text is laid out. */
export type TextLayout = {
  readonly separator: string;
  readonly quote: string;
  /** Line that names the columns, from 1; titles may stand above it. */
  readonly headerLine: number;
};

export type GivenLayout = {
  readonly separator?: string | undefined;
  readonly quote?: string | undefined;
  readonly headerLine?: number | undefined;
};

const separators = [',', ';', '\t', '|'] as const;

/** Records looked at for the layout. */
const sampleRecords = 200;

/** Separator, quote and header line of a text from its beginning; what is given is not questioned. */
export function detectLayout(text: string, given: GivenLayout = {}): TextLayout {
  const quote = given.quote ?? quoteOf(text);
  const tried = given.separator === undefined ? separators : [given.separator];
  const split = tried.map((separator) => ({
    separator,
    ...evidenceOf(recordsOf(text, separator, quote)),
  }));
  const best = Math.max(...split.map(({ score }) => score));
  const found = split.find(({ score }) => score === best);
  const separator = given.separator ?? (best <= 0 ? ',' : (found?.separator ?? ','));
  return { separator, quote, headerLine: given.headerLine ?? found?.headerLine ?? 1 };
}

/** The separator of a header line; a comma where it has none. */
export function separatorOf(header: string): string {
  return detectLayout(header).separator;
}

/** A single quote only where fields stand in such quotes and in no double ones. */
function quoteOf(text: string): string {
  const single = text.match(/(^|[,;\t|\n])'[^'\n]*'(?=[,;\t|\r\n]|$)/g)?.length ?? 0;
  return single > 1 && !/(^|[,;\t|\n])"/.test(text) ? "'" : '"';
}

function recordsOf(text: string, separator: string, quote: string): CsvRecords {
  try {
    const splitter = new RecordSplitter({ separator, quote });
    const found = splitter.split(text.endsWith('\n') ? text : `${text}\n`);
    return {
      lines: found.lines.slice(0, sampleRecords),
      records: found.records.slice(0, sampleRecords),
    };
  } catch {
    return { lines: [], records: [] };
  }
}

type Evidence = { readonly score: number; readonly headerLine: number };

/** How well the records fit one header: most of them with as many fields as it. */
function evidenceOf({ lines, records }: CsvRecords): Evidence {
  const first = records[0];
  if (first === undefined) return { score: 0, headerLine: 1 };
  const header = headerIndex(records);
  const width = records[header]?.length ?? 1;
  const below = records.slice(header + 1);
  const fitting = below.filter((record) => record.length === width).length;
  const share = below.length === 0 ? 1 : fitting / below.length;
  return { score: share * (1 - 1 / width), headerLine: lines[header] ?? 1 };
}

/**
 * Index of the record that names the columns. Records above it are titles: they have few filled fields,
 * where the header has as many as the data below and none of them is a number.
 */
export function headerIndex(records: readonly (readonly string[])[]): number {
  const first = records[0] ?? [];
  const width = usualWidth(records);
  if (width < 2 || !isTitle(first, width)) return 0;
  const found = records
    .slice(0, 25)
    .findIndex((record) => record.length === width && isHeader(record));
  return Math.max(0, found);
}

function usualWidth(records: readonly (readonly string[])[]): number {
  const counts = new Map<number, number>();
  for (const { length } of records) counts.set(length, (counts.get(length) ?? 0) + 1);
  const most = Math.max(...counts.values());
  return [...counts].find(([, count]) => count === most)?.[0] ?? 1;
}

function isTitle(record: readonly string[], width: number): boolean {
  const filled = record.filter((field) => field !== '').length;
  return filled <= Math.max(1, Math.floor(width / 3)) && (record.length < width || filled <= 1);
}

function isHeader(record: readonly string[]): boolean {
  const filled = record.filter((field) => field !== '');
  const isUnique = new Set(filled).size === filled.length;
  const hasNumber = filled.some((field) => /^[-+]?[\d.,\s]+$/.test(field));
  return isUnique && !hasNumber && filled.length * 5 >= record.length * 3;
}
