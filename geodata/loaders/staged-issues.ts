import type { Queryable } from '../../server/db/database.js';
import type { ImportContext } from '../importer.js';
import type { StagingTable } from './bulk-loader.js';

/** Staged rows with something to tell; SQL over alias `s`. */
export type StagedIssue = {
  readonly where: string;
  readonly field: string;
  /** SQL for the value shown. */
  readonly value: string;
  /** SQL for the sentence, for example `'is not known'`. */
  readonly reason: string;
};

/** Tells of staged rows and takes them out of the staging table. */
export async function rejectStaged(
  queryable: Queryable,
  context: ImportContext,
  table: StagingTable,
  issue: StagedIssue,
): Promise<number> {
  const found = await context.issues.collect(queryable, 'rejected', selectOf(table, issue));
  if (found > 0) await queryable.query(`DELETE FROM ${table.name} s WHERE ${issue.where}`);
  return found;
}

/** Tells of staged rows that go in all the same. */
export async function warnStaged(
  queryable: Queryable,
  context: ImportContext,
  table: StagingTable,
  issue: StagedIssue,
): Promise<number> {
  return context.issues.collect(queryable, 'warning', selectOf(table, issue));
}

/** Rejects every staged row whose key stands on an earlier line already. */
export async function rejectDuplicates(
  queryable: Queryable,
  context: ImportContext,
  table: StagingTable,
  key: readonly string[],
): Promise<number> {
  const columns = key.map((name) => `"${name}"`).join(', ');
  // Numbering every row costs three times as much as finding out that no key stands twice.
  const twice = await queryable.query(
    `SELECT 1 FROM ${table.name} GROUP BY ${columns} HAVING count(*) > 1 LIMIT 1`,
  );
  if (twice.rows.length === 0) return 0;
  const marked = `(SELECT ctid AS row_id, first_value(line) OVER same_key AS first_line,
      row_number() OVER same_key AS number
    FROM ${table.name} WINDOW same_key AS (PARTITION BY ${columns} ORDER BY line, ctid))`;
  const select = `SELECT s.line, '${key.join(' + ')}' AS field,
      concat_ws(' ', ${key.map((name) => `s."${name}"`).join(', ')}) AS value,
      'is already on line ' || d.first_line || ' of the file' AS reason
    FROM ${table.name} s JOIN ${marked} d ON d.row_id = s.ctid WHERE d.number > 1`;
  const found = await context.issues.collect(queryable, 'rejected', select);
  if (found > 0) {
    await queryable.query(
      `DELETE FROM ${table.name} s USING ${marked} d WHERE d.row_id = s.ctid AND d.number > 1`,
    );
  }
  return found;
}

function selectOf(table: StagingTable, { field, value, reason, where }: StagedIssue): string {
  return `SELECT s.line, '${field}' AS field, (${value})::text AS value, (${reason})::text AS reason
    FROM ${table.name} s WHERE ${where}`;
}
