import { createHash, randomBytes } from 'node:crypto';
import { roles, type Role } from '../contract/role.js';
import type { Database } from '../db/database.js';
import { AppError } from '../errors.js';

const PREFIX = 'cat_';
const SECRET_BYTES = 32;

export type NewToken = {
  /** Most the token may do. */
  readonly role: Role;
  /** The user on whose behalf it acts; without one it acts as a service of its role. */
  readonly userEmail?: string | undefined;
  readonly userId?: string | undefined;
  readonly name: string;
};

export type TokenRow = {
  readonly id: number;
  readonly name: string;
  readonly role: Role;
  readonly tokenEnd: string;
  readonly userId: string | null;
  readonly userName: string | null;
  readonly createdAt: Date;
  readonly lastUsedAt: Date | null;
};

export type VerifiedToken = {
  readonly id: number;
  readonly name: string;
  readonly role: Role;
  readonly userId: string | null;
};

/**
 * Creates a token and answers it: the only time it can be read, since only its hash is kept.
 *
 * Throws a validation error when nobody has that e-mail address or the user's own role is narrower.
 */
export async function createToken(
  database: Database,
  { role, userEmail, userId, name }: NewToken,
): Promise<{ token: string; id: number }> {
  const owner = await findOwner(database, { userEmail, userId });
  if (owner && narrowerRole(owner.role, role) !== role) {
    throw new AppError(
      'validation',
      `A token cannot do more than its user, who is ${owner.role}.`,
      {
        fields: { role: `At most ${owner.role}` },
      },
    );
  }
  const token = PREFIX + randomBytes(SECRET_BYTES).toString('base64url');
  const row = await database.row<{ token_id: number }>(
    `INSERT INTO app.api_tokens (name, role, user_id, token_hash, token_end)
     VALUES ($1, $2, $3, $4, $5) RETURNING token_id`,
    [name, role, owner?.id ?? null, hashOf(token), token.slice(-4)],
  );
  if (!row) throw new AppError('internal', 'The token was not stored.');
  return { token, id: row.token_id };
}

async function findOwner(
  database: Database,
  { userEmail, userId }: Pick<NewToken, 'userEmail' | 'userId'>,
): Promise<{ id: string; role: Role } | undefined> {
  if (userEmail === undefined && userId === undefined) return undefined;
  const owner = await database.row<{ id: string; role: Role }>(
    'SELECT id, role FROM app.users WHERE id = $1 OR email = lower($2)',
    [userId ?? null, userEmail ?? null],
  );
  if (owner) return owner;
  throw new AppError('validation', `Nobody signs in as ${userEmail ?? userId ?? ''}.`, {
    fields: { userEmail: 'Unknown user' },
  });
}

/** Tokens that are not revoked, newest first: those of one user, or of everybody and every service. */
export async function listTokens(
  database: Database,
  { userId }: { readonly userId?: string } = {},
): Promise<TokenRow[]> {
  return database.rows<TokenRow>(
    `SELECT t.token_id AS id, t.name, t.role, t.token_end AS "tokenEnd", t.user_id AS "userId",
            u.name AS "userName", t.created_at AS "createdAt", t.last_used_at AS "lastUsedAt"
     FROM app.api_tokens t LEFT JOIN app.users u ON u.id = t.user_id
     WHERE t.revoked_at IS NULL AND ($1::text IS NULL OR t.user_id = $1)
     ORDER BY t.token_id DESC`,
    [userId ?? null],
  );
}

/** Ends a token; false where there is none (of that user) that still works. */
export async function revokeToken(
  database: Database,
  id: number,
  { userId }: { readonly userId?: string } = {},
): Promise<boolean> {
  const rows = await database.rows(
    `UPDATE app.api_tokens SET revoked_at = now()
     WHERE token_id = $1 AND revoked_at IS NULL AND ($2::text IS NULL OR user_id = $2)
     RETURNING token_id`,
    [id, userId ?? null],
  );
  return rows.length > 0;
}

/** The token's owner and role, or undefined where it is unknown or revoked. */
export async function verifyToken(
  database: Database,
  token: string,
): Promise<VerifiedToken | undefined> {
  if (!token.startsWith(PREFIX) || token.length > 200) return undefined;
  const row = await database.row<VerifiedToken & { readonly isStale: boolean }>(
    `SELECT token_id AS id, name, role, user_id AS "userId",
            COALESCE(last_used_at < now() - interval '1 hour', true) AS "isStale"
     FROM app.api_tokens WHERE token_hash = $1 AND revoked_at IS NULL`,
    [hashOf(token)],
  );
  if (!row) return undefined;
  const { isStale, ...verified } = row;
  if (isStale) {
    await database.rows('UPDATE app.api_tokens SET last_used_at = now() WHERE token_id = $1', [
      row.id,
    ]);
  }
  return verified;
}

/** The one of two roles that may do less. */
export function narrowerRole(one: Role, other: Role): Role {
  return roles.indexOf(one) > roles.indexOf(other) ? one : other;
}

function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
