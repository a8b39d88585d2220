import { AppError } from '../../server/errors.js';
import type { Importer } from '../importer.js';
import { importers } from '../importers.js';
import type { Fields } from '../mapping/field.js';
import { columnOptions, statisticFields } from './column-options.js';
import { optionFields, type OptionField } from './option-form.js';

/** Where the column of a field is given: in the mapping, as an option, or among the statistics. */
export type FieldPlace = 'map' | 'option' | 'statistics';

/** A kind of import as a screen offers it. */
export type ImportKind = {
  readonly name: string;
  readonly describe: string;
  /** Everything that comes from a column. */
  readonly fields: Fields;
  readonly placeOf: Readonly<Record<string, FieldPlace>>;
  readonly options: readonly OptionField[];
};

/** Options that a screen asks for in a way of its own, or must not ask for: they name files of the server. */
const never: readonly string[] = ['map', 'lines', 'linesMap', 'statistics', 'tags', 'maxUnpacked'];

/** Made by the program itself, from no file. */
const hidden: ReadonlySet<string> = new Set(['demo']);

/** Every kind of import that takes a file. */
export const importKinds: readonly ImportKind[] = importers
  .filter(({ name }) => !hidden.has(name))
  .map(toKind);

/** The kind of that name; throws an AppError where there is none. */
export function importKindNamed(name: string): ImportKind {
  const kind = importKinds.find((candidate) => candidate.name === name);
  if (kind) return kind;
  throw new AppError('validation', `There is no kind of import ${name}.`);
}

function toKind({ name, describe, fields = {}, options }: Importer): ImportKind {
  const byOption = columnOptions[name] ?? {};
  const statistics = 'statistics' in options.shape ? statisticFields : {};
  const places: [string, FieldPlace][] = [
    ...Object.keys(byOption).map((field): [string, FieldPlace] => [field, 'option']),
    ...Object.keys(fields).map((field): [string, FieldPlace] => [field, 'map']),
    ...Object.keys(statistics).map((field): [string, FieldPlace] => [field, 'statistics']),
  ];
  return {
    name,
    describe,
    fields: { ...byOption, ...fields, ...statistics },
    placeOf: Object.fromEntries(places),
    options: optionFields(options, new Set([...never, ...Object.keys(byOption)])),
  };
}
