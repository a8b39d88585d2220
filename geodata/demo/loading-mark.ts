import type { Queryable } from '../../server/db/database.js';
import { dropParts, restingParts, type RestingPart } from './resting-parts.js';

/** Name of the row in app.settings that says: the demo is being loaded, or its load was cut off. */
export const LOADING_MARK = 'demo_loading';

/** The indexes and foreign keys that rest since a load began; undefined where none is under way. */
export async function readLoadingMark(
  queryable: Queryable,
): Promise<readonly RestingPart[] | undefined> {
  const mark = await queryable.query<{ value: readonly RestingPart[] }>(
    `SELECT value FROM app.settings WHERE name = '${LOADING_MARK}'`,
  );
  return mark.rows[0]?.value;
}

/**
 * Marks the project as loading and lets the indexes and foreign keys of the tables rest; the mark keeps how to
 * make them again. Run it in a transaction.
 */
export async function setLoadingMark(
  client: Queryable,
  tables: readonly string[],
): Promise<readonly RestingPart[]> {
  const parts = await restingParts(client, tables);
  await client.query(`INSERT INTO app.settings (name, value) VALUES ('${LOADING_MARK}', $1)`, [
    JSON.stringify(parts),
  ]);
  await dropParts(client, parts);
  return parts;
}
