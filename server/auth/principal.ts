import type { FastifyRequest, onRequestAsyncHookHandler } from 'fastify';
import type { Role } from '../contract/role.js';
import { AppError } from '../errors.js';
import type { RowPolicy } from '../policy/row-policy.js';

/** Who is asking, and what of the accounts they may see. */
export type Principal = {
  /** Id of the user; `service:<token id>` for a token that belongs to nobody. */
  readonly userId: string;
  readonly name: string;
  /** Null for a token that belongs to nobody. */
  readonly email: string | null;
  readonly role: Role;
  readonly policy: RowPolicy;
  /** How the request proved it. */
  readonly via: 'session' | 'token';
};

declare module 'fastify' {
  interface FastifyRequest {
    /** Set by `requirePrincipal`; read it with `principalOf`. */
    principal: Principal | null;
  }
}

/** The principal of a request behind `requirePrincipal`; throws 401 where there is none. */
export function principalOf(request: FastifyRequest): Principal {
  if (request.principal === null) {
    throw new AppError('unauthenticated', 'Sign in to continue.');
  }
  return request.principal;
}

/** An onRequest hook that lets only these roles pass; runs after `requirePrincipal`. */
export function requireRole(...allowed: readonly Role[]): onRequestAsyncHookHandler {
  return async (request: FastifyRequest) => {
    const { role } = principalOf(request);
    if (allowed.includes(role)) return;
    throw new AppError(
      'forbidden',
      `This needs the role ${allowed.join(' or ')}; yours is ${role}.`,
    );
  };
}
