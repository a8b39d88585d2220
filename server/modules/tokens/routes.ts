import { z } from 'zod';
import type { AuthServices } from '../../auth/auth-services.js';
import { principalOf, type Principal } from '../../auth/principal.js';
import { createToken, listTokens, revokeToken } from '../../auth/tokens.js';
import { idParams } from '../../contract/common.js';
import { createdTokenSchema, newTokenBody, tokenSchema } from '../../contract/tokens.js';
import type { AppDependencies } from '../../dependencies.js';
import { AppError } from '../../errors.js';
import type { App } from '../../http/app.js';

/** Personal API tokens. Administrators also see and end those of others and of services. */
export async function tokenRoutes(
  app: App,
  { database }: AppDependencies,
  { principals }: AuthServices,
): Promise<void> {
  const tags = ['Tokens'];

  app.get(
    '/api/tokens',
    { schema: { tags, response: { 200: z.array(tokenSchema) } } },
    async (request) => {
      const tokens = await listTokens(database, ownTokensOnly(principalOf(request)));
      return tokens.map(({ createdAt, lastUsedAt, ...token }) => ({
        ...token,
        createdAt: createdAt.toISOString(),
        lastUsedAt: lastUsedAt?.toISOString() ?? null,
      }));
    },
  );

  app.post(
    '/api/tokens',
    { schema: { tags, body: newTokenBody, response: { 201: createdTokenSchema } } },
    async (request, reply) => {
      const { userId, role, via } = principalOf(request);
      if (via !== 'session') {
        throw new AppError('forbidden', 'A token cannot make tokens. Sign in to make one.');
      }
      const { name } = request.body;
      const created = await createToken(database, {
        name,
        role: request.body.role ?? role,
        userId,
      });
      return reply.status(201).header('Cache-Control', 'no-store').send(created);
    },
  );

  app.delete('/api/tokens/:id', { schema: { tags, params: idParams } }, async (request, reply) => {
    const isRevoked = await revokeToken(
      database,
      request.params.id,
      ownTokensOnly(principalOf(request)),
    );
    if (!isRevoked) throw new AppError('not_found', 'There is no such token.');
    principals.forget();
    return reply.status(204).send();
  });
}

function ownTokensOnly({ role, userId }: Principal): { userId?: string } {
  return role === 'administrator' ? {} : { userId };
}
