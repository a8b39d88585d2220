import net from 'node:net';
import type { Config } from '../../config.js';
import type { OpenDatabase } from '../../db/open.js';
import type { CubeEndpoint } from '../../dependencies.js';
import { SupervisedChild, type ChildState } from '../../supervisor/child.js';
import { cubeChildSpec } from './cube-process.js';

export type StartCubeOptions = {
  readonly config: Pick<Config, 'cubeApiUrl'>;
  readonly connection: OpenDatabase['connection'];
  readonly secret: string;
  readonly onState?: (state: ChildState) => void;
  /** What the start waits for; meanwhile nothing answers at the endpoint. */
  readonly after?: Promise<unknown>;
};

export type RunningCube = {
  readonly endpoint: CubeEndpoint;
  /** Resolves when Cube answers for the first time; rejects when it cannot be started. */
  readonly ready: Promise<void>;
  /** Number of the process; undefined for an external Cube, and while there is none. */
  readonly pid: number | undefined;
  readonly stop: () => Promise<void>;
};

/** Starts the embedded Cube on a free port of 127.0.0.1, or takes the external one of CUBE_API_URL. */
export async function startCube(options: StartCubeOptions): Promise<RunningCube> {
  const { config, connection, secret, onState, after } = options;
  if (config.cubeApiUrl !== undefined) {
    onState?.('ready');
    const endpoint = { url: config.cubeApiUrl, secret };
    return {
      endpoint,
      ready: Promise.resolve(),
      pid: undefined,
      stop: () => Promise.resolve(),
    };
  }
  const port = await freePort();
  const child = new SupervisedChild(cubeChildSpec({ port, secret, connection }), onState);
  let stopped = false;
  const ready = Promise.resolve(after).then(() => (stopped ? undefined : child.start()));
  // Whoever waits for `ready` gets the rejection; until then it must not end the process.
  ready.catch(() => undefined);
  return {
    endpoint: { url: `http://127.0.0.1:${port}`, secret },
    ready,
    get pid() {
      return child.pid;
    },
    stop: () => {
      stopped = true;
      return child.stop();
    },
  };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = net.createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => {
        if (address !== null && typeof address === 'object') resolve(address.port);
        else reject(new Error('No free port for Cube'));
      });
    });
  });
}
