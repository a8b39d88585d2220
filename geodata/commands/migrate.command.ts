import type { Command } from './command.js';

/** Brings the database to the newest migration. */
export const migrateCommand: Command = {
  name: 'migrate',
  usage: '',
  describe: 'Bring the database to the newest version of its schema',
  run: async (_args, context) => {
    await context.database();
    context.print('The database is up to date.');
  },
};
