import type { Database, Queryable } from '../../server/db/database.js';

export type Severity = 'rejected' | 'warning';

/** One finding about one row of the source. */
export type Issue = {
  /** Line of the file or number of the feature. */
  readonly line: number | null;
  readonly field: string | null;
  /** The value as it stood there, cut to 200 characters. */
  readonly value: string | null;
  readonly reason: string;
};

/** Issues of one import kept in the database; more are only counted. */
export const issueLimit = 100_000;

const batchIssues = 5000;
const valueCharacters = 200;

/**
 * Collects the issues of one import and writes them to app.import_issues in batches.
 *
 * A row counts as rejected once for every `reject`, and as warned once however many warnings in a row
 * name its line.
 */
export class IssueLog {
  readonly #database: Database;
  readonly #importId: number;
  readonly #limit: number;
  #waiting: (Issue & { readonly severity: Severity })[] = [];
  #rejected = 0;
  #warned = 0;
  #warnings = 0;
  #kept = 0;
  #lastWarnedLine: number | null = null;

  constructor(database: Database, importId: number, limit = issueLimit) {
    this.#database = database;
    this.#importId = importId;
    this.#limit = limit;
  }

  /** Issues that were counted but, above the limit, not kept. */
  get notKept(): number {
    return this.#rejected + this.#warnings - this.#kept;
  }

  /** Tells of a row that does not go in. */
  async reject(issue: Issue): Promise<void> {
    this.#rejected += 1;
    await this.#add('rejected', issue);
  }

  /** Tells of a row that goes in, but not as it stood in the source. */
  async warn(issue: Issue): Promise<void> {
    this.#warnings += 1;
    if (issue.line === null || issue.line !== this.#lastWarnedLine) this.#warned += 1;
    this.#lastWarnedLine = issue.line;
    await this.#add('warning', issue);
  }

  /**
   * Takes the rows of a query as issues and returns their number; runs on the given connection, inside
   * its transaction.
   *
   * @param select SQL that gives the columns line, field, value and reason; one row a source row
   */
  async collect(
    queryable: Queryable,
    severity: Severity,
    select: string,
    values: readonly unknown[] = [],
  ): Promise<number> {
    const next = values.length + 1;
    const found = await queryable.query<{ found: number; kept: number }>(
      `WITH found AS MATERIALIZED (${select}),
       kept AS (
         INSERT INTO app.import_issues (import_id, severity, line, field, value, reason)
         SELECT $${next}, $${next + 1}, line, field, left(value, ${valueCharacters}), reason
         FROM found ORDER BY line LIMIT $${next + 2}
         RETURNING 1)
       SELECT (SELECT count(*) FROM found) AS found, (SELECT count(*) FROM kept) AS kept`,
      [...values, this.#importId, severity, Math.max(0, this.#limit - this.#kept)],
    );
    const { found: count, kept } = found.rows[0] ?? { found: 0, kept: 0 };
    this.#kept += kept;
    if (severity === 'rejected') this.#rejected += count;
    else {
      this.#warned += count;
      this.#warnings += count;
    }
    return count;
  }

  /**
   * Rows rejected, and rows accepted with one warning or more. Counted from what was kept as long as that
   * is everything; above the limit a row with warnings of two kinds may count twice.
   */
  async counts(): Promise<{ readonly rejected: number; readonly warned: number }> {
    await this.flush();
    if (this.notKept > 0) return { rejected: this.#rejected, warned: this.#warned };
    const kept = await this.#database.row<{ rejected: number; warned: number }>(
      `SELECT count(*) FILTER (WHERE severity = 'rejected') AS rejected,
         count(DISTINCT line) FILTER (WHERE severity = 'warning') AS warned
       FROM app.import_issues WHERE import_id = $1`,
      [this.#importId],
    );
    return kept ?? { rejected: 0, warned: 0 };
  }

  /** Writes what still waits. */
  async flush(): Promise<void> {
    const issues = this.#waiting;
    if (issues.length === 0) return;
    this.#waiting = [];
    await this.#database.pool.query(
      `INSERT INTO app.import_issues (import_id, severity, line, field, value, reason)
       SELECT $1, * FROM unnest($2::text[], $3::bigint[], $4::text[], $5::text[], $6::text[])`,
      [
        this.#importId,
        issues.map(({ severity }) => severity),
        issues.map(({ line }) => line),
        issues.map(({ field }) => field),
        issues.map(({ value }) => value?.slice(0, valueCharacters).replaceAll('\0', '') ?? null),
        issues.map(({ reason }) => reason.replaceAll('\0', '')),
      ],
    );
  }

  async #add(severity: Severity, issue: Issue): Promise<void> {
    if (this.#kept >= this.#limit) return;
    this.#kept += 1;
    this.#waiting.push({ ...issue, severity });
    if (this.#waiting.length >= batchIssues) await this.flush();
  }
}
