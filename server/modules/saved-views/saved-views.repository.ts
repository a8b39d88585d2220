import type { NewSavedView, SavedViewPatch } from '../../contract/saved-views.js';
import type { Sharing } from '../../contract/sharing.js';
import type { Database } from '../../db/database.js';
import { sharedWith } from '../../policy/sharing.js';
import { SqlParameters } from '../../policy/sql-parameters.js';

export type SavedViewRow = {
  readonly id: number;
  readonly name: string;
  readonly address: string;
  readonly sharing: Sharing;
  readonly owner_id: string;
  readonly owner_name: string;
  readonly has_thumbnail: boolean;
  readonly updated_at: Date;
};

const columns = `v.view_id AS id, v.name, v.address, v.sharing, v.owner_id, u.name AS owner_name,
  v.thumbnail IS NOT NULL AS has_thumbnail, v.updated_at`;

/** The views that somebody may open: their own first, then by name. */
export function listSavedViews(database: Database, userId: string): Promise<SavedViewRow[]> {
  const parameters = new SqlParameters();
  const isVisible = sharedWith('v', userId, parameters);
  const me = parameters.add(userId);
  return database.rows<SavedViewRow>(
    `SELECT ${columns} FROM app.saved_views v JOIN app.users u ON u.id = v.owner_id
     WHERE ${isVisible} ORDER BY v.owner_id <> ${me}, lower(v.name), v.view_id`,
    parameters.values,
  );
}

/** The view, or undefined where there is none that the user may open. */
export function findSavedView(
  database: Database,
  userId: string,
  viewId: number,
): Promise<SavedViewRow | undefined> {
  const parameters = new SqlParameters();
  const isVisible = sharedWith('v', userId, parameters);
  return database.row<SavedViewRow>(
    `SELECT ${columns} FROM app.saved_views v JOIN app.users u ON u.id = v.owner_id
     WHERE v.view_id = ${parameters.add(viewId)} AND ${isVisible}`,
    parameters.values,
  );
}

/** The bytes of a view's picture, or undefined where there is none that the user may see. */
export async function readThumbnail(
  database: Database,
  userId: string,
  viewId: number,
): Promise<Buffer | undefined> {
  const parameters = new SqlParameters();
  const isVisible = sharedWith('v', userId, parameters);
  const row = await database.row<{ thumbnail: Buffer | null }>(
    `SELECT v.thumbnail FROM app.saved_views v
     WHERE v.view_id = ${parameters.add(viewId)} AND ${isVisible}`,
    parameters.values,
  );
  return row?.thumbnail ?? undefined;
}

/** Keeps a new view and answers its id. */
export async function createSavedView(
  database: Database,
  ownerId: string,
  { name, address, sharing, thumbnail }: NewSavedView,
): Promise<number> {
  const row = await database.row<{ view_id: number }>(
    `INSERT INTO app.saved_views (owner_id, name, address, sharing, thumbnail)
     VALUES ($1, $2, $3, $4, $5) RETURNING view_id`,
    [ownerId, name, address, sharing ?? 'me', toBytes(thumbnail)],
  );
  return row!.view_id;
}

/** Changes what the patch gives and leaves the rest. */
export async function updateSavedView(
  database: Database,
  viewId: number,
  { name, sharing, address, thumbnail }: SavedViewPatch,
): Promise<void> {
  await database.rows(
    `UPDATE app.saved_views SET name = COALESCE($2, name), sharing = COALESCE($3, sharing),
       address = COALESCE($4, address), thumbnail = COALESCE($5, thumbnail), updated_at = now()
     WHERE view_id = $1`,
    [viewId, name ?? null, sharing ?? null, address ?? null, toBytes(thumbnail)],
  );
}

export async function removeSavedView(database: Database, viewId: number): Promise<void> {
  await database.rows('DELETE FROM app.saved_views WHERE view_id = $1', [viewId]);
}

/** The picture inside a data address. */
function toBytes(dataAddress: string | null | undefined): Buffer | null {
  const base64 = dataAddress?.split(',')[1];
  return base64 ? Buffer.from(base64, 'base64') : null;
}
