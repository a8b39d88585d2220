import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const readyLine = /Catchment is ready: (\S+)/;

export type RunningApp = {
  readonly url: string;
  readonly process: ChildProcess;
  readonly dataFolder: string;
  /** Everything that it printed so far. */
  readonly output: () => string;
  /** Sends SIGINT as Ctrl-C does, waits for the end and answers the exit code. */
  readonly stop: () => Promise<number | null>;
};

export type AppOptions = {
  readonly dataFolder?: string;
  readonly env?: NodeJS.ProcessEnv;
};

/** Runs the application as `npm start` does, on a free port with a data folder of its own. */
export async function startApp({ dataFolder, env }: AppOptions = {}): Promise<RunningApp> {
  const folder = dataFolder ?? mkdtempSync(path.join(os.tmpdir(), 'catchment-app-'));
  const child = spawn(process.execPath, ['bin/start.mjs'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...withoutTestVariables(), PORT: '0', CATCHMENT_DATA: folder, ...env },
  });
  let output = '';
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const url = await new Promise<string>((resolve, reject) => {
    const read = (text: string) => {
      output += text;
      const ready = readyLine.exec(output)?.[1];
      if (ready) resolve(ready);
    };
    child.stdout.setEncoding('utf8').on('data', read);
    child.stderr.setEncoding('utf8').on('data', read);
    void ended.then((code) => reject(new Error(`The app ended with code ${code}:\n${output}`)));
  });
  const stop = async () => {
    child.kill('SIGINT');
    const code = await ended;
    if (dataFolder === undefined) rmSync(folder, { recursive: true, force: true });
    return code;
  };
  return { url, process: child, dataFolder: folder, output: () => output, stop };
}

/** Runs a command of the command line and answers what it printed; throws where it fails. */
export async function catchment(args: readonly string[], env: NodeJS.ProcessEnv): Promise<string> {
  const child = spawn(process.execPath, ['bin/catchment.mjs', ...args], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...withoutTestVariables(), ...env },
  });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (output += text));
  const code = await new Promise((resolve) => child.once('exit', resolve));
  if (code !== 0)
    throw new Error(`catchment ${args.join(' ')} ended with ${String(code)}:\n${output}`);
  return output;
}

function withoutTestVariables(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !name.startsWith('VITEST'));
  return { ...Object.fromEntries(kept), NODE_ENV: 'production' };
}
