import { betterAuth } from 'better-auth';
import { createAuthEndpoint } from 'better-auth/api';
import { setSessionCookie } from 'better-auth/cookies';
import { Kysely, PostgresDialect } from 'kysely';
import { z } from 'zod';
import type { Config } from '../config.js';
import type { Database } from '../db/database.js';

const DAY_SECONDS = 86_400;

type AuthOptions = {
  readonly database: Database;
  readonly config: Config;
  /** Signs the session cookies; at least 32 characters. */
  readonly secret: string;
  /** Where the library's own messages go. */
  readonly log: (level: 'debug' | 'info' | 'warn' | 'error', message: string) => void;
};

/**
 * Sign-in by e-mail and password, sessions in cookies.
 *
 * People cannot sign up: administrators create users, the first one comes from /api/setup. The origin of a
 * request is checked by our own guard for every address alike (server/http/same-origin.ts), rates by Fastify.
 */
export function createAuth({ database, config, secret, log }: AuthOptions) {
  const baseURL = config.publicUrl ?? `http://${config.host}:${config.port}`;
  return betterAuth({
    appName: 'Catchment',
    baseURL,
    basePath: '/api/auth',
    secret,
    database: {
      db: new Kysely<unknown>({ dialect: new PostgresDialect({ pool: database.pool }) }),
      type: 'postgres',
      schemaName: 'app',
    },
    emailAndPassword: { enabled: true, disableSignUp: true, minPasswordLength: 10 },
    user: {
      modelName: 'users',
      fields: { emailVerified: 'email_verified', createdAt: 'created_at', updatedAt: 'updated_at' },
    },
    session: {
      modelName: 'sessions',
      fields: {
        userId: 'user_id',
        expiresAt: 'expires_at',
        ipAddress: 'ip_address',
        userAgent: 'user_agent',
        createdAt: 'created_at',
        updatedAt: 'updated_at',
      },
      expiresIn: 14 * DAY_SECONDS,
      updateAge: DAY_SECONDS,
    },
    account: {
      modelName: 'credentials',
      fields: {
        userId: 'user_id',
        providerId: 'provider_id',
        accountId: 'account_id',
        accessToken: 'access_token',
        refreshToken: 'refresh_token',
        idToken: 'id_token',
        accessTokenExpiresAt: 'access_token_expires_at',
        refreshTokenExpiresAt: 'refresh_token_expires_at',
        createdAt: 'created_at',
        updatedAt: 'updated_at',
      },
    },
    verification: {
      modelName: 'verifications',
      fields: { expiresAt: 'expires_at', createdAt: 'created_at', updatedAt: 'updated_at' },
    },
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
    onAPIError: { onError: (error) => log('error', messageOf(error)) },
    logger: { log: (level, message) => log(level, message) },
    advanced: {
      cookiePrefix: 'catchment',
      useSecureCookies: baseURL.startsWith('https://'),
      defaultCookieAttributes: { sameSite: 'lax', httpOnly: true, path: '/' },
      disableCSRFCheck: true,
      database: { validateSchema: false },
    },
    plugins: [openSession()],
  });
}

export type Auth = ReturnType<typeof createAuth>;

/** Lets the server open a session for a user it has already decided about; not reachable over HTTP. */
function openSession() {
  return {
    id: 'open-session',
    endpoints: {
      openSession: createAuthEndpoint(
        '/open-session',
        {
          method: 'POST',
          body: z.object({ userId: z.string() }),
          metadata: { SERVER_ONLY: true },
        },
        async (context) => {
          const { internalAdapter } = context.context;
          const user = await internalAdapter.findUserById(context.body.userId);
          if (!user) return context.json({ opened: false });
          const session = await internalAdapter.createSession(user.id);
          await setSessionCookie(context, { session, user });
          return context.json({ opened: true });
        },
      ),
    },
  };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
