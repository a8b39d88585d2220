import type { Queryable } from '../../server/db/database.js';

/**
 * Tables that are made from others, or that nobody wants back: everything else of the project is kept, tables
 * that are added later included.
 */
const leftOut: ReadonlySet<string> = new Set([
  // Derived by geo.refresh_region_members() and by the making of shapes.
  'geo.region_members',
  'geo.region_paths',
  'geo.region_shapes',
  'geo.road_shapes',
  'geo.building_shapes',
  'geo.zone_shapes',
  'geo.land_cover_shapes',
  // Derived by crm.refresh_sale_cells(), with what it works by.
  'crm.sale_cells_leaf_category',
  'crm.sale_cells_leaf_customer',
  'crm.sale_cells_region',
  'crm.sale_cells_category',
  'crm.sale_cells_customer',
  'crm.sale_cells_region_total',
  'crm.sale_cells_category_total',
  'crm.sale_cells_customer_total',
  'app.sale_changes',
  'app.sale_cells_state',
  'app.stale_sale_cells',
  'app.changed_sale_cells',
  // Belong to the running database; a restore writes to them what it has to say.
  'geo.layer_versions',
  'app.changes',
  'app.trimmed_changes',
  // Work on files that are not in a backup.
  'app.import_jobs',
  // Short-lived secrets.
  'app.sessions',
  'app.verifications',
]);

/** Derived, but not by TRUNCATE: the database counts on in them. */
const lasting: ReadonlySet<string> = new Set([
  'app.sale_changes',
  'app.sale_cells_state',
  'geo.layer_versions',
  'app.changes',
  'app.trimmed_changes',
]);

export type ProjectTable = {
  /** Qualified name, safe to put into SQL. */
  readonly name: string;
  /** Columns that are stored, in their order; generated ones are not. */
  readonly columns: readonly string[];
  /** Their types, as SQL. */
  readonly types: readonly string[];
};

/** Tables that a backup holds, by name. Staging tables of imports are none of them. */
export async function listBackupTables(queryable: Queryable): Promise<ProjectTable[]> {
  return (await listTables(queryable)).filter(({ name }) => !leftOut.has(name));
}

/** Names of the tables that a restore empties: those that a backup holds, and those made from them. */
export async function listEmptiedTables(queryable: Queryable): Promise<string[]> {
  const tables = await listTables(queryable);
  return tables.map(({ name }) => name).filter((name) => !lasting.has(name));
}

async function listTables(queryable: Queryable): Promise<ProjectTable[]> {
  const { rows } = await queryable.query<ProjectTable>(
    `SELECT n.nspname || '.' || c.relname AS name,
       array_agg(a.attname::text ORDER BY a.attnum) AS columns,
       array_agg(format_type(a.atttypid, a.atttypmod) ORDER BY a.attnum) AS types
     FROM pg_class c
     JOIN pg_namespace n ON n.oid = c.relnamespace
     JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
       AND a.attgenerated = ''
     WHERE n.nspname IN ('geo', 'crm', 'app') AND c.relkind = 'r'
       AND c.relname !~ '^staging_[0-9]+_'
     GROUP BY n.nspname, c.relname
     ORDER BY 1`,
  );
  return rows;
}
