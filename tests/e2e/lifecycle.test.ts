import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { catchment, startApp, type RunningApp } from '../support/running-app.js';

type Health = { status: string; components: Record<string, string> };

describe('the application as npm start runs it', () => {
  const dataFolder = mkdtempSync(path.join(os.tmpdir(), 'catchment-lifecycle-'));
  const env = { CATCHMENT_DEMO: 'never' };
  let app: RunningApp;

  beforeAll(async () => {
    app = await startApp({ dataFolder, env });
  });

  afterAll(() => rmSync(dataFolder, { recursive: true, force: true }));

  it('answers its health when it says that it is ready', async () => {
    expect(await health(app)).toEqual({
      status: 'ok',
      components: { database: 'ready', cube: 'ready', tiles: 'ready' },
    });
  });

  it('takes a token of the command line on the API, the tiles and the cube, until it is revoked', async () => {
    const printed = await catchment(['token', 'create', '--role', 'manager'], {
      CATCHMENT_DATA: dataFolder,
    });
    const token = /cat_[\w-]+/.exec(printed)?.[0];
    const headers = { Authorization: `Bearer ${token ?? ''}` };
    const addresses = ['/api/session', '/tiles/catalog', '/cubejs-api/v1/meta'];
    for (const address of addresses) {
      expect((await fetch(app.url + address)).status, address).toBe(401);
      expect((await fetch(app.url + address, { headers })).status, address).toBe(200);
    }

    const list = await catchment(['token', 'list'], { CATCHMENT_DATA: dataFolder });
    const id = /^\s*(\d+)/m.exec(list)?.[1] ?? '';
    await catchment(['token', 'revoke', id], { CATCHMENT_DATA: dataFolder });
    // The server remembers who is asking for up to five seconds.
    await until(async () => (await fetch(`${app.url}/api/session`, { headers })).status === 401);
  });

  it('says so while a crashed child is restarted, and then is well again', async () => {
    const cube = childrenOf(app).find((child) => child.command.includes('cube/embedded/serve'));
    if (!cube) throw new Error('Cube does not run');
    process.kill(cube.pid, 'SIGKILL');
    await until(async () => (await health(app)).components['cube'] === 'restarting');
    await until(async () => (await health(app)).status === 'ok');
    expect(childrenOf(app).map((child) => child.pid)).not.toContain(cube.pid);
  });

  it('stops all its children on Ctrl-C and keeps its data for the next start', async () => {
    await catchment(['token', 'create', '--role', 'planner', '--name', 'Kept'], {
      CATCHMENT_DATA: dataFolder,
    });
    const children = childrenOf(app);
    expect(children.length).toBeGreaterThanOrEqual(2);
    expect(await app.stop()).toBe(0);
    await until(async () => children.every(({ pid }) => !isRunning(pid)));

    const again = await startApp({ dataFolder, env });
    const list = await catchment(['token', 'list'], { CATCHMENT_DATA: dataFolder });
    await again.stop();
    expect(list).toContain('Kept');
  });
});

async function health(app: RunningApp): Promise<Health> {
  const response = await fetch(`${app.url}/healthz`);
  return (await response.json()) as Health;
}

function childrenOf(app: RunningApp): { pid: number; command: string }[] {
  const list = execFileSync('ps', ['-eo', 'pid=,ppid=,args='], { encoding: 'utf8' });
  return list
    .split('\n')
    .map((line) => /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line))
    .filter((match) => match?.[2] === String(app.process.pid))
    .map((match) => ({ pid: Number(match?.[1]), command: match?.[3] ?? '' }))
    .filter((child) => !child.command.startsWith('ps '));
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Asks again as soon as the last answer came; the limit is the test's own. */
async function until(condition: () => Promise<boolean>): Promise<void> {
  while (!(await condition())) await new Promise((resolve) => setImmediate(resolve));
}
