import { z } from 'zod';
import type { Importer, SourceNote } from '../importer.js';
import { importerNamed, importers } from '../importers.js';
import { ProgressMeter } from '../progress.js';
import { readRecipe, withAbsolutePaths } from '../recipes.js';
import { absoluteSource, localise } from '../remote/localise.js';
import type { ImportReport } from '../report/import-record.js';
import { runImport } from '../run-import.js';
import { runRecipe } from '../run-recipe.js';
import { UsageError, type Command, type CommandContext } from './command.js';
import { describeOptions, parseOptions } from './parse-options.js';

const sourceOptions = z.object({
  source: z.string().optional().describe('Publisher, shown with the data'),
  licence: z.string().optional().describe('Licence of the data'),
});

const recipeOptions = z.object({
  data: z.string().optional().describe('Folder that ${DATA} in the recipe stands for'),
});

/** Loads one file, or a whole project from a recipe. */
export const importCommand: Command = {
  name: 'import',
  usage: 'KIND FILE [options] | RECIPE.yaml [--data FOLDER]',
  describe: 'Load a file, or a whole project from a recipe',
  details: () => {
    const kinds = importers.map(({ name, describe }) => `  ${name.padEnd(16)} ${describe}`);
    return ['Kinds:', ...kinds, '', 'Options of a kind: catchment import KIND --help'].join('\n');
  },
  run: async (args, context) => {
    const [first, ...rest] = args;
    if (first === undefined) throw new UsageError('Say what to import.');
    if (/\.ya?ml$/i.test(first)) await importRecipe(first, rest, context);
    else await importFile(importerNamed(first), rest, context);
  },
};

async function importFile(importer: Importer, args: readonly string[], context: CommandContext) {
  const schema = importer.options.extend(sourceOptions.shape);
  if (args.includes('--help')) {
    context.print(`catchment import ${importer.name} FILE [options]\n`);
    context.print(`${importer.describe}\n\n${describeOptions(schema)}`);
    return;
  }
  const { positionals, values } = parseOptions(args, schema);
  const [file, ...surplus] = positionals;
  if (file === undefined) throw new UsageError('Say which file to import.');
  if (surplus.length > 0)
    throw new UsageError(`One file at a time; ${surplus[0]} is one too many.`);
  const { source, licence, ...given } = values as { source?: string; licence?: string };
  const options = withAbsolutePaths(given, process.cwd());
  importer.parseOptions(options);
  const progress = new ProgressMeter([context.onProgress]);
  const address = absoluteSource(file, process.cwd());
  const asked = { source: { path: address, source, licence }, options };
  const fetching = { progress, signal: context.signal };
  const local = await localise(asked, context.remoteFiles(), fetching);
  const report = await runImport({
    database: await context.database(),
    importer,
    ...local,
    progress,
    signal: context.signal,
  });
  progress.stage('');
  context.print(formatReport(report));
}

async function importRecipe(file: string, args: readonly string[], context: CommandContext) {
  const { positionals, values } = parseOptions(args, recipeOptions);
  if (positionals.length > 0) throw new UsageError(`${positionals[0]} is one argument too many.`);
  const recipe = await readRecipe(file, values['data'] as string | undefined);
  const progress = new ProgressMeter([context.onProgress]);
  const reports = await runRecipe({
    database: await context.database(),
    recipe,
    files: context.remoteFiles(),
    progress,
    signal: context.signal,
    onReport: (report) => {
      progress.stage('');
      context.print(formatReport(report));
    },
  });
  context.print(`${recipe.name}: ${reports.length} imports.`);
}

/** A report as a line, and below it how its files were read. */
export function formatReport(report: ImportReport): string {
  const { counts } = report;
  const numbers = Object.entries(counts)
    .filter(([name, count]) => count > 0 || name === 'read')
    .map(([name, count]) => `${count.toLocaleString('en')} ${name}`);
  const where =
    counts.rejected + counts.warned > 0 ? ` (catchment reports show ${report.importId})` : '';
  const headline = `${report.importer} ${report.sourceName}: ${numbers.join(', ')}${where}`;
  return [headline, ...readAs(report)].join('\n');
}

/** How the files were read, a line each. */
function readAs({ summary }: ImportReport): readonly string[] {
  const sources = (summary['sources'] ?? []) as readonly SourceNote[];
  return sources.map(({ file, readAs }) => `  ${file}: ${readAs}`);
}
