import http from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { importTasksHere } from '../../geodata/tasks/perform-task.js';
import { createApp } from '../../server/app.js';
import { createToken } from '../../server/auth/tokens.js';
import { createColumnStores } from '../../server/column-store/column-stores.js';
import { readConfig } from '../../server/config.js';
import type { Database } from '../../server/db/database.js';
import { StatusBoard } from '../../server/status/status-board.js';

/** A server that answers on a port of its own, and one connection to it that is kept open. */
export type Serving = {
  /** Fetches a path and answers the body; throws unless the status is 200. */
  readonly get: (path: string) => Promise<Buffer>;
  readonly close: () => Promise<void>;
};

/** The whole application on a database, asked as a planner with a token, without Cube. */
export async function serveApp(database: Database): Promise<Serving> {
  const status = new StatusBoard();
  for (const name of ['database', 'cube', 'tiles'] as const) status.setComponent(name, 'ready');
  const stores = createColumnStores(database);
  const app = await createApp({
    config: readConfig({
      CATCHMENT_DATA: path.join(os.tmpdir(), 'catchment-bench'),
      LOG_LEVEL: 'silent',
    }),
    database,
    stores,
    cube: {
      url: 'http://127.0.0.1:9/cubejs-api',
      secret: 'a secret of the benchmark, long enough',
    },
    status,
    importTasks: importTasksHere(database),
    secrets: { authSecret: 'another secret of the benchmark, long enough' },
  });
  await stores.ready;
  const { token } = await createToken(database, { role: 'planner', name: 'benchmark' });
  await app.listen({ port: 0, host: '127.0.0.1' });
  const connection = connectTo(portOf(app.server), { authorization: `Bearer ${token}` });
  return {
    get: connection.get,
    async close() {
      connection.end();
      await app.close();
      await stores.stop();
    },
  };
}

/** A bare server that answers every request with the same bytes. */
export async function serveBytes(body: Buffer): Promise<Serving> {
  const server = http.createServer((_request, response) => {
    response.setHeader('Content-Type', 'application/octet-stream');
    response.end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const connection = connectTo(portOf(server));
  return {
    get: connection.get,
    async close() {
      connection.end();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function connectTo(port: number, headers: http.OutgoingHttpHeaders = {}) {
  const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
  const options = {
    host: '127.0.0.1',
    port,
    agent,
    headers: { ...headers, 'accept-encoding': 'gzip' },
  };
  return { get: (path: string) => fetchBytes({ ...options, path }), end: () => agent.destroy() };
}

function fetchBytes(options: http.RequestOptions): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    http
      .get(options, (response) => {
        const parts: Buffer[] = [];
        response.on('data', (part: Buffer) => parts.push(part));
        response.on('end', () => {
          const body = Buffer.concat(parts);
          if (response.statusCode === 200) resolve(body);
          else reject(new Error(`${options.path}: ${response.statusCode} ${body.toString()}`));
        });
      })
      .on('error', reject);
  });
}

function portOf(server: http.Server): number {
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('The server has no port.');
  return address.port;
}
