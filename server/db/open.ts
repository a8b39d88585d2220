import type { Config } from '../config.js';
import type { ChildState } from '../supervisor/child.js';
import { Database } from './database.js';
import { engineFiles } from './embedded/engine-files.js';
import {
  embeddedConnection,
  runningEngineOwner,
  startEmbeddedEngine,
} from './embedded/embedded-engine.js';

export type OpenDatabase = {
  readonly database: Database;
  /** Where the database listens, for other processes (Cube). */
  readonly connection: { readonly url: string } | { readonly socketFolder: string };
  readonly close: () => Promise<void>;
};

/**
 * The project's database: the external one of DATABASE_URL, the embedded one that a running server already
 * serves, or the embedded one started here and stopped by `close`.
 */
export async function openDatabase(
  config: Config,
  onState?: (state: ChildState) => void,
): Promise<OpenDatabase> {
  if (config.databaseUrl !== undefined) {
    const database = new Database(config.databaseUrl, 'postgres');
    return { database, connection: { url: config.databaseUrl }, close: () => database.close() };
  }
  const files = engineFiles(config.dataFolder);
  const owner = runningEngineOwner(files.lockFile);
  if (owner !== undefined && owner !== process.pid && onState === undefined) {
    const database = new Database(embeddedConnection(files), 'embedded');
    const { socketFolder } = files;
    return { database, connection: { socketFolder }, close: () => database.close() };
  }
  const engine = await startEmbeddedEngine(config.dataFolder, onState);
  const database = new Database(engine.connection, 'embedded');
  return {
    database,
    connection: { socketFolder: engine.socketFolder },
    close: async () => {
      await database.close();
      await engine.stop();
    },
  };
}
