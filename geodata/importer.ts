import type { z } from 'zod';
import type { Database } from '../server/db/database.js';
import { AppError } from '../server/errors.js';
import type { BulkLoader } from './loaders/bulk-loader.js';
import type { Fields } from './mapping/field.js';
import type { Progress } from './progress.js';
import type { IssueLog } from './report/issue-log.js';

/** What is imported, and what has to be said about where it came from. */
export type ImportSource = {
  readonly path: string;
  /** Publisher, as it is shown with the data. */
  readonly source?: string | undefined;
  readonly licence?: string | undefined;
};

/** Options that name further files; a relative path is relative to the recipe, or to where one stands. */
export const pathOptions = ['map', 'lines', 'linesMap'] as const;

/** Everything an importer works with; made by `runImport`. */
export type ImportContext = {
  readonly database: Database;
  readonly importId: number;
  /** As `database.transaction`, for work on staging tables and issues alone: a check keeps what it does. */
  readonly stagingTransaction: Database['transaction'];
  readonly loader: BulkLoader;
  readonly progress: Progress;
  /** Where rows that are rejected, or accepted with a warning, are told. */
  readonly issues: IssueLog;
  /** Whether the file is only checked: what follows the comparison with stored rows can be left out. */
  readonly isCheck: boolean;
  /** Aborted when the import is cancelled; then throw its reason and leave the data as it was. */
  readonly signal: AbortSignal;
  /** Counts rows read, for the report and for progress. */
  readonly countRead: (rows: number) => void;
  /** Enters how a source file was read, for the report; stands there also where the import fails. */
  readonly noteSource: (source: SourceNote) => void;
};

/** How a file was read, as the report keeps it in `summary.sources`. */
export type SourceNote = {
  /** Name of the file without its folder. */
  readonly file: string;
  /** For people, for example `CSV, windows-1252, separator ;, decimal comma, dd-mm-yyyy`. */
  readonly readAs: string;
  /** The same in parts, as JSON. */
  readonly found: Readonly<Record<string, unknown>>;
};

/** What became of the rows that were not rejected. */
export type ImportOutcome = {
  readonly inserted: number;
  readonly updated: number;
  readonly unchanged: number;
  /** Further findings, as JSON, shown in the report. */
  readonly summary?: Readonly<Record<string, unknown>>;
};

/** One kind of import. Made with `defineImporter` and listed in importers.ts. */
export type Importer = {
  /** Word of the command line and of recipes, for example `regions`. */
  readonly name: string;
  readonly describe: string;
  readonly options: z.ZodObject;
  /** Fields that the option `map` maps to columns. */
  readonly fields?: Fields | undefined;
  /**
   * Merges in the transaction of the import that a check needs, 1 where not given: all but the last are carried out
   * and taken back. 0 where writing is too much for a check; then rows are read and not compared.
   */
  readonly checkedMerges?: number | undefined;
  /** Options as given by a person; throws an AppError that names the one at fault. */
  parseOptions(options: unknown): Record<string, unknown>;
  run(source: ImportSource, options: unknown, context: ImportContext): Promise<ImportOutcome>;
};

type ImporterDefinition<Options extends z.ZodObject> = {
  readonly name: string;
  readonly describe: string;
  readonly options: Options;
  readonly fields?: Fields;
  readonly checkedMerges?: number;
  run(
    source: ImportSource,
    options: z.output<Options>,
    context: ImportContext,
  ): Promise<ImportOutcome>;
};

/** An importer whose `run` gets its options checked and typed by its own schema. */
export function defineImporter<Options extends z.ZodObject>(
  definition: ImporterDefinition<Options>,
): Importer {
  const parse = (options: unknown): z.output<Options> => {
    const parsed = definition.options.strict().safeParse(options ?? {});
    if (parsed.success) return parsed.data as z.output<Options>;
    throw new AppError('validation', optionProblem(definition.name, parsed.error));
  };
  return {
    name: definition.name,
    describe: definition.describe,
    options: definition.options,
    fields: definition.fields,
    checkedMerges: definition.checkedMerges,
    parseOptions: parse,
    run: (source, options, context) => definition.run(source, parse(options), context),
  };
}

function optionProblem(importer: string, error: z.ZodError): string {
  const issue = error.issues[0];
  const option = issue?.path.join('.') ?? '';
  const where = option === '' ? `import ${importer}` : `import ${importer}, option ${option}`;
  return `${where}: ${issue?.message ?? 'not valid'}.`;
}
