import { z } from 'zod';
import { refreshSearchIndex } from '../geocoding/refresh-search-index.js';
import { placeAndMatchAccounts } from '../matching/match-accounts.js';
import { matchStaleAccounts } from '../matching/match-stale.js';
import { ProgressMeter } from '../progress.js';
import type { Command } from './command.js';
import { parseOptions } from './parse-options.js';

const matchOptions = z.object({
  stale: z.boolean().default(false).describe('Only accounts that changed since they were matched'),
});

/** Places and matches accounts anew. */
export const matchCommand: Command = {
  name: 'match',
  usage: '[--stale]',
  describe: 'Place all accounts and match them to regions, buildings, roads and zones again',
  run: async (args, context) => {
    const { values } = parseOptions(args, matchOptions);
    const scope = matchOptions.parse(values).stale ? 'stale' : 'all';
    const database = await context.database();
    const progress = new ProgressMeter([context.onProgress]);
    progress.stage('Preparing search');
    await refreshSearchIndex(database, { signal: context.signal });
    progress.stage('Placing and matching accounts');
    const options = {
      signal: context.signal,
      progress: (done: number, total: number) => progress.fraction(done / Math.max(1, total)),
    };
    const report =
      scope === 'stale'
        ? await matchStaleAccounts(database, options)
        : await database.transaction((client) => placeAndMatchAccounts(client, 'all', options));
    progress.stage('');
    context.print(
      `${report.examined.toLocaleString('en')} accounts with a point examined, ` +
        `${report.changed.toLocaleString('en')} changed.`,
    );
  },
};
