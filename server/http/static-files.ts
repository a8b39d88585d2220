import { existsSync } from 'node:fs';
import path from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AppError } from '../errors.js';
import { projectRoot } from '../project-root.js';
import type { App } from './app.js';
import { sendProblem } from './problems.js';

/** Where `npm run build` puts the browser application. */
export const builtFolder = path.join(projectRoot, 'dist');

const serverPaths = /^\/(api|tiles|cubejs-api|healthz)(\/|\?|$)/;
const hashedFile = /[\\/]assets[\\/]/;

/**
 * Serves the built browser application: hashed files for good, index.html for every other page address.
 *
 * Addresses of the server and files that do not exist answer 404 as problem details.
 */
export async function serveStaticFiles(app: App, folder: string): Promise<void> {
  const isBuilt = existsSync(path.join(folder, 'index.html'));
  if (isBuilt) {
    await app.register(fastifyStatic, {
      root: folder,
      cacheControl: false,
      setHeaders: (reply, file) => {
        reply.header(
          'Cache-Control',
          hashedFile.test(file) ? 'public, max-age=31536000, immutable' : 'no-cache',
        );
      },
    });
  }
  app.setNotFoundHandler((request: FastifyRequest, reply: FastifyReply) => {
    if (!isBuilt || !isPage(request)) {
      const notFound = new AppError(
        'not_found',
        `There is nothing at ${request.url.split('?')[0]}.`,
      );
      return sendProblem(notFound, request, reply);
    }
    return reply.sendFile('index.html');
  });
}

function isPage(request: FastifyRequest): boolean {
  if (request.method !== 'GET' && request.method !== 'HEAD') return false;
  if (serverPaths.test(request.url)) return false;
  const lastPart = request.url.split('?')[0]?.split('/').at(-1) ?? '';
  return !lastPart.includes('.');
}
