import { hashPassword } from 'better-auth/crypto';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import type { AuthServices } from '../../auth/auth-services.js';
import { createUser, hasAdministrator, upsertDemoUser } from '../../auth/users.repository.js';
import { forwardCookies, toWebRequest } from '../../auth/web-response.js';
import { demoSessionBody, setupBody, signInBody } from '../../contract/users.js';
import type { AppDependencies } from '../../dependencies.js';
import { AppError } from '../../errors.js';
import type { App } from '../../http/app.js';
import { readProjectSetting } from '../session/project.repository.js';

const perMinute = (max: number) => ({ rateLimit: { max, timeWindow: '1 minute' } });
const signedIn = z.object({ userId: z.string() });

/** Everything that is done before somebody is signed in: first administrator, sign-in, the demo's one click. */
export async function setupRoutes(
  app: App,
  { database }: AppDependencies,
  { auth, principals }: AuthServices,
): Promise<void> {
  const openSession = async (userId: string, reply: FastifyReply) => {
    const opened = await auth.api.openSession({ body: { userId }, returnHeaders: true });
    forwardCookies(opened.headers, reply);
    return { userId };
  };

  app.post(
    '/api/setup',
    {
      config: perMinute(10),
      schema: { tags: ['Session'], body: setupBody, response: { 201: signedIn } },
    },
    async ({ body }, reply) => {
      const { isDemo } = await readProjectSetting(database);
      if (isDemo) throw new AppError('conflict', 'This is the demo: sign in with one click.');
      if (await hasAdministrator(database.pool)) throw alreadySetUp();
      const passwordHash = await hashPassword(body.password);
      const userId = await database.transaction(async (client) => {
        // Of two requests at once the second waits here, and then finds the first one's administrator.
        await client.query('LOCK TABLE app.users IN SHARE ROW EXCLUSIVE MODE');
        if (await hasAdministrator(client)) throw alreadySetUp();
        const { name, email } = body;
        return createUser(client, { name, email, role: 'administrator', passwordHash });
      });
      reply.status(201);
      return openSession(userId, reply);
    },
  );

  app.post(
    '/api/demo-session',
    {
      config: perMinute(60),
      schema: { tags: ['Session'], body: demoSessionBody, response: { 200: signedIn } },
    },
    async ({ body }, reply) => {
      const { isDemo } = await readProjectSetting(database);
      if (!isDemo) throw new AppError('not_found', 'Only the demo can be entered with one click.');
      return openSession(await upsertDemoUser(database, body.role), reply);
    },
  );

  const passOn = async (request: Parameters<typeof toWebRequest>[0], reply: FastifyReply) => {
    const response = await auth.handler(toWebRequest(request));
    principals.forget();
    forwardCookies(response.headers, reply);
    if (response.ok) {
      return reply
        .status(response.status)
        .type('application/json')
        .send(await response.text());
    }
    // The library hides why it failed; where it was the database, this throws what is wrong with it.
    if (response.status >= 500) await database.row('SELECT 1');
    throw signInError(response.status, await response.text());
  };

  app.post(
    '/api/auth/sign-in/email',
    { config: perMinute(10), schema: { tags: ['Session'], body: signInBody } },
    passOn,
  );
  app.post('/api/auth/sign-out', { schema: { tags: ['Session'] } }, passOn);
  app.post(
    '/api/auth/change-password',
    { config: perMinute(10), schema: { tags: ['Session'], body: passwordChangeBody } },
    passOn,
  );
}

const passwordChangeBody = z.object({
  currentPassword: z.string().max(128),
  newPassword: setupBody.shape.password,
  revokeOtherSessions: z.boolean().default(true),
});

function alreadySetUp(): AppError {
  return new AppError('conflict', 'This project already has an administrator. Sign in instead.');
}

const libraryError = z.object({ code: z.string().optional(), message: z.string().optional() });

function signInError(status: number, text: string): AppError {
  const { code } = libraryError.catch({}).parse(JSON.parse(text || '{}'));
  if (code === 'INVALID_EMAIL_OR_PASSWORD') {
    return new AppError('unauthenticated', 'The e-mail address or the password is not right.');
  }
  if (code === 'INVALID_PASSWORD') {
    return new AppError('validation', 'The current password is not right.', {
      fields: { currentPassword: 'Not right' },
    });
  }
  if (status === 401) return new AppError('unauthenticated', 'Sign in to continue.');
  if (status >= 500) return new AppError('internal', 'Signing in did not work. Try again.');
  return new AppError('validation', 'The sign-in was not understood.');
}
