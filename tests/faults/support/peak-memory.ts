import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { typescriptArguments } from '../../../server/db/node-process.js';
import type { Measured, MeasuredWork } from './memory-worker.js';

const workerFile = fileURLToPath(new URL('memory-worker.ts', import.meta.url));

/** The most that nonsense may take of memory, as a multiple of what sensible input of the same size takes. */
export const memoryRatio = 1.5;

/** Does work in a process of its own; answers the most memory that the process held, and what it did. */
export function measured(work: MeasuredWork): Promise<Measured> {
  const child = fork(workerFile, {
    execArgv: [...typescriptArguments()],
    env: { ...process.env, NODE_ENV: 'production' },
  });
  return new Promise((resolve, reject) => {
    child.on('message', (message: Measured | 'ready') => {
      if (message === 'ready') child.send(work);
      else resolve(message);
    });
    child.once('exit', (code) => reject(new Error(`The process ended with ${String(code)}`)));
  });
}

/** Bytes as megabytes for a person to read. */
export function megabytes(bytes: number): string {
  return `${Math.round(bytes / 1_048_576)} MB`;
}
