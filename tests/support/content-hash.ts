import { listBackupTables } from '../../geodata/backup/backup-tables.js';
import { portableTexts } from '../../geodata/backup/project-facts.js';
import type { Database } from '../../server/db/database.js';

/** Tables that tell of the database rather than of what people put there. */
const ownBusiness = new Set(['app.settings']);

/** A hash of the rows of every table that a backup holds; equal on both engines for equal content. */
export async function contentHashes(database: Database): Promise<Record<string, string>> {
  const tables = await listBackupTables(database.pool);
  return database.transaction(async (client) => {
    await client.query(portableTexts);
    const hashes: [string, string][] = [];
    for (const { name } of tables) {
      if (ownBusiness.has(name)) continue;
      const { rows } = await client.query<{ hash: string }>(
        `SELECT count(*) || ' rows ' ||
           COALESCE(md5(string_agg(md5(t::text), '' ORDER BY md5(t::text) COLLATE "C")), '') AS hash
         FROM ${name} t`,
      );
      hashes.push([name, rows[0]?.hash ?? '']);
    }
    return Object.fromEntries(hashes);
  });
}
