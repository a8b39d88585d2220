import type { Query } from '@cubejs-client/core';
import type { OpenDatabase } from '../../../server/db/open.js';
import type { CubeEndpoint } from '../../../server/dependencies.js';
import { keepSaleCells, refreshSaleCells } from '../../../server/modules/cube/sale-cells.js';
import { startCube } from '../../../server/modules/cube/start-cube.js';
import { mintCubeToken, type CubeIdentity } from '../../../server/modules/cube/token.js';
import type { RowPolicy } from '../../../server/policy/row-policy.js';
import { testDatabase, testEngine, type TestDatabase } from '../../support/database.js';
import { seed } from './seed.js';

export type CubeAnswer = {
  readonly status: number;
  readonly error?: string;
  readonly data: readonly Record<string, unknown>[];
  readonly usedPreAggregations?: Record<string, unknown>;
};

export type TestCube = Pick<TestDatabase, 'database'> & {
  readonly endpoint: CubeEndpoint;
  /** Number of the process of Cube. */
  readonly pid: number | undefined;
  /** Answers a query as an administrator, or as somebody with the policy given. */
  readonly load: (query: Query, policy?: RowPolicy) => Promise<CubeAnswer>;
  /** Answers with a token of the test's own making. */
  readonly loadWithToken: (query: unknown, token: string) => Promise<CubeAnswer>;
  /** Ends the process of Cube and starts another one on the same database, at another endpoint. */
  readonly restart: () => Promise<void>;
  readonly close: () => Promise<void>;
};

const secret = 'a secret for tests, long enough to sign with';
const everything: RowPolicy = { kind: 'all' };

/**
 * An embedded Cube over a fresh database with the seed. Started once for a test file: it takes seconds. With
 * `empty` there is no seed, and sums of sales are left to the caller.
 */
export async function testCube({ empty = false } = {}): Promise<TestCube> {
  const opened = await testDatabase();
  const { database, close } = opened;
  if (!empty) await seed(database);
  await refreshSaleCells(database);
  const saleCells = empty ? undefined : keepSaleCells(database);
  const start = async () => {
    const started = await startCube({
      config: { cubeApiUrl: undefined },
      connection: connectionOf(opened),
      secret,
    });
    await started.ready;
    return started;
  };
  let cube = await start();

  const loadWithToken = (query: unknown, token: string) => load(cube.endpoint.url, query, token);
  return {
    database,
    get endpoint() {
      return cube.endpoint;
    },
    get pid() {
      return cube.pid;
    },
    loadWithToken,
    load: (query, policy = everything) => loadWithToken(query, mintCubeToken(as(policy), secret)),
    restart: async () => {
      await cube.stop();
      cube = await start();
    },
    close: async () => {
      await saleCells?.stop();
      await cube.stop();
      await close();
    },
  };
}

function as(policy: RowPolicy): CubeIdentity {
  return { userId: 'u1', role: 'planner', policy };
}

/** Where the processes of a test connect to its database. */
export function connectionOf({ database, url }: TestDatabase): OpenDatabase['connection'] {
  if (testEngine === 'postgres') return { url };
  return { socketFolder: database.pool.options.host ?? '' };
}

/** Asks until the answer is there, as clients of Cube do. */
async function load(address: string, query: unknown, token: string): Promise<CubeAnswer> {
  for (;;) {
    const response = await fetch(`${address}/cubejs-api/v1/load`, {
      method: 'POST',
      headers: { authorization: token, 'content-type': 'application/json' },
      body: JSON.stringify({ query }),
    });
    const body = (await response.json()) as Omit<CubeAnswer, 'status'>;
    if (body.error !== 'Continue wait') return { ...body, status: response.status };
  }
}
