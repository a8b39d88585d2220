import type { TileField } from '../../contract/tiles.js';
import type { Database } from '../../db/database.js';

/** Comments and types of tables and columns, by `schema.table`. */
export class TableComments {
  readonly #rows: ReadonlyMap<string, CommentRow>;

  constructor(rows: readonly CommentRow[]) {
    this.#rows = new Map(rows.map((row) => [keyOf(row.table_name, row.column_name), row]));
  }

  table(name: string): string {
    return this.#rows.get(keyOf(name, null))?.comment ?? '';
  }

  field(table: string, name: string): TileField {
    const row = this.#rows.get(keyOf(table, name));
    return {
      name,
      type: row?.is_number === true ? 'number' : 'string',
      description: row?.comment ?? '',
    };
  }
}

type CommentRow = {
  table_name: string;
  column_name: string | null;
  is_number: boolean;
  comment: string | null;
};

function keyOf(table: string, column: string | null): string {
  return `${table}.${column ?? ''}`;
}

/** The comments of all tables that tiles are made of, as their migrations wrote them. */
export async function readTableComments(database: Database): Promise<TableComments> {
  const rows = await database.rows<CommentRow>(
    `SELECT n.nspname || '.' || c.relname AS table_name, a.attname AS column_name,
            COALESCE(t.typcategory = 'N', false) AS is_number,
            CASE WHEN a.attname IS NULL THEN obj_description(c.oid, 'pg_class')
                 ELSE col_description(c.oid, a.attnum) END AS comment
     FROM pg_class c
     JOIN pg_namespace n ON n.oid = c.relnamespace
     CROSS JOIN LATERAL (
       SELECT NULL::name AS attname, NULL::smallint AS attnum, NULL::oid AS atttypid
       UNION ALL
       SELECT attname, attnum, atttypid FROM pg_attribute
       WHERE attrelid = c.oid AND attnum > 0 AND NOT attisdropped
     ) a
     LEFT JOIN pg_type t ON t.oid = a.atttypid
     WHERE c.relkind = 'r' AND n.nspname || '.' || c.relname = ANY ($1::text[])`,
    [tables],
  );
  return new TableComments(rows);
}

const tables = [
  'geo.regions',
  'geo.roads',
  'geo.buildings',
  'geo.business_zones',
  'geo.land_cover',
  'geo.places',
  'crm.accounts',
];

/** Whom to name where places show. */
export async function readPlaceAttributions(database: Database): Promise<string[]> {
  const rows = await database.rows<{ attribution: string }>(
    `SELECT DISTINCT geo.attribution(source, licence) AS attribution
     FROM (SELECT source, licence FROM geo.places WHERE source IS NOT NULL GROUP BY 1, 2) origins`,
  );
  return rows.map((row) => row.attribution);
}
