import type { Import, ImportDetail, ImportIssue, ImportIssues } from '../../contract/imports.js';
import type { Database } from '../../db/database.js';
import type { CsvValue } from '../../http/csv.js';

const ISSUES_A_PAGE = 5_000;

const importColumns = `
  import_id AS id, importer, source_name AS "sourceName", status, started_at AS "startedAt",
  finished_at AS "finishedAt", rows_read AS "rowsRead", rows_total AS "rowsTotal",
  rows_inserted AS "rowsInserted", rows_updated AS "rowsUpdated",
  rows_unchanged AS "rowsUnchanged", rows_rejected AS "rowsRejected", rows_warned AS "rowsWarned",
  error`;

type Stored<Row extends Import> = Omit<Row, 'startedAt' | 'finishedAt'> & {
  readonly startedAt: Date;
  readonly finishedAt: Date | null;
};

/** The newest imports and how many there are in all. */
export async function listImports(
  database: Database,
  limit: number,
): Promise<{ items: Import[]; total: number }> {
  const rows = await database.rows<Stored<Import>>(
    `SELECT ${importColumns} FROM app.imports WHERE NOT is_check ORDER BY import_id DESC LIMIT $1`,
    [limit],
  );
  const count = await database.row<{ total: number }>(
    'SELECT count(*) AS total FROM app.imports WHERE NOT is_check',
  );
  return {
    items: rows.map((row) => ({ ...row, ...timesOf(row) })),
    total: count?.total ?? 0,
  };
}

/** An import with its options and its issues counted by reason; undefined where there is none. */
export async function findImport(
  database: Database,
  importId: number,
): Promise<Omit<ImportDetail, 'hasRejectedRows'> | undefined> {
  const row = await database.row<Stored<Omit<ImportDetail, 'issues' | 'hasRejectedRows'>>>(
    `SELECT ${importColumns}, options, summary, user_id AS "userId"
     FROM app.imports WHERE import_id = $1`,
    [importId],
  );
  if (!row) return undefined;
  const issues = await database.rows<ImportDetail['issues'][number]>(
    `SELECT severity, reason, field, count(*)::int AS count, min(line) AS "firstLine"
     FROM app.import_issues WHERE import_id = $1
     GROUP BY severity, reason, field ORDER BY severity, count DESC, reason, field`,
    [importId],
  );
  return { ...row, ...timesOf(row), issues };
}

function timesOf({ startedAt, finishedAt }: Pick<Stored<Import>, 'startedAt' | 'finishedAt'>) {
  return {
    startedAt: startedAt.toISOString(),
    finishedAt: finishedAt?.toISOString() ?? null,
  };
}

type IssueQuery = {
  readonly severity?: 'rejected' | 'warning' | undefined;
  readonly limit: number;
};

/** The first issues of an import by line, and how many there are in all. */
export async function listIssues(
  database: Database,
  importId: number,
  { severity, limit }: IssueQuery,
): Promise<ImportIssues> {
  const items = await database.rows<ImportIssue>(
    `SELECT severity, line, field, value, reason FROM app.import_issues
     WHERE import_id = $1 AND severity = COALESCE($2, severity)
     ORDER BY line NULLS FIRST, import_issue_id LIMIT $3`,
    [importId, severity ?? null, limit],
  );
  const count = await database.row<{ total: number }>(
    `SELECT count(*) AS total FROM app.import_issues
     WHERE import_id = $1 AND severity = COALESCE($2, severity)`,
    [importId, severity ?? null],
  );
  return { items, total: count?.total ?? 0 };
}

export const issueColumns = ['severity', 'line', 'field', 'value', 'reason'] as const;

/** All issues of an import in the order of their lines, a page at a time. */
export async function* readIssues(
  database: Database,
  importId: number,
): AsyncGenerator<CsvValue[][]> {
  let after = 0;
  for (;;) {
    const rows = await database.rows<
      Record<(typeof issueColumns)[number], CsvValue> & { id: number }
    >(
      `SELECT import_issue_id AS id, ${issueColumns.join(', ')} FROM app.import_issues
       WHERE import_id = $1 AND import_issue_id > $2 ORDER BY import_issue_id LIMIT ${ISSUES_A_PAGE}`,
      [importId, after],
    );
    if (rows.length > 0) yield rows.map((row) => issueColumns.map((column) => row[column]));
    const last = rows.at(-1);
    if (!last || rows.length < ISSUES_A_PAGE) return;
    after = last.id;
  }
}
