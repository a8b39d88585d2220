import type { ChildProcess } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import pg from 'pg';
import { AppError } from '../../errors.js';
import { SupervisedChild, type ChildState } from '../../supervisor/child.js';
import { nodeProcess } from '../node-process.js';
import { engineFiles, type EngineFiles } from './engine-files.js';

/** How long one statement may keep the single session before the engine counts as hung. */
const hungAfterMs = 600_000;

export type EmbeddedEngine = {
  readonly connection: pg.PoolConfig;
  /** The connection as a URL, for code that opens its own. */
  readonly url: string;
  readonly socketFolder: string;
  readonly child: SupervisedChild;
  readonly stop: () => Promise<void>;
};

/** How to connect to the embedded database of a data folder, running or not. */
export function embeddedConnection({
  socketFolder,
}: Pick<EngineFiles, 'socketFolder'>): Pick<pg.PoolConfig, 'host' | 'port' | 'user' | 'database'> {
  return { host: socketFolder, port: 5432, user: 'postgres', database: 'postgres' };
}

/**
 * Starts the embedded database of a data folder and keeps it running.
 *
 * Throws an AppError `conflict` where another process already runs it.
 */
export async function startEmbeddedEngine(
  dataFolder: string,
  onState?: (state: ChildState) => void,
): Promise<EmbeddedEngine> {
  mkdirSync(dataFolder, { recursive: true });
  const files = engineFiles(dataFolder);
  takeLock(files.lockFile);
  const connection = embeddedConnection(files);
  const { execArgv, file } = nodeProcess('server/db/embedded/engine-process');
  const child = new SupervisedChild(
    {
      name: 'The embedded database',
      command: process.execPath,
      args: [...execArgv, file, files.folder, files.socketPath],
      untilReady: readyMessage,
      check: () => checkAnswers(connection),
      startTimeoutMs: 120_000,
      stopTimeoutMs: 20_000,
    },
    onState,
  );
  try {
    await child.start();
  } catch (error) {
    await child.stop();
    rmSync(files.lockFile, { force: true });
    throw error;
  }
  return {
    connection,
    url: `postgres://postgres@/postgres?host=${encodeURIComponent(files.socketFolder)}&port=5432`,
    socketFolder: files.socketFolder,
    child,
    stop: async () => {
      await child.stop();
      rmSync(files.lockFile, { force: true });
    },
  };
}

/** The process that runs the embedded database of a data folder, if one does. */
export function runningEngineOwner(lockFile: string): number | undefined {
  let text: string;
  try {
    text = readFileSync(lockFile, 'utf8');
  } catch {
    return undefined;
  }
  const pid = Number(text);
  if (!Number.isInteger(pid) || pid <= 0) return undefined;
  try {
    process.kill(pid, 0);
    return pid;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM' ? pid : undefined;
  }
}

function takeLock(lockFile: string): void {
  const owner = runningEngineOwner(lockFile);
  if (owner !== undefined && owner !== process.pid) {
    throw new AppError(
      'conflict',
      `The database in ${path.dirname(lockFile)} is already in use by process ${owner}. Stop that one first, or set CATCHMENT_DATA to another folder.`,
    );
  }
  writeFileSync(lockFile, String(process.pid));
}

function readyMessage(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    child.on('message', (message) => {
      if (message === 'ready') resolve();
    });
  });
}

/**
 * After some 1,650 failed statements every query answers "stack depth limit exceeded" and only a restart
 * of the process helps; a query that waits behind a long one is no reason.
 */
async function checkAnswers(connection: pg.PoolConfig): Promise<void> {
  const client = new pg.Client({ ...connection, query_timeout: hungAfterMs });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query('SELECT count(*) FROM pg_catalog.pg_namespace');
  } finally {
    await client.end().catch(() => undefined);
  }
}
