import { fork, spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { runCli } from '../../../geodata/cli.js';
import { createToken } from '../../../server/auth/tokens.js';
import { Database } from '../../../server/db/database.js';
import { embeddedConnection } from '../../../server/db/embedded/embedded-engine.js';
import { engineFiles } from '../../../server/db/embedded/engine-files.js';
import { typescriptArguments } from '../../../server/db/node-process.js';
import { freePort } from '../../support/free-port.js';
import { templateVariable } from '../../support/embedded.js';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../..');
const workerFile = path.join(root, 'tests/faults/support/cli-worker.ts');

export type Part = 'server' | 'database' | 'cube' | 'command';

export type CommandResult = { readonly code: number; readonly said: string };

/** A server with its children and a command line beside it, all real processes on one data folder. */
export class KillWorld {
  readonly folder = mkdtempSync(path.join(os.tmpdir(), 'catchment-kill-'));
  readonly database: Database;
  #server: ChildProcess | undefined;
  #command: ChildProcess | undefined;
  #output = '';
  #url = '';
  #token = '';

  constructor() {
    const template = process.env[templateVariable];
    if (template) cpSync(template, this.folder, { recursive: true });
    this.database = new Database(embeddedConnection(engineFiles(this.folder)), 'embedded');
  }

  /** Starts the server and resolves when it answers that the database is ready; milliseconds it took. */
  async start(): Promise<number> {
    const port = await freePort();
    this.#url = `http://127.0.0.1:${port}`;
    const startedAt = performance.now();
    const child = spawn(process.execPath, [...typescriptArguments(), 'server/run.ts'], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...this.#environment(), PORT: String(port), HOST: '127.0.0.1' },
    });
    this.#server = child;
    this.#output = '';
    const read = (text: string) => (this.#output += text);
    child.stdout.setEncoding('utf8').on('data', read);
    child.stderr.setEncoding('utf8').on('data', read);
    await until(async () => (await this.health()).database === 'ready');
    const took = performance.now() - startedAt;
    if (this.#token === '') {
      const made = await createToken(this.database, { role: 'administrator', name: 'faults' });
      this.#token = made.token;
    }
    return took;
  }

  /** Ends the server as Ctrl-C does. */
  async stop(): Promise<void> {
    const child = this.#server;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGINT');
    await ended;
  }

  /** Process id of a part, if it runs. */
  pidOf(part: Part): number | undefined {
    if (part === 'command') return this.#command?.pid;
    const server = this.#server?.pid;
    if (part === 'server' || server === undefined) return server;
    const words = part === 'cube' ? 'cube/embedded/serve' : 'engine-process';
    // Without children ps fails, with nothing to list.
    const { stdout: list } = spawnSync('ps', ['-o', 'pid=,args=', '--ppid', String(server)], {
      encoding: 'utf8',
    });
    const line = list.split('\n').find((text) => text.includes(words));
    return line === undefined ? undefined : Number.parseInt(line, 10);
  }

  /** Ends a part at once; answers whether it ran. A killed server's children end by themselves. */
  async kill(part: Part): Promise<boolean> {
    const pid = this.pidOf(part);
    if (pid === undefined) return false;
    const children = part === 'server' ? [this.pidOf('database'), this.pidOf('cube')] : [];
    process.kill(pid, 'SIGKILL');
    await until(async () => !isRunning(pid));
    for (const child of children) {
      if (child !== undefined) await until(async () => !isRunning(child));
    }
    return true;
  }

  /** States of the components; all 'away' where the server does not answer. Throws where it ended by itself. */
  async health(): Promise<Record<'database' | 'cube' | 'tiles', string>> {
    if (this.#server?.exitCode !== null) throw new Error(`The server ended:\n${this.#output}`);
    try {
      const response = await fetch(`${this.#url}/healthz`, { signal: AbortSignal.timeout(2000) });
      const body = (await response.json()) as { components: Record<string, string> };
      return body.components as Record<'database' | 'cube' | 'tiles', string>;
    } catch {
      return { database: 'away', cube: 'away', tiles: 'away' };
    }
  }

  /** A request as administrator; status 0 where the server went away. */
  async request(
    method: string,
    address: string,
    body?: unknown,
  ): Promise<{ status: number; json: unknown }> {
    try {
      const response = await fetch(this.#url + address, {
        method,
        headers: {
          authorization: `Bearer ${this.#token}`,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        signal: AbortSignal.timeout(60_000),
      });
      return { status: response.status, json: await response.json() };
    } catch {
      return { status: 0, json: undefined };
    }
  }

  /** Runs a command of the command line in this process, which nobody kills. */
  async run(...args: string[]): Promise<CommandResult> {
    const said: string[] = [];
    const tell = (text: string) => void said.push(text);
    const code = await runCli(args, {
      open: async () => ({ database: this.database, close: async () => undefined }),
      print: tell,
      printError: tell,
      onProgress: () => undefined,
      signal: new AbortController().signal,
    });
    return { code, said: said.join('\n') };
  }

  /** As `run` in a process of its own; undefined where it was killed. */
  async runApart(...args: string[]): Promise<CommandResult | undefined> {
    const child = await this.#commandProcess();
    return new Promise((resolve) => {
      child.once('exit', () => {
        this.#command = undefined;
        resolve(undefined);
      });
      child.once('message', (message) => {
        child.removeAllListeners('exit');
        const result = message as CommandResult;
        if (result.code !== 0) this.#command = undefined;
        resolve(result);
      });
      child.send(args);
    });
  }

  /** Has a process for the next command waiting, so that its start takes no time then. */
  async #commandProcess(): Promise<ChildProcess> {
    if (this.#command?.connected) return this.#command;
    const child = fork(workerFile, {
      cwd: root,
      execArgv: [...typescriptArguments()],
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      env: this.#environment(),
    });
    this.#command = child;
    await new Promise((resolve) => child.once('message', resolve));
    return child;
  }

  /** Has the next command's process started. */
  async warmUp(): Promise<void> {
    await this.#commandProcess();
  }

  async close(): Promise<void> {
    this.#command?.kill('SIGKILL');
    await this.database.close();
    await this.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }

  get output(): string {
    return this.#output;
  }

  #environment(): NodeJS.ProcessEnv {
    const kept = Object.entries(process.env).filter(
      ([name]) => !/^(VITEST|DATABASE_URL|CUBE_API_URL)/.test(name),
    );
    return {
      ...Object.fromEntries(kept),
      NODE_ENV: 'production',
      CATCHMENT_DATA: this.folder,
      CATCHMENT_DEMO: 'never',
    };
  }
}

export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Asks every 20 ms until the answer is yes; the limit is the test's own. */
export async function until(condition: () => Promise<boolean>): Promise<void> {
  while (!(await condition())) await new Promise((resolve) => setTimeout(resolve, 20));
}
