import type { ImportTasks } from '../geodata/tasks/import-task.js';
import type { ColumnStores } from './column-store/column-stores.js';
import type { Config } from './config.js';
import type { Database } from './db/database.js';
import type { StatusBoard } from './status/status-board.js';

/** Where Cube answers, without a slash at the end, and the secret that its tokens are signed with. */
export type CubeEndpoint = {
  readonly url: string;
  readonly secret: string;
};

export type Secrets = {
  /** Signs session cookies; kept in the data folder. At least 32 characters. */
  readonly authSecret: string;
};

/** All that `createApp` needs from outside; tests give their own. */
export type AppDependencies = {
  readonly config: Config;
  readonly database: Database;
  readonly stores: ColumnStores;
  readonly cube: CubeEndpoint;
  readonly status: StatusBoard;
  /** Has files examined, checked and loaded. */
  readonly importTasks: ImportTasks;
  readonly secrets: Secrets;
};
