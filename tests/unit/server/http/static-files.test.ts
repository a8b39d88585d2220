import Fastify, { type FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { serveStaticFiles } from '../../../../server/http/static-files.js';

let folder: string;
let app: FastifyInstance;
beforeEach(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'catchment-static-'));
  mkdirSync(path.join(folder, 'assets'));
  writeFileSync(path.join(folder, 'index.html'), '<title>Catchment</title>');
  writeFileSync(path.join(folder, 'assets', 'app-abc123.js'), 'export {};');
  const typed = Fastify().withTypeProvider<ZodTypeProvider>();
  await serveStaticFiles(typed, folder);
  app = typed as unknown as FastifyInstance;
});
afterEach(async () => {
  await app.close();
  rmSync(folder, { recursive: true });
});

describe('the built application', () => {
  it.each(['/', '/explore', '/accounts/42?tab=sales'])('answers %s with its page', async (url) => {
    const response = await app.inject(url);

    expect(response.statusCode).toBe(200);
    expect(response.body).toContain('Catchment');
    expect(response.headers['cache-control']).toBe('no-cache');
  });

  it('keeps hashed files for good', async () => {
    const response = await app.inject('/assets/app-abc123.js');

    expect(response.headers['cache-control']).toBe('public, max-age=31536000, immutable');
    expect(response.headers['content-type']).toContain('javascript');
  });

  it.each([
    ['GET', '/api/unknown'],
    ['GET', '/tiles/x/0/0/0'],
    ['GET', '/cubejs-api'],
    ['GET', '/assets/gone.js'],
    ['GET', '/../package.json'],
    ['POST', '/explore'],
  ] as const)('answers %s %s with a problem', async (method, url) => {
    const response = await app.inject({ method, url });

    expect(response.statusCode).toBe(404);
    expect(response.headers['content-type']).toContain('application/problem+json');
  });
});
