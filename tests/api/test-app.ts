import { randomUUID } from 'node:crypto';
import os from 'node:os';
import path from 'node:path';
import type { FastifyInstance, InjectOptions, LightMyRequestResponse } from 'fastify';
import { hashPassword } from 'better-auth/crypto';
import { importTasksHere } from '../../geodata/tasks/perform-task.js';
import { createApp } from '../../server/app.js';
import { createToken } from '../../server/auth/tokens.js';
import { assignRegions, createUser } from '../../server/auth/users.repository.js';
import { createColumnStores, type ColumnStores } from '../../server/column-store/column-stores.js';
import { readConfig } from '../../server/config.js';
import type { Role } from '../../server/contract/role.js';
import type { Database } from '../../server/db/database.js';
import { StatusBoard } from '../../server/status/status-board.js';
import { testDatabase } from '../support/database.js';

export type TestApp = {
  readonly app: FastifyInstance;
  readonly database: Database;
  readonly status: StatusBoard;
  readonly stores: ColumnStores;
  readonly close: () => Promise<void>;
};

/** The whole application on a fresh database, without Cube and without a listening port. */
export async function testApp(): Promise<TestApp> {
  const { database, close } = await testDatabase();
  const status = new StatusBoard();
  for (const name of ['database', 'cube', 'tiles'] as const) status.setComponent(name, 'ready');
  const stores = createColumnStores(database);
  const app = await createApp({
    config: readConfig({
      CATCHMENT_DATA: path.join(os.tmpdir(), 'catchment-api-test'),
      LOG_LEVEL: 'silent',
    }),
    database,
    stores,
    cube: { url: 'http://127.0.0.1:9/cubejs-api', secret: 'a secret of the tests, long enough' },
    status,
    importTasks: importTasksHere(database),
    secrets: { authSecret: 'another secret of the tests, long enough' },
  });
  return {
    app,
    database,
    status,
    stores,
    close: async () => {
      await app.close();
      await stores.stop();
      await close();
    },
  };
}

export type Actor = { readonly userId: string; readonly email: string; readonly token: string };

export const testPassword = 'a good long password';

/** A user with a role (and regions), and a token that acts for them. */
export async function anActor(
  database: Database,
  role: Role,
  { regionIds = [], name = `Some ${role}` }: { regionIds?: number[]; name?: string } = {},
): Promise<Actor> {
  const email = `${role}-${randomUUID()}@example.org`;
  const passwordHash = await hashPassword(testPassword);
  const userId = await database.transaction(async (client) => {
    const id = await createUser(client, { name, email, role, passwordHash });
    await assignRegions(client, id, regionIds);
    return id;
  });
  const { token } = await createToken(database, { role, userId, name: 'test' });
  return { userId, email, token };
}

/** Sends a request as this actor, by bearer token. */
export function as(
  { app }: Pick<TestApp, 'app'>,
  actor: Pick<Actor, 'token'>,
  options: InjectOptions,
): Promise<LightMyRequestResponse> {
  return app.inject({
    ...options,
    headers: { ...options.headers, authorization: `Bearer ${actor.token}` },
  });
}

/** Makes the project the demo. */
export async function makeDemo(database: Database): Promise<void> {
  await database.rows(
    `INSERT INTO app.settings (name, value)
     VALUES ('project', '{"name": "Demo", "currency": "EUR", "bounds": [4, 51, 5, 52], "isDemo": true}')`,
  );
}
