import type { ColumnFormat } from '../detect/column-formats.js';
import { columnText } from '../mapping/column-value.js';
import type { Field, Fields } from '../mapping/field.js';
import { suggestColumns } from '../mapping/suggest-columns.js';
import type { SourceRow } from '../readers/source-row.js';
import { looksLike, type ValueLook } from './value-looks.js';

/** A column for a field, and why: its whole name, words of its name, or what its values look like. */
export type SuggestedColumn = {
  readonly column: string;
  readonly by: 'name' | 'words' | 'values';
};

export type Suggestion = Readonly<Record<string, SuggestedColumn>>;

export type SuggestFrom = {
  readonly columns: readonly ColumnFormat[];
  readonly sample: readonly SourceRow[];
};

/** Words that say too little to go by when they are only a part of a name. */
const vague = new Set(
  'id code number total data date name type state x y in land since place group label value item line url status site'.split(
    ' ',
  ),
);

/**
 * Proposes a column for each field: first by the name of the column, then by words within it
 * (`customer_zip_code_prefix`), then by its values (an e-mail address, a coordinate). A column is proposed once
 * only, and only where its values are of the kind that the field takes.
 */
export function suggestFields(fields: Fields, { columns, sample }: SuggestFrom): Suggestion {
  const [first] = sample;
  if (!first) return {};
  const byName = suggestColumns(fields, first.values);
  const found = new Map<string, SuggestedColumn>();
  const taken = new Set<string>();
  const take = (field: string, column: string, by: SuggestedColumn['by']) => {
    found.set(field, { column, by });
    taken.add(column);
  };
  const formats = new Map(columns.map((format) => [format.name, format]));
  for (const [field, column] of Object.entries(byName)) {
    if (isFit(fields[field], formats.get(column))) take(field, column, 'name');
  }
  const free = () => columns.filter(({ name }) => !taken.has(name));
  for (const [name, field] of Object.entries(fields)) {
    if (found.has(name)) continue;
    const column = free().find(
      (format) => isFit(field, format, name === 'name') && hasWordsOf(format.name, name, field),
    );
    if (column) take(name, column.name, 'words');
  }
  for (const name of Object.keys(fields)) {
    const look = lookOf[name];
    if (found.has(name) || look === undefined) continue;
    const column = free().find((format) => looksLike(look, valuesOf(format.name, sample)));
    if (column) take(name, column.name, 'values');
  }
  const key = keyFields.find((name) => name in fields && !found.has(name));
  const column = key === undefined ? undefined : findKey(free(), sample);
  if (key !== undefined && column !== undefined) take(key, column, 'words');
  return Object.fromEntries(found);
}

/** Fields that tell a row from all others. */
const keyFields = ['external_id', 'key', 'code'] as const;

/** The column that looks most like a number of the row: one that never repeats, else the first that is called so. */
function findKey(
  columns: readonly ColumnFormat[],
  sample: readonly SourceRow[],
): string | undefined {
  const names = columns.map(({ name }) => name).filter(isKeyName);
  return names.find((name) => isUnique(valuesOf(name, sample))) ?? names[0];
}

const lookOf: Readonly<Record<string, ValueLook>> = {
  email: 'email',
  website: 'website',
  postcode: 'postcode',
  lon: 'longitude',
  lat: 'latitude',
};

const numeric = new Set(['number', 'integer']);

/** Whether the values of a column can be what a field takes; an empty column can be anything. */
function isFit(
  field: Field | undefined,
  format: ColumnFormat | undefined,
  isName = false,
): boolean {
  if (!field || !format) return false;
  if (format.type === 'empty') return true;
  if (numeric.has(field.type)) return numeric.has(format.type) || format.type === 'code';
  if (field.type === 'date' || field.type === 'timestamp') return format.type === 'date';
  // A number or a yes and no is nobody's name.
  return !(isName && (numeric.has(format.type) || format.type === 'boolean'));
}

function hasWordsOf(column: string, field: string, { synonyms = [] }: Field): boolean {
  const words = wordsOf(column);
  if (words[0] === 'has' || words[0] === 'is') return false;
  return [field, ...synonyms].some((name) => {
    const wanted = wordsOf(name);
    // The field's own name may be vague: a `Provider Name` is a name all the same.
    if (name !== field && wanted.length === 1 && vague.has(wanted[0] ?? '')) return false;
    return words.some((_, at) => wanted.every((word, index) => words[at + index] === word));
  });
}

function wordsOf(name: string): string[] {
  return name
    .normalize('NFD')
    .replace(/\p{Diacritic}/gu, '')
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');
}

function isKeyName(column: string): boolean {
  const last = wordsOf(column).at(-1) ?? '';
  return /^(id|code|nr|no|number|nummer|key|uuid)$|num$/.test(last);
}

function isUnique(values: readonly string[]): boolean {
  return values.length > 1 && new Set(values).size === values.length;
}

/** Values of a column in the sample, those that are empty left out. */
export function valuesOf(column: string, sample: readonly SourceRow[]): string[] {
  return sample
    .map(({ values }) => columnText(values, column))
    .filter((text): text is string => text !== null);
}
