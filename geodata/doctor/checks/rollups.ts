import { counted, ok, warn, type Check } from '../check.js';

const schema = 'prod_pre_aggregations';
/** A rollup that is so much older than the newest change of what it sums is behind. */
const behindMinutes = 60;
/** Cube writes the second in which a rollup was made at the end of its name, to this base. */
const nameBase = 32;

/** The sums that figures come from are about as new as the data. */
export const rollupsCheck: Check = {
  name: 'Rollups',
  needs: 'schema',
  examine: async ({ database }) => {
    const opened = await database();
    const tables = await opened.rows<{ name: string }>(
      'SELECT tablename AS name FROM pg_tables WHERE schemaname = $1',
      [schema],
    );
    if (tables.length === 0) return ok('None yet; Cube makes them when figures are asked for.');
    const changed = await opened.row<{ at: Date | null }>(
      `SELECT max(changed_at) AS at FROM app.changes WHERE layer IN ('sales', 'payments', 'accounts')`,
    );
    const newest = Math.max(...tables.map(({ name }) => madeAt(name)));
    const minutes = Math.floor(((changed?.at?.getTime() ?? 0) - newest) / 60_000);
    if (minutes <= behindMinutes)
      return ok(`${counted(tables.length, 'rollup')}, in step with the data.`);
    return warn(`The newest is ${counted(minutes, 'minute')} older than the data.`, {
      todo: 'See whether Cube runs; opening Explore has them made anew.',
    });
  },
};

function madeAt(table: string): number {
  return Number.parseInt(table.slice(table.lastIndexOf('_') + 1), nameBase) * 1000;
}
