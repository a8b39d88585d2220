import { fromNodeHeaders } from 'better-auth/node';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** The request as the sign-in library reads it: a web Request with the same headers and JSON body. */
export function toWebRequest(request: FastifyRequest): Request {
  const url = new URL(request.url, `${request.protocol}://${request.host}`);
  const hasBody = request.method !== 'GET' && request.body !== undefined && request.body !== null;
  const headers = fromNodeHeaders(request.headers);
  headers.delete('content-length');
  headers.set('x-forwarded-for', request.ip);
  return new Request(url, {
    method: request.method,
    headers,
    ...(hasBody && { body: JSON.stringify(request.body) }),
  });
}

/** Cookies of a library response, put on our own reply. */
export function forwardCookies(headers: Headers, reply: FastifyReply): void {
  const cookies = headers.getSetCookie();
  if (cookies.length > 0) reply.header('Set-Cookie', cookies);
}
