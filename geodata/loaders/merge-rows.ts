import type { Queryable } from '../../server/db/database.js';
import { isCounting, noteMerge } from './counted-merges.js';
import { withKeysBySet } from './keys-by-set.js';

/** From here on the checks of so many rows cost more than finding out how to do with fewer. */
const manyRows = 10_000;

export type MergeCounts = {
  readonly inserted: number;
  readonly updated: number;
  readonly unchanged: number;
};

export type MergeColumn = {
  /** SQL over alias `s` (the staged row) for the value; default is the staged column of the same name. */
  readonly value?: string;
  /** As `value`, over `s` and `t`, where an existing row is compared and updated. */
  readonly updateValue?: string;
  /** SQL condition over alias `t` (the stored row) under which the stored value stays. */
  readonly keepWhen?: string;
};

export type Merge = {
  /** Qualified target table. */
  readonly target: string;
  /** Columns that identify a row; at most one staged row for each key. */
  readonly key: readonly string[];
  /** Columns that are compared and written, beside the key. */
  readonly columns: Readonly<Record<string, MergeColumn>>;
  /** Columns written only when the row is inserted or otherwise changed, as SQL, for example `now()`. */
  readonly stamps?: Readonly<Record<string, string>>;
  /** As `stamps`, but only when an existing row changes. */
  readonly updateStamps?: Readonly<Record<string, string>>;
  /** Columns only for new rows, as SQL over `s`. */
  readonly insertOnly?: Readonly<Record<string, string>>;
  /** Staging table or subquery in brackets. */
  readonly source: string;
  /** Order in which new rows are written, as SQL over `s`: near each other on disk what is near on the map. */
  readonly insertOrder?: string;
};

/**
 * Brings staged rows into a table: updates rows that differ, inserts rows that are new, and writes
 * nothing for rows that are equal. A statement without rows is not run at all, so that no statement
 * trigger tells of a change where there was none.
 */
export async function mergeRows(queryable: Queryable, merge: Merge): Promise<MergeCounts> {
  const isFill = !isCounting(queryable) && (await isEmpty(queryable, merge.target));
  if (isFill) return fillEmpty(queryable, merge);
  const expected = await queryable.query<{ total: number; fresh: number; different: number }>(
    countStatement(merge),
  );
  const { total, fresh, different } = expected.rows[0] ?? { total: 0, fresh: 0, different: 0 };
  noteMerge(queryable, {
    inserted: fresh,
    updated: different,
    unchanged: total - fresh - different,
  });
  const updated = different > 0 ? await run(queryable, updateStatement(merge)) : 0;
  const inserted = fresh > 0 ? await insert(queryable, merge, fresh) : 0;
  return { inserted, updated, unchanged: total - inserted - updated };
}

/** Every row is new; what the source gives is worked out once, by the insert. */
async function fillEmpty(queryable: Queryable, merge: Merge): Promise<MergeCounts> {
  const counted = await queryable.query<{ rows: number }>(
    `SELECT count(*) AS rows FROM (SELECT FROM ${merge.source} AS s LIMIT ${manyRows}) first_rows`,
  );
  const rows = counted.rows[0]?.rows ?? 0;
  const inserted = rows > 0 ? await insert(queryable, merge, rows) : 0;
  return { inserted, updated: 0, unchanged: 0 };
}

async function insert(queryable: Queryable, merge: Merge, rows: number): Promise<number> {
  const values = newValues(merge);
  const work = () => run(queryable, insertStatement(merge, values));
  if (rows < manyRows) return work();
  return withKeysBySet(queryable, { target: merge.target, source: merge.source, values }, work);
}

async function run(queryable: Queryable, statement: string): Promise<number> {
  return (await queryable.query(statement)).rowCount ?? 0;
}

async function isEmpty(queryable: Queryable, table: string): Promise<boolean> {
  const { rows } = await queryable.query(`SELECT 1 FROM ${table} LIMIT 1`);
  return rows.length === 0;
}

function countStatement(merge: Merge): string {
  const isStored = `t."${merge.key[0]}" IS NOT NULL`;
  return `SELECT count(*) AS total, count(*) FILTER (WHERE NOT (${isStored})) AS fresh,
      count(*) FILTER (WHERE ${isStored} AND ${isDifferent(merge)}) AS different
    FROM ${merge.source} AS s LEFT JOIN ${merge.target} AS t ON ${sameKey(merge)}`;
}

function isDifferent(merge: Merge): string {
  const columns = Object.entries(merge.columns);
  const before = columns.map(([name]) => `t."${name}"`).join(', ');
  const after = columns.map(([name, column]) => newValue(name, column)).join(', ');
  return `ROW(${before}) IS DISTINCT FROM ROW(${after})`;
}

function updateStatement(merge: Merge): string {
  const stamps = { ...merge.stamps, ...merge.updateStamps };
  const sets = [
    ...Object.entries(merge.columns).map(
      ([name, column]) => `"${name}" = ${newValue(name, column)}`,
    ),
    ...Object.entries(stamps).map(([name, value]) => `"${name}" = ${value}`),
  ];
  return `UPDATE ${merge.target} AS t SET ${sets.join(', ')}
    FROM ${merge.source} AS s WHERE ${sameKey(merge)} AND ${isDifferent(merge)}`;
}

function newValue(name: string, column: MergeColumn): string {
  const value = column.updateValue ?? column.value ?? `s."${name}"`;
  if (!column.keepWhen) return value;
  return `CASE WHEN ${column.keepWhen} THEN t."${name}" ELSE ${value} END`;
}

/** SQL of every column of a new row. */
function newValues(merge: Merge): Record<string, string> {
  return {
    ...Object.fromEntries(merge.key.map((name) => [name, `s."${name}"`])),
    ...Object.fromEntries(
      Object.entries(merge.columns).map(([name, { value }]) => [name, value ?? `s."${name}"`]),
    ),
    ...merge.stamps,
    ...merge.insertOnly,
  };
}

function insertStatement(merge: Merge, values: Readonly<Record<string, string>>): string {
  const names = Object.keys(values).map((name) => `"${name}"`);
  return `INSERT INTO ${merge.target} (${names.join(', ')})
    SELECT ${Object.values(values).join(', ')} FROM ${merge.source} AS s
    WHERE NOT EXISTS (SELECT 1 FROM ${merge.target} AS t WHERE ${sameKey(merge)})
    ${merge.insertOrder ? `ORDER BY ${merge.insertOrder}` : ''}`;
}

function sameKey(merge: Merge): string {
  return merge.key.map((name) => `t."${name}" = s."${name}"`).join(' AND ');
}
