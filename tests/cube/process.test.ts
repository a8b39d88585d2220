import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import net from 'node:net';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { cubeChildSpec } from '../../server/modules/cube/cube-process.js';
import type { TestDatabase } from '../support/database.js';
import { testDatabase } from '../support/database.js';
import { connectionOf } from './support/cube.js';

let opened: TestDatabase;

beforeAll(async () => {
  opened = await testDatabase();
});
afterAll(() => opened.close());

/** A process that starts Cube and does nothing else; its Cube must not outlive it. */
const starter = `
  const [command, ...args] = JSON.parse(process.argv[1]);
  require('node:child_process').spawn(command, args, { stdio: 'ignore' });
  setInterval(() => undefined, 1000);
`;

describe('the process of Cube', () => {
  it('listens on 127.0.0.1, says that it is well, and ends with the process that started it', async () => {
    const port = await freePort();
    const spec = cubeChildSpec({
      port,
      secret: 'a secret for tests, long enough',
      connection: connectionOf(opened),
    });
    const parent = spawn(
      process.execPath,
      ['-e', starter, JSON.stringify([spec.command, ...spec.args])],
      { env: { ...process.env, ...spec.env }, stdio: 'ignore' },
    );
    await ready(spec, parent);
    const health = await fetch(`http://127.0.0.1:${port}/healthz`);
    expect(await health.json()).toEqual({ status: 'ok' });

    await end(parent);
    await vi.waitFor(() => expect(fetch(`http://127.0.0.1:${port}/healthz`)).rejects.toThrow(), {
      timeout: 120_000,
      interval: 200,
    });
  });
});

describe('the health of Cube', () => {
  it('does not depend on a database that never answers', async () => {
    const silent = net.createServer().listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const { port: databasePort } = silent.address() as net.AddressInfo;
    const port = await freePort();
    const spec = cubeChildSpec({
      port,
      secret: 'a secret for tests, long enough',
      connection: { url: `postgres://nobody@127.0.0.1:${databasePort}/nothing` },
    });
    const child = spawn(spec.command, [...spec.args], {
      env: { ...process.env, ...spec.env },
      stdio: 'ignore',
    });
    try {
      await ready(spec, child);
      const health = await fetch(`http://127.0.0.1:${port}/healthz`);
      expect(health.status).toBe(200);
      await expect(spec.check?.()).resolves.toBeUndefined();
    } finally {
      await end(child);
      silent.close();
    }
  });
});

async function end(child: ChildProcess): Promise<void> {
  child.kill('SIGKILL');
  await once(child, 'exit');
}

async function ready(spec: ReturnType<typeof cubeChildSpec>, child: ChildProcess): Promise<void> {
  await spec.untilReady(child, AbortSignal.timeout(180_000));
}

async function freePort(): Promise<number> {
  const server = net.createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as net.AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
