import type { ChildProcess } from 'node:child_process';
import { afterEach, describe, expect, it } from 'vitest';
import {
  SupervisedChild,
  type ChildSpec,
  type ChildState,
} from '../../../../server/supervisor/child.js';

const serving = `process.send('ready'); setInterval(() => {}, 1000)`;

function aChild(script: string, more: Partial<ChildSpec> = {}) {
  const states: ChildState[] = [];
  const waiting: { state: ChildState; resolve: () => void }[] = [];
  const child = new SupervisedChild(
    {
      name: 'The child',
      command: process.execPath,
      args: ['-e', script],
      untilReady,
      ...more,
    },
    (state) => {
      states.push(state);
      for (const one of waiting.filter((wait) => wait.state === state)) one.resolve();
    },
  );
  const next = (state: ChildState) =>
    new Promise<void>((resolve) => waiting.push({ state, resolve }));
  return { child, states, next };
}

function untilReady(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => child.once('message', () => resolve()));
}

describe('a supervised child', () => {
  let running: SupervisedChild | undefined;
  afterEach(() => running?.stop());

  it('is ready once it says so', async () => {
    const { child, states } = aChild(serving);
    running = child;
    await child.start();
    expect(states).toEqual(['starting', 'ready']);
  });

  it('is restarted when it crashes, and says so meanwhile', async () => {
    const { child, states, next } = aChild(serving);
    running = child;
    await child.start();
    const first = child.pid;
    const readyAgain = next('ready');
    process.kill(Number(first), 'SIGKILL');
    await readyAgain;
    expect(states).toEqual(['starting', 'ready', 'restarting', 'ready']);
    expect(child.pid).not.toBe(first);
  });

  it('is restarted when its check fails', async () => {
    let sick = false;
    const check = () => (sick ? Promise.reject(new Error('sick')) : Promise.resolve());
    const { child, next } = aChild(serving, { check, checkEveryMs: 5 });
    running = child;
    await child.start();
    const first = child.pid;
    const restarting = next('restarting');
    sick = true;
    await restarting;
    sick = false;
    await next('ready');
    expect(child.pid).not.toBe(first);
  });

  it('fails its start with what the process said', async () => {
    const { child } = aChild(`console.error('no room'); process.exit(3)`);
    running = child;
    await expect(child.start()).rejects.toThrow(/The child ended \(code 3\)/);
    expect(child.state).toBe('failed');
  });

  it('is killed when it does not end by itself', async () => {
    const stubborn = `process.on('SIGTERM', () => {}); ${serving}`;
    const { child } = aChild(stubborn, { stopTimeoutMs: 50 });
    await child.start();
    const pid = Number(child.pid);
    await child.stop();
    expect(() => process.kill(pid, 0)).toThrow();
    expect(child.state).toBe('stopped');
  });
});
