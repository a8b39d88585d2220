import type { Database, Queryable } from '../../server/db/database.js';

const settingName = 'last_backup';

/** Notes when the project was last backed up. */
export async function noteBackup(database: Pick<Database, 'rows'>, at: Date): Promise<void> {
  await database.rows(
    `INSERT INTO app.settings (name, value) VALUES ($1, $2)
     ON CONFLICT (name) DO UPDATE SET value = EXCLUDED.value, updated_at = now()`,
    [settingName, JSON.stringify(at.toISOString())],
  );
}

/** When the project was last backed up; undefined where it never was. */
export async function readLastBackup(queryable: Queryable): Promise<Date | undefined> {
  const { rows } = await queryable.query<{ value: string }>(
    'SELECT value FROM app.settings WHERE name = $1',
    [settingName],
  );
  return rows[0] && new Date(rows[0].value);
}
