import type { Queryable } from '../../server/db/database.js';

/** Secondary indexes that rest while their tables fill: making one at the end is far quicker than keeping it. */
export type RestingIndex = { readonly name: string; readonly definition: string };

/** Indexes of the tables that no constraint needs. */
export async function secondaryIndexes(
  queryable: Queryable,
  tables: readonly string[],
): Promise<RestingIndex[]> {
  const found = await queryable.query<RestingIndex>(
    `SELECT i.indexrelid::regclass::text AS name, pg_get_indexdef(i.indexrelid) AS definition
     FROM pg_index i
     WHERE i.indrelid = ANY ($1::text[]::regclass[])
       AND NOT i.indisunique
       AND NOT EXISTS (SELECT 1 FROM pg_constraint c WHERE c.conindid = i.indexrelid)
     ORDER BY 1`,
    [tables],
  );
  return found.rows;
}

/** Drops the indexes; keep the list somewhere safe first. */
export async function dropIndexes(
  queryable: Queryable,
  indexes: readonly RestingIndex[],
): Promise<void> {
  for (const { name } of indexes) await queryable.query(`DROP INDEX IF EXISTS ${name}`);
}

/** Makes those of the indexes that are not there. */
export async function restoreIndexes(
  queryable: Queryable,
  indexes: readonly RestingIndex[],
  onIndex: (done: number) => void = () => undefined,
): Promise<void> {
  for (const [i, { definition }] of indexes.entries()) {
    await queryable.query(definition.replace(/^CREATE INDEX /, 'CREATE INDEX IF NOT EXISTS '));
    onIndex(i + 1);
  }
}
