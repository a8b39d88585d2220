import type { Database, Queryable } from '../../server/db/database.js';
import { isCounting } from './counted-merges.js';

/** Fewer rows are quicker into the indexes as they stand. */
const leastRows = 10_000;
const lockNotAvailable = '55P03';

type Index = {
  readonly name: string;
  readonly definition: string;
  readonly constraint: string | null;
  readonly constraint_definition: string | null;
  readonly is_slow: boolean;
};

type BulkInsert = {
  readonly table: string;
  readonly rows: number;
  /** Columns that the new rows bring. */
  readonly columns: readonly string[];
};

/**
 * Runs `work`, which inserts `rows` rows into a table, without the table's indexes where it is empty, and
 * builds them after it: several times quicker than keeping them up to date row by row.
 *
 * Inside a transaction: nobody reads the empty table until it ends. Indexes of texts (GIN) take longer than
 * all else and are left to `buildWaitingIndexes`, after the commit. The primary key stays, and so does an index
 * of columns that the rows do not bring: nulls and running numbers cost it less than reading the table anew.
 */
export async function withIndexesAfter<Result>(
  client: Queryable,
  { table, rows, columns }: BulkInsert,
  work: () => Promise<Result>,
): Promise<Result> {
  if (isCounting(client) || rows < leastRows) return work();
  if (!(await lockEmpty(client, table))) {
    // New texts wait in a list of their own and go into the index of texts many at a time; reading goes on.
    await client.query(`SET LOCAL gin_pending_list_limit = '64MB'`);
    return work();
  }
  const indexes = await indexesOf(client, table, columns);
  for (const index of indexes) await client.query(dropStatement(table, index));
  const result = await work();
  // More memory than the server's own setting, for this transaction only.
  await client.query(`SET LOCAL maintenance_work_mem = '256MB'`);
  for (const index of indexes) {
    if (!index.is_slow) await client.query(createStatement(table, index));
  }
  await noteWaiting(
    client,
    indexes.filter(({ is_slow: isSlow }) => isSlow),
  );
  return result;
}

/** How many rows a staging table holds. */
export async function countRows(client: Queryable, table: string): Promise<number> {
  const { rows } = await client.query<{ rows: number }>(`SELECT count(*) AS rows FROM ${table}`);
  return rows[0]?.rows ?? 0;
}

/** Takes the table for itself if it is empty and nobody uses it for long. */
async function lockEmpty(client: Queryable, table: string): Promise<boolean> {
  if (!(await isEmpty(client, table))) return false;
  await client.query('SAVEPOINT before_lock');
  try {
    await client.query(`SET LOCAL lock_timeout = '2s'`);
    await client.query(`LOCK TABLE ${table} IN ACCESS EXCLUSIVE MODE`);
    await client.query('SET LOCAL lock_timeout = DEFAULT');
  } catch (error) {
    if ((error as { code?: string }).code !== lockNotAvailable) throw error;
    await client.query('ROLLBACK TO before_lock');
    return false;
  }
  return isEmpty(client, table);
}

async function isEmpty(client: Queryable, table: string): Promise<boolean> {
  const { rows } = await client.query<{ empty: boolean }>(
    `SELECT NOT EXISTS (SELECT FROM ${table}) AS empty`,
  );
  return rows[0]?.empty ?? false;
}

/** Indexes over an expression or one of the columns. */
async function indexesOf(
  client: Queryable,
  table: string,
  columns: readonly string[],
): Promise<Index[]> {
  const { rows } = await client.query<Index>(
    `SELECT i.indexrelid::regclass::text AS name, pg_get_indexdef(i.indexrelid) AS definition,
       c.conname AS constraint, pg_get_constraintdef(c.oid) AS constraint_definition,
       m.amname = 'gin' AS is_slow
     FROM pg_index i
     JOIN pg_class r ON r.oid = i.indexrelid
     JOIN pg_am m ON m.oid = r.relam
     LEFT JOIN pg_constraint c ON c.conindid = i.indexrelid AND c.conrelid = i.indrelid
     WHERE i.indrelid = $1::regclass AND NOT i.indisprimary
       AND EXISTS (
         SELECT FROM unnest(i.indkey::int2[]) AS k (attnum)
         LEFT JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.attnum
         WHERE k.attnum = 0 OR a.attname = ANY ($2))
       AND NOT EXISTS (SELECT FROM pg_constraint f WHERE f.conindid = i.indexrelid AND f.contype = 'f')
     ORDER BY r.relname`,
    [table, columns],
  );
  return rows;
}

function dropStatement(table: string, { name, constraint }: Index): string {
  if (constraint === null) return `DROP INDEX ${name}`;
  return `ALTER TABLE ${table} DROP CONSTRAINT "${constraint}"`;
}

function createStatement(table: string, index: Index): string {
  if (index.constraint === null) return index.definition;
  return `ALTER TABLE ${table} ADD CONSTRAINT "${index.constraint}" ${index.constraint_definition}`;
}

const settingName = 'indexes_to_build';

async function noteWaiting(client: Queryable, indexes: readonly Index[]): Promise<void> {
  if (indexes.length === 0) return;
  await client.query(
    `INSERT INTO app.settings AS s (name, value) VALUES ($1, $2)
     ON CONFLICT (name) DO UPDATE SET value = s.value || EXCLUDED.value, updated_at = now()`,
    [settingName, JSON.stringify(indexes.map(({ name, definition }) => ({ name, definition })))],
  );
}

/**
 * Builds the indexes that a bulk load left for later, without keeping anybody from the table on
 * PostgreSQL. Safe to call at any time; what a process that ended left undone is done by the next call,
 * and what another process is building is left to it.
 */
export async function buildWaitingIndexes(database: Database): Promise<void> {
  const waiting = await database.row<{ value: { name: string; definition: string }[] }>(
    'SELECT value FROM app.settings WHERE name = $1',
    [settingName],
  );
  if (!waiting) return;
  const client = await database.pool.connect();
  try {
    if (database.engine === 'postgres' && !(await takeTurn(client))) return;
    for (const { name, definition } of waiting.value) {
      await dropInvalid(client, name);
      await client.query(withoutBlocking(definition, database));
    }
    await client.query('DELETE FROM app.settings WHERE name = $1', [settingName]);
  } finally {
    if (database.engine === 'postgres') await client.query('SELECT pg_advisory_unlock_all()');
    client.release();
  }
}

/** Brings texts that wait for their index into it: until then everybody who searches reads them one by one. */
export async function indexWaitingTexts({ pool }: Database, table: string): Promise<void> {
  await pool.query(
    `SELECT gin_clean_pending_list(i.indexrelid)
     FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_am m ON m.oid = c.relam
     WHERE i.indrelid = $1::regclass AND m.amname = 'gin'`,
    [table],
  );
}

/** Whether no other process is building; until the session gives it back. */
async function takeTurn(client: Queryable): Promise<boolean> {
  const { rows } = await client.query<{ taken: boolean }>(
    'SELECT pg_try_advisory_lock(hashtext($1)) AS taken',
    [settingName],
  );
  return rows[0]?.taken ?? false;
}

/** A build that was cut off leaves an index that nobody uses and that keeps its name taken. */
async function dropInvalid(client: Queryable, name: string): Promise<void> {
  const left = await client.query(
    'SELECT 1 FROM pg_index WHERE indexrelid = to_regclass($1) AND NOT indisvalid',
    [name],
  );
  if (left.rows.length > 0) await client.query(`DROP INDEX ${name}`);
}

function withoutBlocking(definition: string, { engine }: Database): string {
  const way = engine === 'postgres' ? 'CONCURRENTLY IF NOT EXISTS' : 'IF NOT EXISTS';
  return definition.replace(/^CREATE INDEX /, `CREATE INDEX ${way} `);
}
