import path from 'node:path';
import { z } from 'zod';
import { openBackup } from '../backup/open-backup.js';
import { restoreBackup } from '../backup/restore-backup.js';
import { projectContents, type ProjectContents } from '../project/reset-project.js';
import { ProgressMeter } from '../progress.js';
import { UsageError, type Command } from './command.js';
import { parseOptions } from './parse-options.js';

const restoreOptions = z.object({
  yes: z.boolean().optional().describe('Replace what the project holds'),
});

/** Puts a backup in the place of the project. */
export const restoreCommand: Command = {
  name: 'restore',
  usage: 'FILE [--yes]',
  describe: 'Put a backup in the place of everything that the project holds',
  details: () =>
    [
      'The file is checked whole before anything changes, and a restore that fails or is cancelled leaves',
      'the project as it was. It may come from either kind of database and from an older version. A server',
      'may run: its requests wait, and everybody signs in again afterwards.',
      '',
      '  --yes                      Replace what the project holds; an empty one needs no --yes',
    ].join('\n'),
  run: async (args, context) => {
    const { positionals, values } = parseOptions(args, restoreOptions);
    const [name, ...surplus] = positionals;
    if (name === undefined || surplus.length > 0) throw new UsageError('Say one file to restore.');
    const file = path.resolve(name);
    await openBackup(file);
    const database = await context.database();
    const contents = await projectContents(database);
    if (!isEmpty(contents) && values['yes'] !== true) {
      throw new UsageError(
        `${describe(contents)}; a restore replaces that.\nNothing was done: say --yes to do it.`,
      );
    }
    const progress = new ProgressMeter([context.onProgress]);
    const manifest = await restoreBackup(database, file, { progress, signal: context.signal });
    progress.stage('');
    const rows = manifest.tables.reduce((sum, table) => sum + table.rows, 0);
    context.print(
      `“${manifest.project}” of ${manifest.createdAt.slice(0, 16).replace('T', ' ')} UTC is back: ` +
        `${rows.toLocaleString('en')} rows.`,
    );
  },
};

function isEmpty({ project, ...rows }: ProjectContents): boolean {
  return project === 'Catchment' && Object.values(rows).every((count) => count === 0);
}

function describe({ project, ...rows }: ProjectContents): string {
  const parts = Object.entries(rows)
    .filter(([, count]) => count > 0)
    .map(([name, count]) => `${count.toLocaleString('en')} ${name}`);
  return `“${project}” holds ${parts.length > 0 ? parts.join(', ') : 'settings'}`;
}
