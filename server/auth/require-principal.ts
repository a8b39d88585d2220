import type { FastifyReply, FastifyRequest } from 'fastify';
import { AppError } from '../errors.js';
import type { Principals } from './principals.js';

/** An onRequest hook that sets `request.principal`, or answers 401 before anything else is looked at. */
export function requirePrincipal(principals: Principals) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    const { principal, setCookies } = await principals.recognise(request.headers);
    if (principal === null) throw new AppError('unauthenticated', 'Sign in to continue.');
    request.principal = principal;
    if (setCookies.length > 0) reply.header('Set-Cookie', [...setCookies]);
  };
}
