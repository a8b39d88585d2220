import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { AppError } from '../server/errors.js';
import { importerNamed } from './importers.js';
import { pathOptions, type Importer, type ImportSource } from './importer.js';
import { absoluteSource } from './remote/localise.js';
import { isRemote } from './remote/remote-address.js';

const levelSchema = z.strictObject({
  level: z.number().int().min(1).max(8),
  name: z.string().min(1),
  plural: z.string().min(1),
});

const sourceSchema = z.looseObject({
  import: z.string(),
  file: z.string(),
  saveAs: z.string().optional(),
  paged: z.boolean().optional(),
  source: z.string().optional(),
  licence: z.string().optional(),
});

const recipeSchema = z.strictObject({
  name: z.string().min(1),
  currency: z.string().regex(/^[A-Z]{3}$/, 'is an ISO 4217 code such as EUR'),
  bounds: z
    .tuple([z.number(), z.number(), z.number(), z.number()])
    .refine(
      ([west, south, east, north]) => west < east && south < north,
      'is [west, south, east, north]',
    )
    .optional(),
  today: z.iso.date().optional(),
  levels: z.array(levelSchema).default([]),
  sources: z.array(sourceSchema).min(1),
});

/** A project that can be loaded as a whole. */
export type Recipe = {
  readonly name: string;
  readonly currency: string;
  /** [west, south, east, north], EPSG:4326; points outside are told and not used. */
  readonly bounds?: readonly [number, number, number, number] | undefined;
  /** The day that counts as today in data that end in the past. */
  readonly today?: string | undefined;
  readonly levels: readonly {
    readonly level: number;
    readonly name: string;
    readonly plural: string;
  }[];
  readonly steps: readonly RecipeStep[];
};

export type RecipeStep = {
  readonly importer: Importer;
  readonly source: ImportSource;
  readonly options: Readonly<Record<string, unknown>>;
  /** For a source that is an https address: its name in the cache, where the address has no telling one. */
  readonly saveAs?: string | undefined;
  /** For a source that is an https address: it is asked page by page. */
  readonly isPaged?: boolean | undefined;
};

/**
 * Reads a recipe and everything that can be checked before anything is loaded: its form, its importers,
 * their options, and whether the files are there. A `*` in the name of a file gives one step a file; an https address
 * is fetched when its turn comes.
 *
 * @param dataFolder what `${DATA}` stands for; the folder of the recipe where it is not given
 * @throws AppError that names the part at fault
 */
export async function readRecipe(file: string, dataFolder?: string): Promise<Recipe> {
  const folder = path.dirname(path.resolve(file));
  const text = await readFile(file, 'utf8').catch(() => {
    throw new AppError('not_found', `There is no recipe ${file}.`);
  });
  const data = path.resolve(dataFolder ?? folder);
  const parsed = recipeSchema.safeParse(fillVariables(parse(text), { DATA: data }));
  if (!parsed.success) throw new AppError('validation', recipeProblem(file, parsed.error));
  const { sources, ...recipe } = parsed.data;
  const steps: RecipeStep[] = [];
  for (const entry of sources) steps.push(...(await toSteps(entry, folder)));
  return { ...recipe, steps };
}

function recipeProblem(file: string, error: z.ZodError): string {
  const issue = error.issues[0];
  return `${file}: ${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'is not valid'}.`;
}

/** Puts values in the place of `${NAME}`, at any depth; throws where a name is not known. */
function fillVariables(value: unknown, variables: Readonly<Record<string, string>>): unknown {
  if (typeof value === 'string') {
    return value.replace(/\$\{(\w+)\}/g, (_, name: string) => {
      const found = variables[name];
      if (found === undefined) {
        throw new AppError('validation', `The recipe uses \${${name}}, which is not known.`);
      }
      return found;
    });
  }
  if (Array.isArray(value)) return value.map((item) => fillVariables(item, variables));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, item]) => [key, fillVariables(item, variables)]);
  return Object.fromEntries(entries);
}

async function toSteps(
  entry: z.output<typeof sourceSchema>,
  folder: string,
): Promise<readonly RecipeStep[]> {
  const { import: name, file, source, licence, saveAs, paged, ...rest } = entry;
  const importer = importerNamed(name);
  const options = withAbsolutePaths(rest, folder);
  importer.parseOptions(options);
  if (isRemote(file)) {
    return [{ importer, options, source: { path: file, source, licence }, saveAs, isPaged: paged }];
  }
  const files = await findFiles(path.resolve(folder, file));
  return files.map((found) => ({ importer, options, source: { path: found, source, licence } }));
}

/** Options with the paths of further files made absolute. */
export function withAbsolutePaths(
  options: Readonly<Record<string, unknown>>,
  folder: string,
): Readonly<Record<string, unknown>> {
  const paths = pathOptions.flatMap((name) => {
    const value = options[name];
    return typeof value === 'string' ? [[name, absoluteSource(value, folder)]] : [];
  });
  return { ...options, ...Object.fromEntries(paths) };
}

async function findFiles(file: string): Promise<readonly string[]> {
  const folder = path.dirname(file);
  const pattern = path.basename(file);
  const names = await readdir(folder).catch((): string[] => []);
  const found = names.filter((name) => matches(name, pattern)).sort();
  if (found.length > 0) return found.map((name) => path.join(folder, name));
  throw new AppError('not_found', `There is no file ${file}.`);
}

function matches(name: string, pattern: string): boolean {
  const parts = pattern.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`).test(name);
}
