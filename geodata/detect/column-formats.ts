import type { SourceRow } from '../readers/source-row.js';
import { columnNames, columnText } from '../mapping/column-value.js';
import type { DateOrder } from '../values/parse-date.js';
import type { DecimalMark } from '../values/parse-number.js';
import { dateFormatOf, isDateLike, type DateFormat } from './date-format.js';
import { isNumberLike, numberFormatOf, type NumberFormat } from './number-format.js';

export type ColumnType = 'empty' | 'text' | 'code' | 'integer' | 'number' | 'date' | 'boolean';

/** What the first values of a column look like. */
export type ColumnFormat = {
  readonly name: string;
  readonly type: ColumnType;
  readonly numbers: NumberFormat | undefined;
  readonly dates: DateFormat | undefined;
  /** Whether values come as numbers, not as text whose way of writing has to be found out. */
  readonly isTyped: boolean;
  /** Values that are not empty, of those looked at. */
  readonly filled: number;
  readonly examples: readonly string[];
};

/** What publishers write where there is no value. */
const missing = new Set(['.', '..', '-', 'x', 'na', 'n/a', 'null', 'nan', '#n/b', '#n/a']);

/** Of the values that say something, the share that must be of a type; the rest are mistakes. */
const typicalShare = 0.9;

const exampleCount = 3;
const exampleCharacters = 60;

/** The formats of all columns of some rows; those of nested objects with a point. */
export function detectColumns(rows: readonly SourceRow[]): readonly ColumnFormat[] {
  const values = new Map<string, string[]>();
  const typed = new Set<string>();
  for (const row of rows) {
    for (const name of columnNames(row.values)) {
      const list = values.get(name) ?? [];
      values.set(name, list);
      const text = columnText(row.values, name);
      if (text === null) continue;
      list.push(text);
      if (typeof row.values[name] === 'number') typed.add(name);
    }
  }
  return [...values].map(([name, texts]) => formatOf(name, texts, typed.has(name)));
}

function formatOf(name: string, texts: readonly string[], isTyped: boolean): ColumnFormat {
  const telling = texts.filter((text) => !missing.has(text.toLowerCase()));
  const type = typeOf(telling);
  const unique = [...new Set(telling)].slice(0, exampleCount);
  const isNumeric = type === 'number' || type === 'integer';
  return {
    name,
    type,
    numbers: isNumeric && !isTyped ? numberFormatOf(telling) : undefined,
    dates: type === 'date' ? dateFormatOf(telling) : undefined,
    isTyped,
    filled: texts.length,
    examples: unique.map((text) => text.slice(0, exampleCharacters)),
  };
}

function typeOf(texts: readonly string[]): ColumnType {
  if (texts.length === 0) return 'empty';
  const isTypical = (test: (text: string) => boolean) =>
    texts.filter(test).length >= texts.length * typicalShare;
  if (isTypical(isDateLike)) return 'date';
  if (isTypical(isNumberLike)) return isTypical(isWhole) ? 'integer' : 'number';
  if (isTypical((text) => /^\d+$/.test(text))) return 'code';
  return isTypical((text) => /^(true|false)$/i.test(text)) ? 'boolean' : 'text';
}

function isWhole(text: string): boolean {
  return /^[+-]?\d+$/.test(text);
}

/** How numbers and dates of a column are to be read. */
export type ValueFormat = {
  readonly decimal: DecimalMark;
  readonly dates: DateOrder;
  /** Whether values come as numbers, so that no one's word on decimal marks concerns them. */
  readonly isTyped: boolean;
};

/** What holds for a column whose own values leave it open: what the other columns of the file tell. */
export type FileFormat = {
  readonly decimal: 'point' | 'comma' | 'ambiguous' | undefined;
  readonly dates: DateOrder | 'ambiguous' | undefined;
  /** Patterns of the dates, for people. */
  readonly patterns: readonly string[];
};

/** The format that the columns share; undefined where no column has such values. */
export function fileFormatOf(columns: readonly ColumnFormat[]): FileFormat {
  const decimals = columns.map(({ numbers }) => numbers?.decimal);
  const orders = columns.map(({ dates }) => dates?.order);
  const patterns = columns.flatMap(({ dates }) => (dates ? [dates.pattern] : []));
  const decided = patterns.filter((pattern) => !pattern.includes(' or '));
  return {
    decimal: agreed(decimals, ['point', 'comma']),
    dates: agreed(orders, ['dmy', 'mdy']),
    patterns: [...new Set(decided.length > 0 ? decided : patterns)],
  };
}

function agreed<Choice extends string>(
  found: readonly (string | undefined)[],
  choices: readonly [Choice, Choice],
): Choice | 'ambiguous' | undefined {
  const [hasFirst, hasSecond] = choices.map((choice) => found.includes(choice));
  if (hasFirst !== hasSecond) return hasFirst ? choices[0] : choices[1];
  return hasFirst || found.includes('ambiguous') ? 'ambiguous' : undefined;
}

/**
 * How to read the values of a column: by its own values, else as the other columns of the file; where
 * those leave it open too, a lone point is a decimal mark and the day comes first.
 */
export function valueFormat(column: ColumnFormat | undefined, file: FileFormat): ValueFormat {
  return {
    isTyped: column?.isTyped ?? false,
    decimal: column?.isTyped
      ? 'point'
      : (decided(column?.numbers?.decimal, ['point', 'comma']) ??
        decided(file.decimal, ['point', 'comma']) ??
        'auto'),
    dates:
      decided(column?.dates?.order, ['dmy', 'mdy']) ?? decided(file.dates, ['dmy', 'mdy']) ?? 'dmy',
  };
}

function decided<Choice extends string>(
  value: string | undefined,
  choices: readonly Choice[],
): Choice | undefined {
  return choices.find((choice) => choice === value);
}
