import type { Queryable } from '../../server/db/database.js';

type ForeignKey = {
  readonly column: string;
  readonly referenced: string;
  readonly referenced_column: string;
};

/** Rows to insert: SQL for the value of each column over alias `s` of the source. */
export type NewRows = {
  readonly target: string;
  readonly source: string;
  readonly values: Readonly<Record<string, string>>;
};

/**
 * Runs `insert`, which inserts the given rows, with foreign keys checked once for each value they name: the
 * database would look at every key of every row, which takes longer than writing the row.
 *
 * The rows that keys name are locked as the database itself does. Where it is not permitted, or a key
 * names a row that is not there, the database checks as usual and says so. Inside a transaction.
 */
export async function withKeysBySet<Result>(
  client: Queryable,
  rows: NewRows,
  insert: () => Promise<Result>,
): Promise<Result> {
  if (!(await maySkipKeyTriggers(client, rows.target))) return insert();
  for (const key of await foreignKeysOf(client, rows.target)) {
    if (!(await holdReferenced(client, rows, key))) return insert();
  }
  await client.query('SET LOCAL session_replication_role = replica');
  const result = await insert();
  await client.query('SET LOCAL session_replication_role = origin');
  return result;
}

/** Whether nothing but the triggers of foreign keys would be skipped, and every key is of one column. */
async function maySkipKeyTriggers(client: Queryable, target: string): Promise<boolean> {
  const { rows } = await client.query<{ may: boolean }>(
    `SELECT has_parameter_privilege('session_replication_role', 'SET')
       AND NOT EXISTS (
         SELECT FROM pg_trigger t LEFT JOIN pg_constraint c ON c.oid = t.tgconstraint
         WHERE t.tgrelid = $1::regclass AND t.tgtype & 4 <> 0 AND t.tgenabled NOT IN ('A', 'D')
           AND c.contype IS DISTINCT FROM 'f')
       AND NOT EXISTS (
         SELECT FROM pg_constraint
         WHERE conrelid = $1::regclass AND contype = 'f' AND cardinality(conkey) > 1) AS may`,
    [target],
  );
  return rows[0]?.may ?? false;
}

async function foreignKeysOf(client: Queryable, target: string): Promise<ForeignKey[]> {
  const { rows } = await client.query<ForeignKey>(
    `SELECT a.attname AS column, c.confrelid::regclass::text AS referenced,
       r.attname AS referenced_column
     FROM pg_constraint c
     JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
     JOIN pg_attribute r ON r.attrelid = c.confrelid AND r.attnum = c.confkey[1]
     WHERE c.conrelid = $1::regclass AND c.contype = 'f' ORDER BY c.conname`,
    [target],
  );
  return rows;
}

/** Keeps the rows that the new rows name from being removed; false where one is not there. */
async function holdReferenced(
  client: Queryable,
  { source, values }: NewRows,
  { column, referenced, referenced_column: key }: ForeignKey,
): Promise<boolean> {
  const value = values[column];
  if (value === undefined) return true;
  const { rows } = await client.query<{ all_there: boolean }>(
    `WITH named AS MATERIALIZED (
       SELECT DISTINCT ${value} AS id FROM ${source} AS s WHERE ${value} IS NOT NULL),
     held AS MATERIALIZED (
       SELECT r."${key}" FROM ${referenced} r JOIN named n ON n.id = r."${key}" FOR KEY SHARE OF r)
     SELECT (SELECT count(*) FROM named) = (SELECT count(*) FROM held) AS all_there`,
  );
  return rows[0]?.all_there ?? false;
}
