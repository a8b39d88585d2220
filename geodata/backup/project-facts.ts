import type { Queryable } from '../../server/db/database.js';
import type { Manifest } from './manifest.js';

/** Makes values come and go as the same text on every server; for a transaction. */
export const portableTexts = `SET LOCAL TimeZone = 'UTC'; SET LOCAL DateStyle = 'ISO, YMD';
  SET LOCAL IntervalStyle = 'postgres'; SET LOCAL extra_float_digits = 1; SET LOCAL bytea_output = 'hex'`;

type Facts = Pick<Manifest, 'migration' | 'project' | 'sequences' | 'layerVersions'>;

/** What a backup keeps beside rows. */
export async function describeProject(queryable: Queryable): Promise<Facts> {
  const { rows } = await queryable.query<{ migration: number; project: string }>(
    `SELECT (SELECT max(version) FROM public.catchment_migrations) AS migration,
       COALESCE((SELECT value ->> 'name' FROM app.settings WHERE name = 'project'), 'Catchment') AS project`,
  );
  const { migration, project } = rows[0] ?? { migration: 0, project: '' };
  const layers = await queryable.query<{ layer: string; version: number }>(
    'SELECT layer, version FROM geo.layer_versions ORDER BY layer',
  );
  return {
    migration,
    project,
    sequences: await readSequences(queryable),
    layerVersions: Object.fromEntries(layers.rows.map(({ layer, version }) => [layer, version])),
  };
}

/** Last values of the sequences that gave one. */
async function readSequences(queryable: Queryable): Promise<Record<string, number>> {
  const { rows } = await queryable.query<{ name: string; last_value: number }>(
    `SELECT schemaname || '.' || sequencename AS name, last_value FROM pg_sequences
     WHERE schemaname IN ('geo', 'crm', 'app') AND last_value IS NOT NULL ORDER BY 1`,
  );
  return Object.fromEntries(rows.map(({ name, last_value }) => [name, last_value]));
}
