import type { Database } from './database.js';

/**
 * Whether the demo may be loaded: nothing was ever loaded (no settings, no regions below the project, no
 * accounts), or an earlier load of the demo was cut off.
 */
export async function awaitsDemo(database: Database): Promise<boolean> {
  const row = await database.row<{ awaits: boolean }>(
    `SELECT EXISTS (SELECT 1 FROM app.settings WHERE name = 'demo_loading')
         OR (NOT EXISTS (SELECT 1 FROM app.settings WHERE name = 'project')
             AND NOT EXISTS (SELECT 1 FROM geo.regions WHERE level > 0)
             AND NOT EXISTS (SELECT 1 FROM crm.accounts)) AS awaits`,
  );
  return row?.awaits ?? false;
}
