import { rmSync } from 'node:fs';
import { PGlite } from '@electric-sql/pglite';
import { btree_gist } from '@electric-sql/pglite/contrib/btree_gist';
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm';
import { unaccent } from '@electric-sql/pglite/contrib/unaccent';
import { postgis } from '@electric-sql/pglite-postgis';
import { PGLiteSocketServer } from '@electric-sql/pglite-socket';
import { withWholeStatements } from './statement-guard.js';

/**
 * The embedded database as a process of its own: opens the folder, listens on the Unix socket, tells its
 * parent `ready`, and closes the database when asked to stop or when the parent is gone.
 */
async function run(folder: string, socketPath: string): Promise<void> {
  const db = await PGlite.create({
    dataDir: folder,
    extensions: { postgis, pg_trgm, unaccent, btree_gist },
  });
  await db.exec(`SET TIME ZONE 'UTC'`);
  // One statement runs at a time; grouping in files took three times as long as in memory.
  await db.exec(`SET work_mem = '64MB'`);
  // A killed process leaves its socket file behind, and listening on it again would fail.
  rmSync(socketPath, { force: true });
  const server = new PGLiteSocketServer({
    db: withWholeStatements(db),
    path: socketPath,
    maxConnections: 64,
  });
  await server.start();

  let stopping = false;
  const stop = async () => {
    if (stopping) return;
    stopping = true;
    await server.stop();
    await db.close();
    rmSync(socketPath, { force: true });
    process.exit(0);
  };
  // Ctrl-C reaches the whole process group; the parent decides when the database may go.
  process.on('SIGINT', () => undefined);
  process.on('SIGTERM', () => void stop());
  process.on('disconnect', () => void stop());
  process.on('message', (message) => {
    if (message === 'stop') void stop();
  });
  process.send?.('ready');
}

const [folder, socketPath] = process.argv.slice(2);
if (!folder || !socketPath) throw new Error('engine-process FOLDER SOCKET');
await run(folder, socketPath);
