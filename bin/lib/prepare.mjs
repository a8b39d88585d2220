import { spawnSync } from 'node:child_process';
import {
  existsSync,
  readdirSync,
  rmSync,
  renameSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** The project's folder. */
export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');

const serverFolder = path.join(root, 'dist-server');
/** Written last: a build that was cut off has none. */
const stamp = '.built';

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

/** Builds the app and the server, each where its sources are newer than its last build. */
export function ensureBuilt() {
  if (isAppBuilt() && isServerBuilt()) return;
  console.log('Building the app…');
  if (!isAppBuilt()) buildApp();
  if (!isServerBuilt()) buildServer();
}

/** Builds what the browser loads, into dist. */
export function buildApp() {
  vite('build');
}

/** Builds what Node.js runs, into dist-server: beside the last build first, which may be running. */
export function buildServer() {
  const startedAt = new Date();
  const next = `${serverFolder}.${process.pid}`;
  vite('build', '--config', 'vite.server.config.ts', '--outDir', next);
  // Sources that change while they are built are newer than the build.
  writeFileSync(path.join(next, stamp), '');
  utimesSync(path.join(next, stamp), startedAt, startedAt);
  rmSync(serverFolder, { recursive: true, force: true });
  renameSync(next, serverFolder);
}

/**
 * The exports of a program, named by its path without the ending: from the bundle where that is newer than the
 * sources, else from the sources.
 */
export async function importProgram(program) {
  if (isServerBuilt()) {
    process.setSourceMapsEnabled(true);
    return import(pathToFileURL(path.join(serverFolder, `${path.basename(program)}.js`)).href);
  }
  const { register } = await import('tsx/esm/api');
  register();
  return import(pathToFileURL(path.join(root, `${program}.ts`)).href);
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

function isAppBuilt() {
  return isNewer('dist/index.html', ['index.html', 'vite.config.ts', 'src', 'server/contract']);
}

function isServerBuilt() {
  return isNewer(`dist-server/${stamp}`, ['vite.server.config.ts', 'server', 'geodata']);
}

/** Whether a built file is there and not older than any of its sources: files, and folders of them. */
function isNewer(built, sources) {
  const file = path.join(root, built);
  if (!existsSync(file)) return false;
  const builtAt = statSync(file).mtimeMs;
  return ['package-lock.json', ...sources]
    .flatMap((source) => filesIn(path.join(root, source)))
    .every((source) => statSync(source).mtimeMs <= builtAt);
}

function filesIn(source) {
  if (!statSync(source).isDirectory()) return [source];
  return readdirSync(source, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));
}

function vite(...args) {
  const program = path.join(root, 'node_modules/vite/bin/vite.js');
  run(process.execPath, [program, ...args, '--logLevel=error']);
}
