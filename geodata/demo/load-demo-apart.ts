import { fork } from 'node:child_process';
import type pg from 'pg';
import type { z } from 'zod';
import type { EngineKind } from '../../server/db/database.js';
import { nodeProcess } from '../../server/db/node-process.js';
import type { demoOptions } from './demo.importer.js';
import type { DemoProgress } from './load-demo.js';

/** What the process is given: how to reach the database, and the options of the demo. */
export type DemoJob = {
  readonly connection: string | Pick<pg.PoolConfig, 'host' | 'port' | 'user' | 'database'>;
  readonly engine: EngineKind;
  readonly options: z.input<typeof demoOptions>;
};

/** What the process tells. */
export type DemoMessage =
  { readonly progress: DemoProgress } | { readonly done: true } | { readonly failure: string };

/**
 * As `loadDemo`, in a process of its own: making streets and houses keeps a processor busy for seconds on end,
 * and a server has requests to answer meanwhile. Rejects with an Error that says what went wrong.
 */
export async function loadDemoApart(
  job: DemoJob,
  onProgress: (progress: DemoProgress) => void,
  signal: AbortSignal,
): Promise<void> {
  signal.throwIfAborted();
  const { execArgv, file } = nodeProcess('geodata/demo/demo-process');
  const child = fork(file, { execArgv: [...execArgv] });
  const cancel = () => child.kill('SIGTERM');
  signal.addEventListener('abort', cancel, { once: true });
  try {
    await new Promise<void>((resolve, reject) => {
      child.on('message', (message: DemoMessage) => {
        if ('progress' in message) onProgress(message.progress);
        else if ('done' in message) resolve();
        else reject(new Error(message.failure));
      });
      child.once('error', reject);
      child.once('exit', () => reject(new Error('The demo ended before it was loaded.')));
      child.send(job);
    });
  } finally {
    signal.removeEventListener('abort', cancel);
  }
}
