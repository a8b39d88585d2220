import { AppError } from '../../server/errors.js';
import type { ValueFormat } from '../detect/column-formats.js';
import { readRows } from '../readers/read-rows.js';
import type { SourceRow } from '../readers/source-row.js';
import { parseDate, parseTimestamp } from '../values/parse-date.js';
import { parseNumber, type DecimalMark, type Parsed } from '../values/parse-number.js';
import { columnNames, columnText } from './column-value.js';
import type { Field, Fields, FieldValue } from './field.js';
import type { FieldMapping, Mapping } from './mapping.js';
import { mappingSchema } from './mapping.js';
import { suggestColumns } from './suggest-columns.js';
import { parseTemplate } from './template.js';

export type FieldProblem = {
  readonly field: string;
  readonly value: string | null;
  readonly reason: string;
  /** The row cannot go in without this field. */
  readonly isFatal: boolean;
};

export type MappedRow = {
  readonly values: Readonly<Record<string, FieldValue>>;
  /** Columns asked for as attributes. */
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly problems: readonly FieldProblem[];
};

export type RowMapper = {
  /** Fields that the mapping fills; others are left as they are in the database. */
  readonly fields: readonly string[];
  /** Field to column, as it was given or suggested; for the report. */
  readonly columns: Readonly<Record<string, string>>;
  readonly hasAttributes: boolean;
  map(row: SourceRow): MappedRow;
};

type PlannedField = {
  readonly field: string;
  readonly source: FieldSource;
  readonly spec: Field;
  readonly parse: (text: string) => Parsed<FieldValue>;
};

const noValue: Parsed<FieldValue> = { ok: true, value: null };

type FieldSource = (values: Readonly<Record<string, unknown>>) => string | null;

/**
 * Makes the mapper for a file from its first row. What the mapping says of numbers and dates holds; what
 * it leaves open goes by the format that was found for the column.
 *
 * @param mapping undefined to go by suggestion alone; fields that a given mapping does not name are left out
 * @throws AppError where a field is not known, a column is not in the file or a required field has none
 */
export async function createRowMapper(
  fields: Fields,
  mapping: Mapping | undefined,
  first: SourceRow,
  formatOf: (column: string) => ValueFormat = () => openFormat,
): Promise<RowMapper> {
  const used = mapping ?? suggestedMapping(fields, first);
  const sources = new Map<string, FieldSource>();
  for (const [field, entry] of Object.entries(used.columns)) {
    if (!(field in fields)) throw new AppError('validation', unknownField(field, fields));
    sources.set(field, await fieldSource(entry));
  }
  for (const [field, { required }] of Object.entries(fields)) {
    if (required && !sources.has(field)) throw new AppError('validation', noColumn(field, first));
  }
  const mapped = usedColumns(used);
  const plan = [...sources].map(([field, source]): PlannedField => {
    const spec = fields[field] as Field;
    const { column, scale = 1 } = used.columns[field] ?? {};
    const format = givenFormat(used, column === undefined ? openFormat : formatOf(column));
    return { field, source, spec, parse: parserOf(spec, format, scale) };
  });
  return {
    fields: [...sources.keys()],
    columns: describeColumns(used),
    hasAttributes: used.attributes !== undefined,
    map: (row) => {
      const values: Record<string, FieldValue> = {};
      const problems: FieldProblem[] = [];
      for (const { field, source, spec, parse } of plan) {
        const text = source(row.values);
        if (spec.type === 'text' && text !== null) {
          values[field] = text;
          continue;
        }
        const parsed = text === null ? noValue : parse(text);
        values[field] = parsed.ok ? parsed.value : null;
        if (parsed.ok && (parsed.value !== null || !spec.required)) continue;
        const reason = parsed.ok ? 'is empty' : parsed.reason;
        problems.push({ field, value: text, reason, isFatal: spec.required === true });
      }
      return { values, attributes: attributesOf(row, used, mapped), problems };
    },
  };
}

/** Where nothing is known of a column: certain numbers only, and the day before the month. */
const openFormat: ValueFormat = { decimal: 'auto', dates: 'dmy', isTyped: false };

function givenFormat({ decimal, dates }: Mapping, found: ValueFormat): ValueFormat {
  return {
    decimal: decimal === 'auto' || found.isTyped ? found.decimal : decimal,
    dates: dates === 'auto' ? found.dates : dates,
    isTyped: found.isTyped,
  };
}

function suggestedMapping(fields: Fields, first: SourceRow): Mapping {
  return mappingSchema.parse({ columns: suggestColumns(fields, first.values) });
}

function unknownField(field: string, fields: Fields): string {
  return `The mapping names the field ${field}; known fields: ${Object.keys(fields).join(', ')}.`;
}

function noColumn(field: string, first: SourceRow): string {
  const columns = columnNames(first.values).join(', ');
  return `No column was found for ${field}; the file has ${columns}. Say which with --map.`;
}

/** Throws an AppError where a mapping names columns that a file with a fixed header does not have. */
export function assertColumns(mapping: Mapping | undefined, first: SourceRow): void {
  const known = new Set(columnNames(first.values));
  const missing = usedColumns(mapping ?? mappingSchema.parse({}));
  for (const column of missing) {
    if (known.has(column)) continue;
    const columns = [...known].join(', ');
    throw new AppError('validation', `There is no column ${column}; the file has ${columns}.`);
  }
}

function usedColumns(mapping: Mapping): ReadonlySet<string> {
  const named = Object.values(mapping.columns).flatMap((entry) => {
    if (entry.template !== undefined) return [...parseTemplate(entry.template).columns];
    return entry.column === undefined ? [] : [entry.column];
  });
  return new Set(named);
}

function describeColumns(mapping: Mapping): Readonly<Record<string, string>> {
  const entries = Object.entries(mapping.columns).map(([field, entry]): [string, string] => [
    field,
    entry.column ?? entry.template ?? `"${entry.value}"`,
  ]);
  return Object.fromEntries(entries);
}

async function fieldSource(entry: FieldMapping): Promise<FieldSource> {
  const read = rawSource(entry);
  const lookup = entry.lookup ? await readLookup(entry.lookup) : undefined;
  return (values) => {
    const text = read(values);
    if (text === null) return entry.default ?? null;
    const padded = entry.pad ? text.padStart(entry.pad, '0') : text;
    const found = lookup?.get(padded) ?? padded;
    return entry.values?.[found] ?? found;
  };
}

function rawSource(entry: FieldMapping): FieldSource {
  const { column, template, value } = entry;
  if (value !== undefined) return () => value;
  if (template !== undefined) {
    const parsed = parseTemplate(template);
    return (values) => parsed.fill((name) => columnText(values, name));
  }
  return (values) => columnText(values, column as string);
}

async function readLookup(
  lookup: NonNullable<FieldMapping['lookup']>,
): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for await (const { values } of readRows(lookup.file)) {
    const key = columnText(values, lookup.key);
    const value = columnText(values, lookup.value);
    if (key !== null && value !== null) found.set(key, value);
  }
  return found;
}

function parserOf(
  field: Field,
  { decimal, dates }: ValueFormat,
  scale: number,
): (text: string) => Parsed<FieldValue> {
  switch (field.type) {
    case 'text':
      return (value) => ({ ok: true, value });
    case 'number':
    case 'integer': {
      const { type } = field;
      return (text) => parseNumeric(text, type, decimal, scale);
    }
    case 'date':
      return (text) => parseDate(text, dates);
    case 'timestamp':
      return (text) => parseTimestamp(text, dates);
    case 'choice':
      return choiceParser(field.choices ?? {});
  }
}

function parseNumeric(
  text: string,
  type: 'number' | 'integer',
  decimal: DecimalMark,
  scale: number,
): Parsed<number> {
  const parsed = parseNumber(text, decimal);
  if (!parsed.ok) return parsed;
  const value = parsed.value * scale;
  if (type === 'integer' && !Number.isInteger(value)) {
    return { ok: false, reason: 'is not a whole number' };
  }
  return { ok: true, value };
}

function choiceParser(
  choices: Readonly<Record<string, readonly string[]>>,
): (text: string) => Parsed<string> {
  const names = Object.keys(choices);
  const meanings = new Map<string, string>();
  for (const name of names.toReversed()) {
    for (const word of [...(choices[name] ?? []), name]) meanings.set(word, name);
  }
  const unknown = { ok: false, reason: `is none of ${names.join(', ')}` } as const;
  return (text) => {
    const value = meanings.get(text.toLowerCase());
    return value === undefined ? unknown : { ok: true, value };
  };
}

const noAttributes = {};

function attributesOf(
  row: SourceRow,
  mapping: Mapping,
  mapped: ReadonlySet<string>,
): Readonly<Record<string, unknown>> {
  const { attributes } = mapping;
  if (attributes === undefined) return noAttributes;
  const names = attributes === 'all' ? columnNames(row.values) : attributes;
  const kept = names
    .filter((name) => attributes !== 'all' || !mapped.has(name))
    .map((name): [string, string | null] => [name, columnText(row.values, name)])
    .filter(([, value]) => value !== null);
  return Object.fromEntries(kept);
}
