import { statfs } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { existsSync } from 'node:fs';
import { fail, ok, warn, type Check } from '../check.js';

const oldestNode: readonly [number, number] = [20, 19];
const megabyte = 1024 * 1024;
const diskNeeded = 200 * megabyte;
const diskWanted = 2048 * megabyte;
/** The embedded database takes about 1 GB, server and Cube half of one each. */
const memoryWanted = { embedded: 2048 * megabyte, external: 1024 * megabyte };

/** Node.js is new enough; the version is given by tests. */
export function nodeCheck(version = process.versions.node): Check {
  return {
    name: 'Node.js',
    needs: 'nothing',
    examine: async () => {
      const [major = 0, minor = 0] = version.split('.').map(Number);
      const [wanted, wantedMinor] = oldestNode;
      if (major > wanted || (major === wanted && minor >= wantedMinor))
        return ok(`Version ${version}.`);
      return fail(`Version ${version} is too old.`, {
        todo: `Install Node.js ${oldestNode.join('.')} or newer.`,
      });
    },
  };
}

type FreeBytes = (folder: string) => Promise<number>;

/** There is room on the disk of the data folder. */
export function diskCheck(freeBytes: FreeBytes = freeOnDisk): Check {
  return {
    name: 'Disk',
    needs: 'nothing',
    examine: async ({ settings }) => {
      const free = await freeBytes(settings.dataFolder);
      const says = `${Math.round(free / megabyte).toLocaleString('en')} MB free for ${settings.dataFolder}.`;
      const todo = 'Make room, or move the data folder and set CATCHMENT_DATA.';
      if (free < diskNeeded) return fail(says, { todo });
      return free < diskWanted ? warn(says, { todo }) : ok(says);
    },
  };
}

async function freeOnDisk(folder: string): Promise<number> {
  let there = folder;
  while (!existsSync(there)) there = path.dirname(there);
  const { bavail, bsize } = await statfs(there);
  return bavail * bsize;
}

/** The machine has memory for what is to run on it. */
export function memoryCheck(totalBytes: number = os.totalmem()): Check {
  return {
    name: 'Memory',
    needs: 'nothing',
    examine: async ({ settings }) => {
      const kind = settings.databaseUrl === undefined ? 'embedded' : 'external';
      const says = `${Math.round(totalBytes / megabyte).toLocaleString('en')} MB in this machine.`;
      if (totalBytes >= memoryWanted[kind]) return ok(says);
      return warn(says, {
        todo: `Server, Cube and ${kind} database want ${memoryWanted[kind] / megabyte} MB.`,
      });
    },
  };
}
