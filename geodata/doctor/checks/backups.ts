import { readLastBackup } from '../../backup/last-backup.js';
import { counted, ok, warn, type Check } from '../check.js';

const oldDays = 7;
const dayMs = 24 * 60 * 60 * 1000;

/** There is a backup, and it is not old. */
export const backupsCheck: Check = {
  name: 'Backups',
  needs: 'schema',
  examine: async ({ database }) => {
    const last = await readLastBackup((await database()).pool);
    const todo = 'npm run catchment -- backup FILE';
    if (!last) return warn('The project was never backed up.', { todo });
    const days = Math.floor((Date.now() - last.getTime()) / dayMs);
    const says = `The last one is ${counted(days, 'day')} old.`;
    return days > oldDays ? warn(says, { todo }) : ok(says);
  },
};
