import type { FastifyReply, FastifyRequest, HookHandlerDoneFunction } from 'fastify';
import { AppError } from '../errors.js';
import type { Principals } from './principals.js';

/**
 * An onRequest hook that sets `request.principal`, or answers 401 before anything else is looked at. Who was
 * recognised a moment ago is so at once: of a tile from memory, waiting would be the larger part.
 */
export function requirePrincipal(principals: Principals) {
  const recognise = async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    const { principal, setCookies } = await principals.recognise(request.headers);
    if (principal === null) throw new AppError('unauthenticated', 'Sign in to continue.');
    request.principal = principal;
    if (setCookies.length > 0) reply.header('Set-Cookie', [...setCookies]);
  };
  return (request: FastifyRequest, reply: FastifyReply, done: HookHandlerDoneFunction): void => {
    const remembered = principals.remembered(request.headers);
    if (remembered === undefined) {
      recognise(request, reply).then(() => done(), done);
      return;
    }
    request.principal = remembered;
    done();
  };
}
