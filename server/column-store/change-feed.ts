import type { Database } from '../db/database.js';
import { projectToday } from './accounts.source.js';

export type Change = {
  /** Number in the log. */
  readonly id: number;
  readonly layer: string;
  /** Null where so many rows changed that the layer must be read again. */
  readonly rowId: number | null;
};

export type ChangeBatch = {
  readonly changes: readonly Change[];
  /** The day the project stands at, as YYYY-MM-DD. */
  readonly today: string;
  /** Says that the changes were applied; without it the next batch brings them again. */
  readonly accept: () => void;
};

type ChangeRow = {
  settled: string;
  today: string;
  change_id: number | null;
  layer: string;
  row_id: number | null;
};

const settledNow = 'pg_snapshot_xmin(pg_current_snapshot())';

const changesSince = `SELECT now.settled::text AS settled, now.today,
    c.change_id, c.layer, c.row_id
  FROM (SELECT ${settledNow} AS settled, ${projectToday} AS today) now
  LEFT JOIN app.changes c ON c.transaction_id >= $1::xid8
  ORDER BY c.change_id`;

/**
 * Reads app.changes without missing what commits late.
 *
 * Change ids are handed out before commit, so a lower id can appear after a higher one. All transactions
 * below the oldest one still running are settled; of later ones the feed remembers which changes it gave.
 */
export class ChangeFeed {
  readonly #database: Database;
  #settled = '0';
  #given = new Set<number>();

  constructor(database: Database) {
    this.#database = database;
  }

  /** Starts from now: what was committed before is not given any more. Answers the newest change. */
  async start(): Promise<number> {
    const row = await this.#database.row<{ settled: string; newest: number }>(
      `SELECT ${settledNow}::text AS settled,
              (SELECT COALESCE(max(change_id), 0) FROM app.changes) AS newest`,
    );
    this.#settled = row?.settled ?? '0';
    this.#given = new Set();
    return row?.newest ?? 0;
  }

  /** What was committed and not accepted yet. */
  async read(): Promise<ChangeBatch> {
    const rows = await this.#database.rows<ChangeRow>(changesSince, [this.#settled]);
    const changes: Change[] = [];
    const seen = new Set<number>();
    for (const { change_id: id, layer, row_id: rowId } of rows) {
      if (id === null) continue;
      seen.add(id);
      if (!this.#given.has(id)) changes.push({ id, layer, rowId });
    }
    const settled = rows[0]?.settled ?? this.#settled;
    const accept = () => {
      this.#settled = settled;
      this.#given = seen;
    };
    return { changes, today: rows[0]?.today ?? '', accept };
  }
}

/** Removes changes that every running server has long applied. */
export async function pruneChanges(database: Database): Promise<void> {
  await database.rows(`DELETE FROM app.changes WHERE changed_at < now() - interval '1 day'`);
}
