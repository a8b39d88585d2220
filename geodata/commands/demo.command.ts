import { z } from 'zod';
import { UsageError, type Command } from './command.js';
import { describeOptions, parseOptions } from './parse-options.js';

const demoOptions = z.object({
  seed: z.coerce.number().int().optional().describe('Another seed gives another region'),
  accounts: z.coerce.number().int().positive().optional().describe('Number of accounts'),
  sales: z.coerce.number().int().min(0).optional().describe('Order lines, about; 0 for none'),
  owners: z
    .string()
    .transform((ids) => ids.split(',').map((id) => id.trim()))
    .optional()
    .describe('Ids of users, by commas, to whom accounts are given'),
});

/** Loads the made-up demo region. */
export const demoCommand: Command = {
  name: 'demo',
  usage: '[--accounts N] [--sales N] [--seed N] [--owners ID,ID]',
  details: () => describeOptions(demoOptions),
  describe: 'Load the demo region, made up from a seed, into an empty project',
  run: async (args, context) => {
    const parsed = demoOptions.safeParse(parseOptions(args, demoOptions).values);
    if (!parsed.success) {
      const issue = parsed.error.issues[0];
      throw new UsageError(`--${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'not valid'}`);
    }
    const { loadDemo } = await import('../demo/load-demo.js');
    const tell = ({ label, fraction }: { label: string; fraction: number | null }) =>
      context.onProgress({
        label,
        rows: 0,
        fraction: fraction ?? undefined,
        rowsPerSecond: 0,
        secondsLeft: undefined,
      });
    await loadDemo(await context.database(), parsed.data, tell, context.signal);
    context.print('The demo region is loaded.');
  },
};
