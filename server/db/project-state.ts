import type { Database } from './database.js';

/**
 * Whether nothing was ever loaded: no settings, no regions below the project, no accounts. What a load of the
 * demo left behind when it was cut off does not count: the next load takes it away.
 */
export async function isEmptyProject(database: Database): Promise<boolean> {
  const row = await database.row<{ empty: boolean }>(
    `SELECT EXISTS (SELECT 1 FROM app.settings WHERE name = 'demo_loading')
         OR (NOT EXISTS (SELECT 1 FROM app.settings WHERE name = 'project')
             AND NOT EXISTS (SELECT 1 FROM geo.regions WHERE level > 0)
             AND NOT EXISTS (SELECT 1 FROM crm.accounts)) AS empty`,
  );
  return row?.empty ?? false;
}
