import type { Database } from '../server/db/database.js';

export type ReportLine = {
  readonly import_id: number;
  readonly importer: string;
  readonly source_name: string;
  readonly status: string;
  readonly started_at: Date;
  readonly finished_at: Date | null;
  readonly rows_read: number;
  readonly rows_inserted: number;
  readonly rows_updated: number;
  readonly rows_unchanged: number;
  readonly rows_rejected: number;
  readonly rows_warned: number;
  readonly summary: Record<string, unknown>;
  readonly error: string | null;
};

export type IssueLine = {
  readonly severity: string;
  readonly line: number | null;
  readonly field: string | null;
  readonly value: string | null;
  readonly reason: string;
};

const reportColumns = `import_id, importer, source_name, status, started_at, finished_at, rows_read,
  rows_inserted, rows_updated, rows_unchanged, rows_rejected, rows_warned, summary, error`;

/** The newest reports first. */
export async function listReports(database: Database, limit: number): Promise<ReportLine[]> {
  return database.rows<ReportLine>(
    `SELECT ${reportColumns} FROM app.imports WHERE NOT is_check ORDER BY import_id DESC LIMIT $1`,
    [limit],
  );
}

/** One report, or undefined where there is none of that number. */
export async function getReport(
  database: Database,
  importId: number,
): Promise<ReportLine | undefined> {
  return database.row<ReportLine>(`SELECT ${reportColumns} FROM app.imports WHERE import_id = $1`, [
    importId,
  ]);
}

/** The first issues of a report, by line. */
export async function listIssues(
  database: Database,
  importId: number,
  limit: number,
): Promise<IssueLine[]> {
  return database.rows<IssueLine>(
    `SELECT severity, line, field, value, reason FROM app.import_issues
     WHERE import_id = $1 ORDER BY line NULLS FIRST, import_issue_id LIMIT $2`,
    [importId, limit],
  );
}
