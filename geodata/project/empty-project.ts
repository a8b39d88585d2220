import type { Queryable } from '../../server/db/database.js';

/** Tables that describe the project itself or are derived by functions of their own. */
const kept = [
  'regions',
  'region_levels',
  'region_members',
  'region_paths',
  'layer_versions',
  'search_layers',
];

/**
 * Takes away all geography and customers: afterwards only the root region is there, as after the first
 * migration. Run it in a transaction.
 */
export async function emptyProject(client: Queryable): Promise<void> {
  const tables = await client.query<{ name: string }>(
    `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables
     WHERE schemaname IN ('geo', 'crm') AND NOT (schemaname = 'geo' AND tablename = ANY ($1))`,
    [kept],
  );
  await client.query(`TRUNCATE ${tables.rows.map(({ name }) => name).join(', ')}`);
  // Their ids of accounts, regions and roads would mean others, and what they say is personal data.
  await client.query('DELETE FROM app.selections');
  await client.query('TRUNCATE app.account_changes, app.bulk_edits, app.account_merges');
  await client.query('DELETE FROM geo.regions WHERE level > 0');
  await client.query('DELETE FROM geo.region_levels WHERE level > 0');
  await client.query(
    `UPDATE geo.regions
     SET name = 'All regions', geom = NULL, area_km2 = NULL, population = NULL, households = NULL, dwellings = NULL,
         income = NULL, dwelling_value = NULL, urbanity = NULL, statistics = '{}', source = NULL, licence = NULL,
         import_id = NULL, updated_at = now()
     WHERE level = 0`,
  );
  await client.query(
    `UPDATE geo.region_levels SET name = 'Project', plural_name = 'Projects' WHERE level = 0`,
  );
  await client.query('SELECT geo.refresh_region_members()');
}
