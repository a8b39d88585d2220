import { columnNames } from './column-value.js';
import type { Fields } from './field.js';

/**
 * Proposes a column for each field by its name and synonyms, ignoring case, accents and punctuation.
 * For nested properties the last part of the name counts too. A column is proposed once only.
 */
export function suggestColumns(
  fields: Fields,
  values: Readonly<Record<string, unknown>>,
): Readonly<Record<string, string>> {
  const columns = columnNames(values);
  const taken = new Set<string>();
  const suggestion: Record<string, string> = {};
  for (const [field, { synonyms = [] }] of Object.entries(fields)) {
    const words = [field, ...synonyms].map(normalise);
    const column = findColumn(columns, words, taken);
    if (column === undefined) continue;
    taken.add(column);
    suggestion[field] = column;
  }
  return suggestion;
}

function findColumn(
  columns: readonly string[],
  words: readonly string[],
  taken: ReadonlySet<string>,
): string | undefined {
  const free = columns.filter((column) => !taken.has(column));
  for (const word of words) {
    const found =
      free.find((column) => normalise(column) === word) ??
      free.find((column) => normalise(column.split('.').at(-1) ?? column) === word);
    if (found !== undefined) return found;
  }
  return undefined;
}

function normalise(name: string): string {
  return name
    .normalize('NFD')
    .replace(/\p{Diacritic}/gu, '')
    .replace(/ß/g, 'ss')
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '');
}
