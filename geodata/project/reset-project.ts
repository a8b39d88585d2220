import type { Database } from '../../server/db/database.js';
import { AppError } from '../../server/errors.js';
import { readLoadingMark } from '../demo/loading-mark.js';
import { restoreParts } from '../demo/resting-parts.js';
import { cleanDeadImports } from '../report/clean-dead-imports.js';
import { emptyProject } from './empty-project.js';

/** What a reset takes away, in rows. */
export type ProjectContents = {
  readonly project: string;
  readonly regions: number;
  readonly roads: number;
  readonly buildings: number;
  readonly places: number;
  readonly accounts: number;
  readonly sales: number;
  readonly imports: number;
};

/** Counts what the project holds. */
export async function projectContents(database: Database): Promise<ProjectContents> {
  const row = await database.row<ProjectContents>(
    `SELECT COALESCE((SELECT value ->> 'name' FROM app.settings WHERE name = 'project'), 'Catchment') AS project,
            (SELECT count(*) FROM geo.regions WHERE level > 0) AS regions,
            (SELECT count(*) FROM geo.roads) AS roads,
            (SELECT count(*) FROM geo.buildings) AS buildings,
            (SELECT count(*) FROM geo.places) AS places,
            (SELECT count(*) FROM crm.accounts) AS accounts,
            (SELECT count(*) FROM crm.sales) AS sales,
            (SELECT count(*) FROM app.imports) AS imports`,
  );
  return row!;
}

/**
 * Empties the project in one transaction: geography, customers, sales, import reports and settings go, users and
 * tokens stay. The project counts as somebody's own from then on: the demo is not loaded again by itself, and
 * its one-click sessions end.
 *
 * Throws an AppError `conflict` while an import runs.
 */
export async function resetProject(database: Database): Promise<void> {
  await cleanDeadImports(database);
  await database.transaction(async (client) => {
    // No import may begin between the look and the end.
    await client.query('LOCK TABLE app.imports IN SHARE ROW EXCLUSIVE MODE');
    const running = await client.query(`SELECT FROM app.imports WHERE status = 'running' LIMIT 1`);
    if (running.rows.length > 0) {
      throw new AppError('conflict', 'An import is running. Wait for its end, or stop it first.');
    }
    const resting = await readLoadingMark(client);
    await emptyProject(client);
    await restoreParts(client, resting ?? []);
    await client.query('DELETE FROM app.imports');
    await client.query('DELETE FROM app.settings');
    await client.query(`INSERT INTO app.settings (name, value) VALUES ('project', $1)`, [
      JSON.stringify({ name: 'My project', isDemo: false }),
    ]);
    await client.query(
      'DELETE FROM app.sessions s USING app.users u WHERE u.id = s.user_id AND u.is_demo',
    );
  });
}
