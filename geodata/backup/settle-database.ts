import type { Queryable } from '../../server/db/database.js';
import { LOADING_MARK } from '../demo/loading-mark.js';
import type { Manifest } from './manifest.js';

/** Layers whose changes somebody follows; those that the change log knows beside them count too. */
const followedLayers = [
  'accounts',
  'places',
  'regions',
  'sales',
  'payments',
  'region_facts',
  'account_slices',
];

/** After rows were restored: derives what is derived, goes on counting, and tells servers to read again. */
export async function settleDatabase(client: Queryable, manifest: Manifest): Promise<void> {
  await client.query('SELECT geo.refresh_region_members()');
  for (const [name, last] of Object.entries(manifest.sequences))
    await continueFrom(client, name, last);
  for (const [layer, version] of Object.entries(manifest.layerVersions)) {
    await client.query(
      'UPDATE geo.layer_versions SET version = greatest(version, $2) WHERE layer = $1',
      [layer, version],
    );
  }
  // A layer made once more than it changed would not look stale.
  await client.query('UPDATE geo.layer_versions SET changes = changes + 1');
  await client.query(`DELETE FROM app.settings WHERE name = '${LOADING_MARK}'`);
  await client.query(
    `UPDATE app.imports SET status = 'failed', finished_at = now(),
       error = 'The backup was taken while this import ran.'
     WHERE status = 'running'`,
  );
  await client.query(
    `INSERT INTO app.changes (layer, row_id)
     SELECT layer, NULL FROM (
       SELECT unnest($1::text[]) AS layer UNION SELECT layer FROM app.changes
       UNION SELECT layer FROM app.trimmed_changes) followed`,
    [followedLayers],
  );
}

/** Never lower: an id that was given once is not given again, even where this transaction is undone. */
async function continueFrom(client: Queryable, sequence: string, last: number): Promise<void> {
  await client.query(
    `SELECT setval(s.oid, greatest($2, pg_sequence_last_value(s.oid), 1))
     FROM (SELECT to_regclass($1) AS oid) s WHERE s.oid IS NOT NULL`,
    [sequence, last],
  );
}
