import os from 'node:os';
import path from 'node:path';
import { importTasksHere } from '../../../geodata/tasks/perform-task.js';
import { createApp } from '../../../server/app.js';
import { createColumnStores } from '../../../server/column-store/column-stores.js';
import { readConfig } from '../../../server/config.js';
import { Database } from '../../../server/db/database.js';
import type { CubeEndpoint } from '../../../server/dependencies.js';
import { StatusBoard } from '../../../server/status/status-board.js';
import type { TestApp } from '../../api/test-app.js';

const noCube: CubeEndpoint = {
  url: 'http://127.0.0.1:9/cubejs-api',
  secret: 'a secret of the tests, long enough',
};

/** The application on a database that somebody else made, for example through a proxy. */
export async function appOn(url: string, cube: CubeEndpoint = noCube): Promise<TestApp> {
  const database = new Database(url, 'postgres');
  const status = new StatusBoard();
  for (const name of ['database', 'cube', 'tiles'] as const) status.setComponent(name, 'ready');
  const stores = createColumnStores(database);
  const app = await createApp({
    config: readConfig({
      CATCHMENT_DATA: path.join(os.tmpdir(), 'catchment-faults'),
      LOG_LEVEL: 'silent',
    }),
    database,
    stores,
    cube,
    status,
    importTasks: importTasksHere(database),
    secrets: { authSecret: 'another secret of the tests, long enough' },
  });
  await stores.ready;
  const close = async () => {
    await app.close();
    await stores.stop();
    await database.close();
  };
  return { app, database, status, stores, close };
}
