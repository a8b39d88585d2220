import type { Queryable } from '../../server/db/database.js';

/** An extract as it is known to the database: whatever its date, and whatever the file is called. */
export type Extract = {
  readonly id: number;
  readonly name: string;
  /** Whether features that the extract no longer holds are taken away. */
  readonly replace: boolean;
};

export type HeldCounts = {
  /** Rows that an earlier file of the extract brought and this one does not hold. */
  readonly vanished: number;
  /** How many of these were removed: with `replace`, those that no other extract holds. */
  readonly removed: number;
};

export type HeldTable = {
  /** Qualified table with a column `extract_ids`. */
  readonly table: string;
  readonly key: readonly string[];
  /** What this file of the extract holds: a table or subquery with the key columns. */
  readonly source: string;
};

/** The number of an extract; undefined where it was never imported. */
export async function findExtract(client: Queryable, name: string): Promise<number | undefined> {
  const { rows } = await client.query<{ extract_id: number }>(
    'SELECT extract_id FROM geo.extracts WHERE name = $1',
    [name],
  );
  return rows[0]?.extract_id;
}

/** The number of an extract, entered where it is new. */
export async function extractIdOf(
  client: Queryable,
  name: string,
  importId: number,
): Promise<number> {
  const { rows } = await client.query<{ extract_id: number }>(
    `INSERT INTO geo.extracts (name, import_id) VALUES ($1, $2)
     ON CONFLICT ON CONSTRAINT extracts_name_key DO UPDATE SET import_id = EXCLUDED.import_id
     RETURNING extract_id`,
    [name, importId],
  );
  return rows[0]!.extract_id;
}

/**
 * Notes which rows an extract holds, and, with `replace`, lets go of those it holds no longer: a row goes
 * when no other extract holds it, so that extracts which overlap leave each other's features alone.
 */
export async function holdExtract(
  client: Queryable,
  { table, key, source }: HeldTable,
  { id, replace }: Extract,
): Promise<HeldCounts> {
  const same = key.map((name) => `t."${name}" = s."${name}"`).join(' AND ');
  await client.query(
    `UPDATE ${table} AS t SET extract_ids = array_append(t.extract_ids, ${id})
     FROM ${source} AS s WHERE ${same} AND NOT t.extract_ids @> ARRAY[${id}]`,
  );
  const isGone = `t.extract_ids @> ARRAY[${id}] AND NOT EXISTS (SELECT FROM ${source} AS s WHERE ${same})`;
  if (!replace) {
    const found = await client.query<{ count: number }>(
      `SELECT count(*) AS count FROM ${table} AS t WHERE ${isGone}`,
    );
    return { vanished: found.rows[0]?.count ?? 0, removed: 0 };
  }
  const removed = await client.query(
    `DELETE FROM ${table} AS t WHERE cardinality(t.extract_ids) = 1 AND ${isGone}`,
  );
  const released = await client.query(
    `UPDATE ${table} AS t SET extract_ids = array_remove(t.extract_ids, ${id}) WHERE ${isGone}`,
  );
  const count = removed.rowCount ?? 0;
  return { vanished: count + (released.rowCount ?? 0), removed: count };
}
