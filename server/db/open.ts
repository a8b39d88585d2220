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

export type OpeningDatabase = OpenDatabase & {
  /** Until then nothing may be asked; rejects where the embedded database cannot be started. */
  readonly opened: Promise<void>;
};

/**
 * The project's database: the external one of DATABASE_URL, the embedded one that a running server already
 * serves, or the embedded one started here and stopped by `close`.
 */
export async function openDatabase(config: Config): Promise<OpenDatabase> {
  const files = engineFiles(config.dataFolder);
  const owner = config.databaseUrl === undefined ? runningEngineOwner(files.lockFile) : undefined;
  if (owner !== undefined && owner !== process.pid) {
    const database = new Database(embeddedConnection(files), 'embedded');
    const { socketFolder } = files;
    return { database, connection: { socketFolder }, close: () => database.close() };
  }
  const opening = startDatabase(config);
  await opening.opened;
  return opening;
}

/** As `openDatabase` for a server, which must be the only one here; answers before the database is open. */
export function startDatabase(
  { databaseUrl, dataFolder }: Pick<Config, 'databaseUrl' | 'dataFolder'>,
  onState?: (state: ChildState) => void,
): OpeningDatabase {
  if (databaseUrl !== undefined) {
    const database = new Database(databaseUrl, 'postgres');
    const close = () => database.close();
    return { database, connection: { url: databaseUrl }, opened: Promise.resolve(), close };
  }
  const files = engineFiles(dataFolder);
  const starting = startEmbeddedEngine(dataFolder, onState);
  const opened = starting.then(() => undefined);
  // Whoever waits for it gets the rejection; until then it must not end the process.
  opened.catch(() => undefined);
  const database = new Database(embeddedConnection(files), 'embedded');
  return {
    database,
    connection: { socketFolder: files.socketFolder },
    opened,
    close: async () => {
      await database.close();
      const engine = await starting.catch(() => undefined);
      await engine?.stop();
    },
  };
}
