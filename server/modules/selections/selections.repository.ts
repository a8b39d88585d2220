import type {
  SavedSelection,
  SelectionBody,
  SelectionDefinition,
  SelectionListItem,
  SelectionPatch,
} from '../../contract/selections.js';
import type { Database, Queryable } from '../../db/database.js';
import { sharedWith } from '../../policy/sharing.js';
import { SqlParameters } from '../../policy/sql-parameters.js';
import { geojsonDigits, resolveShapes } from './resolve-shapes.js';
import { toMembership } from './to-membership.js';

/** Columns of a selection as lists show it; needs `s` and `owner`, and the id of the asker as $1. */
const listedColumns = `s.selection_id AS id, s.name, s.sharing, owner.name AS "ownerName",
  s.owner_id = $1 AS "isMine", s.area_km2 AS "areaKm2", s.updated_at AS "updatedAt"`;

/** The condition under which a user may see `s`, which takes the first parameter. */
function visibleTo(userId: string): { parameters: SqlParameters; visible: string } {
  const parameters = new SqlParameters();
  return { visible: sharedWith('s', userId, parameters), parameters };
}

const from = 'FROM app.selections s LEFT JOIN app.users owner ON owner.id = s.owner_id';

type Listed = Omit<SelectionListItem, 'updatedAt'> & { readonly updatedAt: Date };
type Row = Listed & {
  readonly definition: SelectionDefinition;
  readonly geometry: string | null;
};

/** Saved selections that a user may see: their own first, the newest first. */
export async function listSelections(
  database: Database,
  userId: string,
): Promise<SelectionListItem[]> {
  const { parameters, visible } = visibleTo(userId);
  const rows = await database.rows<Listed>(
    `SELECT ${listedColumns} ${from}
     WHERE s.name IS NOT NULL AND ${visible}
     ORDER BY s.owner_id = $1 DESC, s.updated_at DESC, s.selection_id DESC`,
    parameters.values,
  );
  return rows.map((row) => ({ ...row, updatedAt: row.updatedAt.toISOString() }));
}

/** A selection that a user may see. */
export async function findSelection(
  database: Database,
  id: number,
  userId: string,
): Promise<SavedSelection | undefined> {
  const { parameters, visible } = visibleTo(userId);
  const row = await database.row<Row>(
    `SELECT ${listedColumns}, s.definition, ST_AsGeoJSON(s.geom, ${geojsonDigits}) AS geometry ${from}
     WHERE s.selection_id = ${parameters.add(id)} AND ${visible}`,
    parameters.values,
  );
  if (row === undefined) return undefined;
  return {
    ...row,
    updatedAt: row.updatedAt.toISOString(),
    geometry: row.geometry === null ? null : JSON.parse(row.geometry),
  };
}

/** Of these selections those that a user may see; notes, once a day, that they are used. */
export async function visibleSelections(
  database: Database,
  ids: readonly number[],
  userId: string,
): Promise<number[]> {
  const { parameters, visible } = visibleTo(userId);
  const rows = await database.rows<{ id: number; isIdle: boolean }>(
    `SELECT s.selection_id AS id, s.used_at < now() - interval '1 day' AS "isIdle"
     FROM app.selections s
     WHERE s.selection_id = ANY (${parameters.add(ids)}::bigint[]) AND ${visible}`,
    parameters.values,
  );
  const idle = rows.filter(({ isIdle }) => isIdle).map(({ id }) => id);
  if (idle.length > 0) {
    await database.rows(
      'UPDATE app.selections SET used_at = now() WHERE selection_id = ANY ($1::bigint[])',
      [idle],
    );
  }
  return rows.map(({ id }) => id);
}

/** Stores a selection; its id. Takes away what nobody saved or used for a month. */
export async function createSelection(
  client: Queryable,
  userId: string,
  { definition, name = null, sharing = 'me' }: SelectionBody,
): Promise<number> {
  await client.query(
    `DELETE FROM app.selections WHERE name IS NULL AND used_at < now() - interval '30 days'`,
  );
  const { rows } = await client.query<{ id: number }>(
    `INSERT INTO app.selections (owner_id, name, sharing, definition, membership)
     VALUES ($1, $2, $3, $4, '{}') RETURNING selection_id AS id`,
    [userId, name, sharing, JSON.stringify(definition)],
  );
  const { id } = rows[0]!;
  await writeShapes(client, id, definition);
  return id;
}

/** Changes a selection of this user; false where they have none of this id. */
export async function updateSelection(
  client: Queryable,
  { id, userId }: { readonly id: number; readonly userId: string },
  { definition, name, sharing }: SelectionPatch,
): Promise<boolean> {
  const { rowCount } = await client.query(
    `UPDATE app.selections SET
       name = CASE WHEN $3 THEN $4 ELSE name END, sharing = COALESCE($5, sharing),
       definition = COALESCE($6::jsonb, definition),
       revision = revision + CASE WHEN $6::jsonb IS NULL THEN 0 ELSE 1 END,
       used_at = now(), updated_at = now()
     WHERE selection_id = $1 AND owner_id = $2`,
    [
      id,
      userId,
      name !== undefined,
      name ?? null,
      sharing ?? null,
      definition === undefined ? null : JSON.stringify(definition),
    ],
  );
  if (rowCount === 0) return false;
  if (definition !== undefined) await writeShapes(client, id, definition);
  return true;
}

/** Removes a selection of this user; false where they have none of this id. */
export async function removeSelection(
  database: Database,
  id: number,
  userId: string,
): Promise<boolean> {
  const rows = await database.rows(
    'DELETE FROM app.selections WHERE selection_id = $1 AND owner_id = $2 RETURNING selection_id',
    [id, userId],
  );
  return rows.length > 0;
}

async function writeShapes(
  client: Queryable,
  id: number,
  definition: SelectionDefinition,
): Promise<void> {
  const resolvable = toMembership(definition);
  const { shapes, outline, areaKm2 } = await resolveShapes(client, resolvable);
  await client.query('DELETE FROM app.selection_parts WHERE selection_id = $1', [id]);
  for (const [part, wkb] of shapes.entries()) {
    await client.query(
      `INSERT INTO app.selection_parts (selection_id, part, geom)
       VALUES ($1, $2, ST_GeomFromWKB($3, 4326))`,
      [id, part, wkb],
    );
  }
  await client.query(
    `UPDATE app.selections SET membership = $2, area_km2 = $3,
       geom = ST_GeomFromWKB($4, 4326) WHERE selection_id = $1`,
    [id, JSON.stringify(resolvable.membership), areaKm2, outline],
  );
}
