import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { AppError } from '../../server/errors.js';

const fieldMapping = z
  .strictObject({
    column: z.string().describe('Column of the file; a point reaches into nested properties'),
    template: z.string().describe('Text with columns in braces, for example "Customer {id:8}"'),
    value: z.union([z.string(), z.number()]).transform(String).describe('The same for every row'),
    pad: z.int().positive().describe('Puts zeros in front up to this length'),
    lookup: z.strictObject({ file: z.string(), key: z.string(), value: z.string() }),
    values: z.record(z.string(), z.string()).describe('Replaces values'),
    default: z.union([z.string(), z.number()]).transform(String).describe('Where the row has none'),
    scale: z.number().describe('Multiplies a number'),
  })
  .partial()
  .refine(
    ({ column, template, value }) =>
      [column, template, value].filter((way) => way !== undefined).length === 1,
    'give one of column, template and value',
  );

/** Where the value of one field comes from; a plain string names the column. */
const fieldMappingInput = z
  .union([z.string(), fieldMapping])
  .transform((entry) => (typeof entry === 'string' ? { column: entry } : entry));

/** Where every field comes from, and how numbers and dates are written. */
export const mappingSchema = z.strictObject({
  columns: z.record(z.string(), fieldMappingInput).default({}),
  attributes: z.union([z.literal('all'), z.array(z.string())]).optional(),
  decimal: z.enum(['auto', 'point', 'comma']).default('auto'),
  dates: z.enum(['auto', 'dmy', 'mdy']).default('auto'),
});

export type Mapping = z.output<typeof mappingSchema>;
export type FieldMapping = Mapping['columns'][string];

/** Option of importers that map columns: a YAML file, or (in recipes) the mapping itself. */
export const mapOption = z
  .union([z.string(), z.record(z.string(), z.unknown())])
  .optional()
  .describe('YAML file that says which column is which field; without it columns are suggested');

/**
 * Reads a mapping; undefined means that every column is left to suggestion. Lookup files are relative to
 * the mapping file, or to `folder` where the mapping is given in place.
 */
export async function readMapping(
  given: z.output<typeof mapOption>,
  folder: string,
): Promise<Mapping | undefined> {
  if (given === undefined) return undefined;
  if (typeof given !== 'string') return withLookupsIn(checked(given, 'The mapping'), folder);
  const file = path.resolve(folder, given);
  const text = await readFile(file, 'utf8').catch(() => {
    throw new AppError('not_found', `There is no mapping file ${file}.`);
  });
  return withLookupsIn(checked(parse(text), file), path.dirname(file));
}

function checked(value: unknown, name: string): Mapping {
  const parsed = mappingSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new AppError('validation', `${name}: ${issue?.path.join('.')}: ${issue?.message}.`);
}

function withLookupsIn(mapping: Mapping, folder: string): Mapping {
  const columns = Object.entries(mapping.columns).map(([field, entry]): [string, FieldMapping] => {
    if (!entry.lookup) return [field, entry];
    const file = path.resolve(folder, entry.lookup.file);
    return [field, { ...entry, lookup: { ...entry.lookup, file } }];
  });
  return { ...mapping, columns: Object.fromEntries(columns) };
}
