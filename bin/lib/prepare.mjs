import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's folder. */
export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');

const oldestNode = [20, 19];

/** Ends the process with a plain sentence where this Node.js is too old. */
export function requireNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const [wantedMajor, wantedMinor] = oldestNode;
  if (major > wantedMajor || (major === wantedMajor && minor >= wantedMinor)) return;
  fail(
    `Catchment needs Node.js ${oldestNode.join('.')} or newer; this is ${process.versions.node}.`,
  );
}

/** Installs the packages where they are missing or older than the lock file. */
export function ensureInstalled() {
  const installed = path.join(root, 'node_modules/.package-lock.json');
  const lock = path.join(root, 'package-lock.json');
  if (existsSync(installed) && statSync(installed).mtimeMs >= statSync(lock).mtimeMs) return;
  console.log('Installing packages (only the first time, about two minutes)…');
  run('npm', ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error']);
}

/** Builds the app where its sources are newer than the last build. */
export function ensureBuilt() {
  const built = path.join(root, 'dist/index.html');
  if (existsSync(built) && statSync(built).mtimeMs >= newestSource()) return;
  console.log('Building the app…');
  run(process.execPath, [
    path.join(root, 'node_modules/vite/bin/vite.js'),
    'build',
    '--logLevel=error',
  ]);
}

/** Runs a command in the project's folder; ends the process when it fails. */
export function run(command, args, env = {}) {
  const result = spawnSync(command, args, {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, ...env },
  });
  if (result.error) fail(`${command}: ${result.error.message}`);
  if (result.status !== 0) fail(`${command} ${args.join(' ')} failed`, result.status ?? 1);
}

export function fail(sentence, code = 1) {
  console.error(sentence);
  process.exit(code);
}

function newestSource() {
  const files = ['index.html', 'vite.config.ts', 'package-lock.json'].map((file) =>
    path.join(root, file),
  );
  const folders = ['src', 'server/contract'].map((folder) => path.join(root, folder));
  const nested = folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => path.join(entry.parentPath, entry.name)),
  );
  return Math.max(...[...files, ...nested].map((file) => statSync(file).mtimeMs));
}
