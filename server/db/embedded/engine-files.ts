import { createHash } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/** Unix refuses longer socket paths (108 bytes with the closing zero). */
const longestSocketPath = 107;

export type EngineFiles = {
  /** Folder of the database files. */
  readonly folder: string;
  /** Folder of the socket: what a connection string names as host. */
  readonly socketFolder: string;
  readonly socketPath: string;
  /** Holds the process id of whoever runs the engine on this folder. */
  readonly lockFile: string;
};

/**
 * Where the embedded database of a data folder lives. The socket is inside the data folder, or in the
 * temporary folder where that path would be too long for a Unix socket.
 */
export function engineFiles(dataFolder: string): EngineFiles {
  const folder = path.join(dataFolder, 'database');
  mkdirSync(folder, { recursive: true });
  const inside = path.join(dataFolder, 'run');
  const fits = Buffer.byteLength(path.join(inside, '.s.PGSQL.5432')) <= longestSocketPath;
  const socketFolder = fits ? inside : path.join(os.tmpdir(), `catchment-${digest(dataFolder)}`);
  mkdirSync(socketFolder, { recursive: true, mode: 0o700 });
  return {
    folder,
    socketFolder,
    socketPath: path.join(socketFolder, '.s.PGSQL.5432'),
    lockFile: path.join(dataFolder, 'database.pid'),
  };
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}
