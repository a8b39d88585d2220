import type { BulkChanges, BulkEdit } from '../../contract/bulk-edits.js';
import type { Database } from '../../db/database.js';
import type { Editor } from './change-accounts.js';

/** After so long without a sign of life the server that did it has ended. */
const LOST_AFTER = `interval '60 seconds'`;

type Row = Omit<BulkEdit, 'createdAt' | 'finishedAt'> & {
  readonly createdAt: Date;
  readonly finishedAt: Date | null;
};

const select = `SELECT b.bulk_edit_id AS id, b.total, b.done, b.changed, b.skipped, b.user_name AS "userName",
    b.changes, b.undo_of AS "undoOf", u.bulk_edit_id AS "undoneBy", b.created_at AS "createdAt",
    b.finished_at AS "finishedAt",
    CASE WHEN b.status = 'running' AND b.alive_at < now() - ${LOST_AFTER} THEN 'failed' ELSE b.status END AS status,
    CASE WHEN b.status = 'running' AND b.alive_at < now() - ${LOST_AFTER}
      THEN 'The server ended before it was through. What was done stays; undo it, or do it again.'
      ELSE b.error END AS error
  FROM app.bulk_edits b LEFT JOIN app.bulk_edits u ON u.undo_of = b.bulk_edit_id`;

/** A bulk edit of this user; undefined for any other. */
export async function findBulkEdit(
  database: Database,
  id: number,
  userId: string,
): Promise<BulkEdit | undefined> {
  const row = await database.row<Row>(`${select} WHERE b.bulk_edit_id = $1 AND b.user_id = $2`, [
    id,
    userId,
  ]);
  return row && toBulkEdit(row);
}

/** The last bulk edits of a user, the latest first. */
export async function listBulkEdits(database: Database, userId: string): Promise<BulkEdit[]> {
  const rows = await database.rows<Row>(
    `${select} WHERE b.user_id = $1 ORDER BY b.bulk_edit_id DESC LIMIT 20`,
    [userId],
  );
  return rows.map(toBulkEdit);
}

function toBulkEdit(row: Row): BulkEdit {
  return {
    ...row,
    createdAt: row.createdAt.toISOString(),
    finishedAt: row.finishedAt?.toISOString() ?? null,
  };
}

/** Notes a bulk edit that begins; answers its id. */
export async function createBulkEdit(
  database: Database,
  edit: {
    readonly editor: Editor;
    readonly changes: BulkChanges | Record<string, never>;
    readonly total: number;
    readonly undoOf?: number;
  },
): Promise<number> {
  const { editor, changes, total, undoOf = null } = edit;
  const row = await database.row<{ bulk_edit_id: number }>(
    `INSERT INTO app.bulk_edits (user_id, user_name, changes, total, undo_of)
     VALUES ($1, $2, $3, $4, $5) RETURNING bulk_edit_id`,
    [editor.userId, editor.name, JSON.stringify(changes), total, undoOf],
  );
  return row!.bulk_edit_id;
}

/** Ids of the accounts that a bulk edit changed. */
export async function listChangedIds(database: Database, bulkEditId: number): Promise<number[]> {
  const rows = await database.rows<{ account_id: number }>(
    'SELECT account_id FROM app.account_changes WHERE bulk_edit_id = $1 ORDER BY account_id',
    [bulkEditId],
  );
  return rows.map((row) => row.account_id);
}

/** Notes how a bulk edit ended. */
export async function finishBulkEdit(
  database: Database,
  id: number,
  status: 'succeeded' | 'failed' | 'cancelled',
  error: string | null,
): Promise<void> {
  await database.rows(
    'UPDATE app.bulk_edits SET status = $2, error = $3, finished_at = now() WHERE bulk_edit_id = $1',
    [id, status, error],
  );
}
