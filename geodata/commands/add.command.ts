import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { projectRoot } from '../../server/project-root.js';
import {
  catalogueRecipe,
  countries,
  recipeNames,
  type CatalogueRecipe,
} from '../catalogue/catalogue.js';
import { describeSources } from '../catalogue/describe-sources.js';
import type { Dataset } from '../catalogue/country.js';
import { ProgressMeter } from '../progress.js';
import { runRecipe } from '../run-recipe.js';
import { UsageError, type Command, type CommandContext } from './command.js';
import { formatReport } from './import.command.js';
import { describeOptions, parseOptions } from './parse-options.js';

const sourcesPage = path.join(projectRoot, 'geodata/SOURCES.md');

const addOptions = z.object({
  data: z.string().optional().describe('Folder to keep the files in; else the data folder'),
  dryRun: z.boolean().optional().describe('Only say what would be fetched and loaded'),
  writeSources: z.boolean().optional().describe('Write geodata/SOURCES.md from the catalogue'),
});

/** Fetches and loads open data of the catalogue. */
export const addCommand: Command = {
  name: 'add',
  usage: '[NAME] [--data FOLDER] [--dry-run]',
  describe: 'List the open data of the catalogue, or fetch and load some of it',
  details: () => describeOptions(addOptions),
  run: async (args, context) => {
    const { positionals, values } = parseOptions(args, addOptions);
    const [name, ...surplus] = positionals;
    if (surplus.length > 0) throw new UsageError(`One at a time; ${surplus[0]} is one too many.`);
    if (values['writeSources'] === true) return writeFile(sourcesPage, describeSources(countries));
    if (name === undefined) return list(context);
    const found = catalogueRecipe(name);
    context.print(describeRecipe(found));
    if (values['dryRun'] === true) return;
    await load(found, values['data'] as string | undefined, context);
  },
};

function list(context: CommandContext): void {
  for (const { name, title } of recipeNames()) context.print(`${name.padEnd(28)} ${title}`);
}

function describeRecipe({ title, datasets }: CatalogueRecipe): string {
  return [`${title}:`, ...datasets.map(describeDataset)].join('\n');
}

function describeDataset(dataset: Dataset): string {
  const { title, address, publisher, licence, attribution, megabytes } = dataset;
  const size = megabytes === undefined ? '' : `, some ${megabytes.toLocaleString('en')} MB`;
  return `  ${title}${size}\n    ${address}\n    ${publisher}, ${licence}; show “${attribution}”`;
}

async function load(
  { recipe }: CatalogueRecipe,
  folder: string | undefined,
  context: CommandContext,
): Promise<void> {
  const progress = new ProgressMeter([context.onProgress]);
  const reports = await runRecipe({
    database: await context.database(),
    recipe,
    files: context.remoteFiles(folder),
    progress,
    signal: context.signal,
    onReport: (report) => {
      progress.stage('');
      context.print(formatReport(report));
    },
  });
  context.print(`${recipe.name}: ${reports.length} imports.`);
}
