import path from 'node:path';
import type { OpenDatabase } from '../../db/open.js';
import { projectRoot } from '../../project-root.js';
import type { ChildSpec } from '../../supervisor/child.js';

const serverFile = path.join(projectRoot, 'cube/embedded/serve.cjs');

const HEALTH_TIMEOUT_MS = 5_000;
const POLL_MS = 100;
/** Room for the rows of a large answer: the collector would copy them several times within the default of 16 MB. */
const YOUNG_GENERATION_MB = 32;
/** Planning a large query can keep Cube's one thread for a while. */
const FAILURES_ALLOWED = 6;

export type CubeProcessOptions = {
  /** On 127.0.0.1. */
  readonly port: number;
  /** Signs the tokens. */
  readonly secret: string;
  readonly connection: OpenDatabase['connection'];
};

/** How to run the embedded Cube, for the supervisor: ready when it answers, restarted when it no longer does. */
export function cubeChildSpec(options: CubeProcessOptions): ChildSpec {
  const healthUrl = `http://127.0.0.1:${options.port}/healthz`;
  let failures = 0;
  return {
    name: 'Cube',
    command: process.execPath,
    args: [`--max-semi-space-size=${YOUNG_GENERATION_MB}`, serverFile],
    env: {
      CATCHMENT_CUBE_PORT: String(options.port),
      CUBEJS_API_SECRET: options.secret,
      ...databaseVariables(options.connection),
    },
    untilReady: (_child, signal) => untilHealthy(healthUrl, signal),
    check: async () => {
      const isHealthy = await answers(healthUrl);
      failures = isHealthy ? 0 : failures + 1;
      if (failures < FAILURES_ALLOWED) return;
      failures = 0;
      throw new Error('Cube does not answer');
    },
    checkEveryMs: 5_000,
    startTimeoutMs: 120_000,
    stopTimeoutMs: 5_000,
  };
}

function databaseVariables(connection: OpenDatabase['connection']): NodeJS.ProcessEnv {
  if ('socketFolder' in connection) {
    return {
      CATCHMENT_CUBE_ENGINE: 'embedded',
      CUBEJS_DB_HOST: connection.socketFolder,
      CUBEJS_DB_PORT: '5432',
      CUBEJS_DB_NAME: 'postgres',
      CUBEJS_DB_USER: 'postgres',
    };
  }
  return { CATCHMENT_CUBE_ENGINE: 'postgres', CATCHMENT_CUBE_DATABASE_URL: connection.url };
}

async function untilHealthy(url: string, signal: AbortSignal): Promise<void> {
  while (!signal.aborted && !(await answers(url))) {
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}

/** Whether Cube runs; one whose database is away runs too, and recovers with it. */
async function answers(url: string): Promise<boolean> {
  try {
    await fetch(url, { signal: AbortSignal.timeout(HEALTH_TIMEOUT_MS) });
    return true;
  } catch {
    return false;
  }
}
