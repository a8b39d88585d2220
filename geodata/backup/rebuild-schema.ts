import type { Queryable } from '../../server/db/database.js';
import { migrate } from '../../server/db/migrate.js';

/**
 * Puts the empty tables of an older version in the place of the project's, in the client's transaction.
 * Change ids and versions of layers go on from where they were: servers and browsers remember them.
 */
export async function rebuildSchema(client: Queryable, version: number): Promise<void> {
  const before = await client.query<{ changes: number | null }>(
    `SELECT max(last_value) AS changes FROM pg_sequences
     WHERE schemaname = 'app' AND sequencename = 'changes_change_id_seq'`,
  );
  const layers = await client.query<{ layer: string; version: number }>(
    'SELECT layer, version FROM geo.layer_versions',
  );
  await client.query('DROP SCHEMA geo, crm, app CASCADE');
  await client.query('DELETE FROM public.catchment_migrations WHERE version > 0');
  await migrate(client, version);
  await client.query(`SELECT setval('app.changes_change_id_seq', $1)`, [
    before.rows[0]?.changes ?? 1,
  ]);
  for (const { layer, version: shown } of layers.rows) {
    await client.query('UPDATE geo.layer_versions SET version = $2 WHERE layer = $1', [
      layer,
      shown,
    ]);
  }
}
