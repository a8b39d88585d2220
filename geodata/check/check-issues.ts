import type { Database, Queryable } from '../../server/db/database.js';
import type { Issue, Severity } from '../report/issue-log.js';

export type KeptIssue = Issue & { readonly severity: Severity };

/** The newest issue of an import, 0 where it has none. */
export async function lastIssue(database: Database, importId: number): Promise<number> {
  const row = await database.row<{ last: number }>(
    'SELECT COALESCE(max(import_issue_id), 0) AS last FROM app.import_issues WHERE import_id = $1',
    [importId],
  );
  return row?.last ?? 0;
}

/** Issues that came after that one; in a transaction that is taken back they have to be kept by hand. */
export async function issuesAfter(
  client: Queryable,
  importId: number,
  after: number,
): Promise<KeptIssue[]> {
  const { rows } = await client.query<KeptIssue>(
    `SELECT severity, line, field, value, reason FROM app.import_issues
     WHERE import_id = $1 AND import_issue_id > $2 ORDER BY import_issue_id`,
    [importId, after],
  );
  return rows;
}

/** Enters issues that were taken back with their transaction. */
export async function keepIssues(
  database: Database,
  importId: number,
  issues: readonly KeptIssue[],
): Promise<void> {
  if (issues.length === 0) return;
  await database.transaction((client) =>
    client.query(
      `INSERT INTO app.import_issues (import_id, severity, line, field, value, reason)
       SELECT $1, * FROM unnest($2::text[], $3::bigint[], $4::text[], $5::text[], $6::text[])`,
      [
        importId,
        issues.map(({ severity }) => severity),
        issues.map(({ line }) => line),
        issues.map(({ field }) => field),
        issues.map(({ value }) => value),
        issues.map(({ reason }) => reason),
      ],
    ),
  );
}
