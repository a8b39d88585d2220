import type { Database } from '../../server/db/database.js';
import { testDatabase } from '../support/database.js';
import { fillAccounts, wideBox } from './fill-accounts.js';
import { reportRatio, takeTurns } from './report.js';
import { serveApp } from './serving.js';
import { spreadPoints } from './spread-points.js';

const sizes = [10_000, 100_000, 1_000_000];
const queriesPerRound = 100;
/** Another seed than that of the accounts: people ask where customers are, not only at them. */
const querySeed = 2;

/** Prints the nearest ten accounts over HTTP beside the raw SQL of the same question through pg. */
export async function run(): Promise<void> {
  for (const size of sizes) await benchSize(size);
}

async function benchSize(size: number): Promise<void> {
  const { database, close } = await testDatabase();
  try {
    await fillAccounts(database, size);
    const server = await serveApp(database);
    const { lon, lat } = spreadPoints(queriesPerRound, wideBox, querySeed);
    const each = async (work: (lon: number, lat: number) => Promise<unknown>) => {
      for (let query = 0; query < queriesPerRound; query++) await work(lon[query]!, lat[query]!);
    };
    const times = await takeTurns(
      () => each((x, y) => server.get(`/api/accounts/nearest?lon=${x}&lat=${y}&limit=10`)),
      () => each((x, y) => nearestBySql(database, x, y)),
    );
    await server.close();
    reportRatio({
      bench: 'nearest',
      what: `${queriesPerRound} times the nearest 10 of ${size.toLocaleString('en')} accounts over HTTP`,
      beside: 'SQL <-> through pg',
      ...times,
      goal: '≤ 2',
    });
  } finally {
    await close();
  }
}

function nearestBySql(database: Database, lon: number, lat: number): Promise<unknown> {
  return database.pool.query({
    name: 'nearest',
    text: `SELECT account_id, name, lifecycle, ST_X(geom), ST_Y(geom)
           FROM crm.accounts ORDER BY geom <-> ST_SetSRID(ST_MakePoint($1, $2), 4326) LIMIT 10`,
    values: [lon, lat],
  });
}
