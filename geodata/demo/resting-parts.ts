import type { Queryable } from '../../server/db/database.js';

/**
 * An index or a foreign key that rests while its table fills: making it at the end is many times quicker than
 * keeping it row by row. A foreign key names its table, an index does without.
 */
export type RestingPart = {
  readonly name: string;
  readonly definition: string;
  readonly table?: string;
};

/** Indexes of the tables that no constraint needs, then the foreign keys of the tables. */
export async function restingParts(
  queryable: Queryable,
  tables: readonly string[],
): Promise<RestingPart[]> {
  const indexes = await queryable.query<RestingPart>(
    `SELECT i.indexrelid::regclass::text AS name, pg_get_indexdef(i.indexrelid) AS definition
     FROM pg_index i
     WHERE i.indrelid = ANY ($1::text[]::regclass[])
       AND NOT i.indisunique
       AND NOT EXISTS (SELECT 1 FROM pg_constraint c WHERE c.conindid = i.indexrelid)
     ORDER BY 1`,
    [tables],
  );
  const foreignKeys = await queryable.query<RestingPart>(
    `SELECT quote_ident(conname) AS name, conrelid::regclass::text AS table,
            pg_get_constraintdef(oid) AS definition
     FROM pg_constraint
     WHERE contype = 'f' AND conrelid = ANY ($1::text[]::regclass[])
     ORDER BY 2, 1`,
    [tables],
  );
  return [...indexes.rows, ...foreignKeys.rows];
}

/** Drops the parts; keep the list somewhere safe first. */
export async function dropParts(
  queryable: Queryable,
  parts: readonly RestingPart[],
): Promise<void> {
  for (const { name, table } of parts) {
    await queryable.query(
      table === undefined
        ? `DROP INDEX IF EXISTS ${name}`
        : `ALTER TABLE ${table} DROP CONSTRAINT IF EXISTS ${name}`,
    );
  }
}

/** Makes those of the parts that are not there. Throws where rows break a foreign key. */
export async function restoreParts(
  queryable: Queryable,
  parts: readonly RestingPart[],
  onPart: () => void = () => undefined,
): Promise<void> {
  for (const { name, table, definition } of parts) {
    if (table === undefined) {
      await queryable.query(definition.replace(/^CREATE INDEX /, 'CREATE INDEX IF NOT EXISTS '));
    } else if (!(await hasConstraint(queryable, table, name))) {
      await queryable.query(`ALTER TABLE ${table} ADD CONSTRAINT ${name} ${definition}`);
    }
    onPart();
  }
}

async function hasConstraint(queryable: Queryable, table: string, name: string): Promise<boolean> {
  const found = await queryable.query(
    `SELECT FROM pg_constraint WHERE conrelid = $1::regclass AND quote_ident(conname) = $2`,
    [table, name],
  );
  return found.rows.length > 0;
}
