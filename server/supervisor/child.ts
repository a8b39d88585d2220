import { spawn, type ChildProcess } from 'node:child_process';

export type ChildState = 'starting' | 'ready' | 'restarting' | 'stopped' | 'failed';

export type ChildSpec = {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
  /** Resolves when the started process serves; rejects or hangs otherwise. */
  readonly untilReady: (child: ChildProcess, signal: AbortSignal) => Promise<void>;
  /** Resolves while the process answers; a rejection restarts it. */
  readonly check?: () => Promise<void>;
  readonly checkEveryMs?: number;
  readonly startTimeoutMs?: number;
  readonly stopTimeoutMs?: number;
  readonly onLine?: (line: string) => void;
};

const restartDelaysMs = [0, 500, 1_000, 2_000, 5_000, 10_000];
/**
 * A child that served this many times as long as its start took is taken as healthy again, and its next restart
 * is immediate: a crash now and then costs no waiting, and a loop of crashes little work.
 */
const steadyAfterStarts = 2;

/** A child process that is kept running: restarted when it ends, stops answering, or fails its check. */
export class SupervisedChild {
  readonly #spec: ChildSpec;
  readonly #onState: (state: ChildState) => void;
  #process: ChildProcess | undefined;
  #state: ChildState = 'stopped';
  #failures = 0;
  #launchedAt = 0;
  #readyAt: number | undefined;
  #checkTimer: NodeJS.Timeout | undefined;
  #restartTimer: NodeJS.Timeout | undefined;
  #stopping = false;

  constructor(spec: ChildSpec, onState: (state: ChildState) => void = () => undefined) {
    this.#spec = spec;
    this.#onState = onState;
  }

  get state(): ChildState {
    return this.#state;
  }

  get pid(): number | undefined {
    return this.#process?.pid;
  }

  /**
   * Starts the child and resolves when it is ready. Rejects when the first start fails; further ones are
   * tried in the background until `stop`.
   */
  async start(): Promise<void> {
    this.#stopping = false;
    this.#setState('starting');
    await this.#launch();
  }

  /** Asks the child to end, kills it after the time allowed, and resolves when it is gone. */
  async stop(): Promise<void> {
    this.#stopping = true;
    clearTimeout(this.#checkTimer);
    clearTimeout(this.#restartTimer);
    await this.#end();
    this.#setState('stopped');
  }

  /** Ends the process so that it is started afresh. */
  async restart(): Promise<void> {
    if (this.#stopping || this.#state !== 'ready') return;
    this.#setState('restarting');
    clearTimeout(this.#checkTimer);
    await this.#end();
  }

  async #launch(): Promise<void> {
    const { command, args, env, name, untilReady, startTimeoutMs = 60_000 } = this.#spec;
    const child = spawn(command, args, {
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    this.#process = child;
    this.#launchedAt = performance.now();
    this.#readyAt = undefined;
    const tail = this.#collectOutput(child);
    const abort = new AbortController();
    const ended = new Promise<never>((_resolve, reject) => {
      child.once('error', reject);
      child.once('exit', (code, signal) => {
        reject(new Error(`${name} ended (${signal ?? `code ${code}`})${tail()}`));
      });
    });
    ended.catch(() => this.#onExit(child));
    const timeout = timeoutAfter(startTimeoutMs, `${name} was not ready in time`, abort.signal);
    try {
      await Promise.race([untilReady(child, abort.signal), ended, timeout]);
    } catch (error) {
      child.kill('SIGKILL');
      throw error;
    } finally {
      abort.abort();
    }
    this.#readyAt = performance.now();
    this.#setState('ready');
    this.#scheduleCheck();
  }

  #onExit(child: ChildProcess): void {
    if (child !== this.#process) return;
    this.#process = undefined;
    clearTimeout(this.#checkTimer);
    if (this.#stopping) return;
    if (this.#wasSteady()) this.#failures = 0;
    this.#setState(this.#state === 'starting' ? 'failed' : 'restarting');
    this.#scheduleRestart();
  }

  #wasSteady(): boolean {
    if (this.#readyAt === undefined) return false;
    const startTook = this.#readyAt - this.#launchedAt;
    return performance.now() - this.#readyAt > steadyAfterStarts * startTook;
  }

  #scheduleRestart(): void {
    const delay = restartDelaysMs[Math.min(this.#failures, restartDelaysMs.length - 1)] ?? 0;
    this.#failures += 1;
    this.#restartTimer = setTimeout(() => {
      this.#launch().catch((error: Error) => this.#spec.onLine?.(error.message));
    }, delay);
  }

  #scheduleCheck(): void {
    const { check, checkEveryMs = 1_000 } = this.#spec;
    if (!check || this.#stopping) return;
    this.#checkTimer = setTimeout(() => {
      check().then(
        () => this.#scheduleCheck(),
        () => void this.restart(),
      );
    }, checkEveryMs);
    this.#checkTimer.unref();
  }

  #end(): Promise<void> {
    const child = this.#process;
    if (!child || child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
    return new Promise((resolve) => {
      const kill = setTimeout(() => child.kill('SIGKILL'), this.#spec.stopTimeoutMs ?? 10_000);
      child.once('exit', () => {
        clearTimeout(kill);
        resolve();
      });
      child.kill('SIGTERM');
    });
  }

  #collectOutput(child: ChildProcess): () => string {
    const lines: string[] = [];
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8');
      stream?.on('data', (text: string) => {
        for (const line of text.split('\n').filter((part) => part.trim() !== '')) {
          lines.push(line);
          if (lines.length > 20) lines.shift();
          this.#spec.onLine?.(line);
        }
      });
    }
    return () => (lines.length > 0 ? `:\n${lines.join('\n')}` : '');
  }

  #setState(state: ChildState): void {
    if (this.#state === state) return;
    this.#state = state;
    this.#onState(state);
  }
}

function timeoutAfter(ms: number, message: string, signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(message)), ms);
    signal.addEventListener('abort', () => clearTimeout(timer), { once: true });
  });
}
