import { counted, ok, warn, type Check } from '../check.js';

const notPlacedShare = 0.2;
const outsideShare = 0.05;

/** Accounts were matched since they moved. */
export const matchingCheck: Check = {
  name: 'Matching',
  needs: 'schema',
  examine: async ({ database }) => {
    const found = await (
      await database()
    ).row<{ stale: number }>(
      `SELECT count(*) AS stale FROM crm.accounts WHERE matched_at IS NULL AND geom IS NOT NULL`,
    );
    const { stale = 0 } = found ?? {};
    if (stale === 0) return ok('Every placed account is matched.');
    return warn(`${counted(stale, 'account')} not matched since they were placed.`, {
      todo: 'npm run catchment -- match --stale',
    });
  },
};

/** Most accounts could be placed. */
export const placingCheck: Check = {
  name: 'Placing',
  needs: 'schema',
  examine: async ({ database }) => {
    const found = await (
      await database()
    ).row<{ all: number; lost: number; outside: number }>(
      `SELECT count(*) AS all, count(*) FILTER (WHERE geom IS NULL) AS lost,
         count(*) FILTER (WHERE geom IS NOT NULL AND region_id IS NULL AND matched_at IS NOT NULL) AS outside
       FROM crm.accounts`,
    );
    const { all = 0, lost = 0, outside = 0 } = found ?? {};
    if (all === 0) return ok('There are no accounts yet.');
    const says = `${counted(lost, 'account')} of ${all.toLocaleString('en')} not placed, ${outside.toLocaleString('en')} outside every region.`;
    if (lost > notPlacedShare * all) {
      return warn(says, { todo: 'Import postcodes or addresses, then npm run catchment -- match' });
    }
    if (outside <= outsideShare * all) return ok(says);
    return warn(says, { todo: 'Import the regions where they are, or check the coordinates.' });
  },
};
