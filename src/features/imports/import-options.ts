import type {
  ExaminedUpload,
  ImportKindEntry,
  Reading,
} from '../../../server/contract/import-files.js';

/** The column of a field, or what a recipe says of it beyond a column. */
export type FieldChoice = string | Readonly<Record<string, unknown>>;

/** Everything that is decided about a file before it is loaded. */
export interface ImportSettings {
  readonly kind: string;
  readonly reading: Reading;
  /** By field; a field without a column is not in it. */
  readonly columns: Readonly<Record<string, FieldChoice>>;
  /** Values of the form, as text. */
  readonly form: Readonly<Record<string, string>>;
  readonly decimal: 'auto' | 'point' | 'comma';
  readonly dates: 'auto' | 'dmy' | 'mdy';
  readonly keepsOthers: boolean;
  /** Whether the lines of orders are in a file of their own. */
  readonly hasLinesFile: boolean;
}

/** Fields of the head of an order; the rest are of its lines. */
const headFields = new Set(['external_id', 'account', 'ordered_at', 'status', 'channel']);
const rejectedColumns = ['rejected_line', 'rejected_reason'];

/** Options of the importer, as the server and the command line take them. */
export function toOptions(
  entry: ImportKindEntry,
  settings: ImportSettings,
): Record<string, unknown> {
  const { columns, form, reading, decimal, dates, keepsOthers, hasLinesFile } = settings;
  const fields = entry.fields.filter(({ name }) => columns[name] !== undefined);
  const at = (place: string) =>
    Object.fromEntries(
      fields
        .filter((field) => field.place === place)
        .filter(({ name }) => !hasLinesFile || headFields.has(name))
        .map(({ name }) => [name, columns[name]]),
    );
  const hasMap = entry.fields.some(({ place }) => place === 'map');
  const statistics = at('statistics');
  return {
    ...filled(reading),
    ...fromForm(entry, form),
    ...at('option'),
    ...(Object.keys(statistics).length > 0 ? { statistics } : {}),
    ...(hasMap
      ? {
          map: {
            columns: at('map'),
            decimal,
            dates,
            ...(keepsOthers ? { attributes: 'all' } : {}),
          },
        }
      : {}),
  };
}

/** The settings that options stand for: those of a recipe. */
export function toSettings(
  entry: ImportKindEntry,
  options: Readonly<Record<string, unknown>>,
): Omit<ImportSettings, 'hasLinesFile'> {
  const map = (options['map'] ?? {}) as {
    readonly columns?: Readonly<Record<string, FieldChoice>>;
    readonly decimal?: ImportSettings['decimal'];
    readonly dates?: ImportSettings['dates'];
    readonly attributes?: unknown;
  };
  const statistics = (options['statistics'] ?? {}) as Readonly<Record<string, string>>;
  const named = entry.fields.filter(({ place }) => place === 'option').map(({ name }) => name);
  const columns = {
    ...Object.fromEntries(
      named.filter((name) => name in options).map((name) => [name, options[name]]),
    ),
    ...map.columns,
    ...statistics,
  } as Record<string, FieldChoice>;
  const form = entry.options.filter(({ name }) => name in options && !isReading(name));
  return {
    kind: entry.name,
    reading: filled(Object.fromEntries(readingNames.map((name) => [name, options[name]]))),
    columns,
    form: Object.fromEntries(form.map(({ name, type }) => [name, toText(type, options[name])])),
    decimal: map.decimal ?? 'auto',
    dates: map.dates ?? 'auto',
    keepsOthers: map.attributes !== undefined,
  };
}

export const readingNames = [
  'separator',
  'quote',
  'encoding',
  'headerLine',
  'layer',
  'crs',
  'axes',
  'geometry',
] as const;

/** Whether an option says how the file is read rather than what becomes of it. */
export function isReading(name: string): boolean {
  return readingNames.some((reading) => reading === name);
}

/** Whether a file has the columns of a recipe; those that say why a row was rejected do not count. */
export function fitsColumns(columns: readonly string[], file: ExaminedUpload): boolean {
  const own = columnsOf(file);
  const wanted = columns.filter((name) => !rejectedColumns.includes(name)).sort();
  return own.length === wanted.length && own.every((name, index) => name === wanted[index]);
}

/** The columns of a file in the order of their names, without those that say why a row was rejected. */
export function columnsOf({ columns }: ExaminedUpload): string[] {
  return columns
    .map(({ name }) => name)
    .filter((name) => !rejectedColumns.includes(name))
    .sort();
}

/** Whether the file is one of rejected rows; it is read as it is, whatever its original was like. */
export function isMended({ columns }: ExaminedUpload): boolean {
  return columns.some(({ name }) => name === 'rejected_reason');
}

function filled(reading: Reading): Reading {
  const entries = Object.entries(reading as Readonly<Record<string, unknown>>);
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined && value !== ''));
}

function fromForm(
  { options }: ImportKindEntry,
  form: Readonly<Record<string, string>>,
): Record<string, unknown> {
  const given = options.filter(({ name }) => (form[name] ?? '').trim() !== '');
  return Object.fromEntries(given.map(({ name, type }) => [name, toValue(type, form[name] ?? '')]));
}

function toValue(type: string, text: string): unknown {
  if (type === 'flag') return text === 'true';
  if (type === 'number') return Number(text);
  return type === 'pairs' ? toPairs(text) : text.trim();
}

function toPairs(text: string): Record<string, string> {
  const pairs = text.split('\n').flatMap((line) => {
    const at = line.indexOf('=');
    return at < 1 ? [] : [[line.slice(0, at).trim(), line.slice(at + 1).trim()]];
  });
  return Object.fromEntries(pairs) as Record<string, string>;
}

function toText(type: string, value: unknown): string {
  if (type !== 'pairs' || typeof value !== 'object' || value === null) return String(value);
  return Object.entries(value)
    .map(([name, text]) => `${name}=${String(text)}`)
    .join('\n');
}
