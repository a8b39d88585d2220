import { existsSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { AppError } from '../../server/errors.js';
import { writeBackup } from '../backup/write-backup.js';
import { ProgressMeter } from '../progress.js';
import { UsageError, type Command } from './command.js';
import { parseOptions } from './parse-options.js';

const backupOptions = z.object({
  yes: z.boolean().optional().describe('Write over a file of that name'),
});

/** Writes the whole project into one file. */
export const backupCommand: Command = {
  name: 'backup',
  usage: 'FILE [--yes]',
  describe: 'Write the whole project into one file',
  details: () =>
    [
      'The file holds everything that was entered or loaded, users and hashes of passwords and tokens',
      'included; keep it safe. Not in it: sessions, and secrets.json of the data folder. The server may',
      'run meanwhile; on the embedded database its requests wait for the end.',
      '',
      '  --yes                      Write over a file of that name',
    ].join('\n'),
  run: async (args, context) => {
    const { positionals, values } = parseOptions(args, backupOptions);
    const [name, ...surplus] = positionals;
    if (name === undefined || surplus.length > 0) throw new UsageError('Say one file to write.');
    const file = path.resolve(name);
    if (existsSync(file) && values['yes'] !== true) {
      throw new AppError('conflict', `${file} is there already. Say --yes to write over it.`);
    }
    const progress = new ProgressMeter([context.onProgress]);
    const { manifest, bytes } = await writeBackup(await context.database(), file, {
      progress,
      signal: context.signal,
    });
    progress.stage('');
    const rows = manifest.tables.reduce((sum, table) => sum + table.rows, 0);
    const megabytes = (bytes / 1_000_000).toLocaleString('en', { maximumFractionDigits: 1 });
    context.print(
      `“${manifest.project}” is backed up in ${file}: ${rows.toLocaleString('en')} rows, ${megabytes} MB.`,
    );
  },
};
