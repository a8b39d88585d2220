import type { FastifyRequest, HookHandlerDoneFunction } from 'fastify';
import { AppError } from '../errors.js';

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * An onRequest hook against requests forged by other sites.
 *
 * A request that changes something must come from our own pages when a browser sent it: by Sec-Fetch-Site,
 * else by Origin. One with a bearer token needs neither, since other sites cannot send it; one with a cookie
 * and neither header is refused.
 */
export function sameOriginGuard(publicUrl: string | undefined) {
  const publicOrigin = publicUrl && new URL(publicUrl).origin;
  return (request: FastifyRequest, _reply: unknown, done: HookHandlerDoneFunction): void => {
    if (safeMethods.has(request.method) || isFromHere(request, publicOrigin)) return done();
    const message = 'This request did not come from the pages of this application.';
    done(new AppError('forbidden', message));
  };
}

function isFromHere(request: FastifyRequest, publicOrigin: string | undefined): boolean {
  const { authorization, cookie, host, origin } = request.headers;
  if (authorization) return true;
  const site = request.headers['sec-fetch-site'];
  if (site !== undefined) return site === 'same-origin';
  if (origin === undefined) return cookie === undefined;
  if (origin === publicOrigin) return true;
  return host !== undefined && URL.canParse(origin) && new URL(origin).host === host;
}
