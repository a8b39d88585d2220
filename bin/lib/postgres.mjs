import { spawnSync } from 'node:child_process';
import { chmodSync, chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { isRootOnDebian, installDebian } from './debian.mjs';

const versionsFolder = '/usr/lib/postgresql';

/**
 * Starts a private PostgreSQL + PostGIS cluster in a temporary folder, never the machine's own.
 * Returns its URL and how to stop it, or undefined where PostGIS is not to be had.
 */
export async function startPrivatePostgres() {
  let binaries = findBinaries();
  if (!binaries && isRootOnDebian()) {
    installDebian(['postgresql-15-postgis-3']);
    binaries = findBinaries();
  }
  if (!binaries) return undefined;
  const folder = mkdtempSync(path.join(os.tmpdir(), 'catchment-pg-'));
  const asOwner = ownerCommand(folder);
  const data = path.join(folder, 'data');
  const port = await freePort();
  asOwner(binaries, 'initdb', [
    '-D',
    data,
    '-U',
    'catchment',
    '--auth=trust',
    '-E',
    'UTF8',
    '--locale=C.UTF-8',
  ]);
  const settings = [
    `-p ${port}`,
    `-k ${folder}`,
    '-c fsync=off',
    '-c synchronous_commit=off',
    '-c full_page_writes=off',
    '-c shared_buffers=256MB',
    '-c max_connections=200',
    '-c jit=off',
  ].join(' ');
  asOwner(binaries, 'pg_ctl', [
    '-D',
    data,
    '-w',
    '-o',
    settings,
    '-l',
    path.join(folder, 'log'),
    'start',
  ]);
  return {
    url: `postgres://catchment@127.0.0.1:${port}/postgres`,
    stop() {
      asOwner(binaries, 'pg_ctl', ['-D', data, '-m', 'immediate', 'stop']);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function findBinaries() {
  if (!existsSync(versionsFolder)) return undefined;
  return readdirSync(versionsFolder)
    .filter((version) => existsSync(`/usr/share/postgresql/${version}/extension/postgis.control`))
    .sort((a, b) => Number(b) - Number(a))
    .map((version) => path.join(versionsFolder, version, 'bin'))
    .find((folder) => existsSync(path.join(folder, 'initdb')));
}

/** PostgreSQL refuses to run as root; Debian's package brings a user for it. */
function ownerCommand(folder) {
  const isRoot = process.getuid?.() === 0;
  const owner = isRoot ? idsOf('postgres') : undefined;
  if (owner) {
    chownSync(folder, owner.uid, owner.gid);
    chmodSync(folder, 0o755);
  }
  return (binaries, program, args) => {
    const result = spawnSync(path.join(binaries, program), args, {
      ...(owner ?? {}),
      cwd: folder,
      stdio: ['ignore', 'ignore', 'pipe'],
      encoding: 'utf8',
    });
    if (result.status !== 0) throw new Error(`${program} failed: ${result.stderr}`);
  };
}

function idsOf(user) {
  const id = (flag) => Number(spawnSync('id', [flag, user], { encoding: 'utf8' }).stdout.trim());
  return { uid: id('-u'), gid: id('-g') };
}

function freePort() {
  return new Promise((resolve, reject) => {
    const server = net.createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
