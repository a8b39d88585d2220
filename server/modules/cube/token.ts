import jwt from 'jsonwebtoken';
import type { Principal } from '../../auth/principal.js';
import { toCubeRowFilter } from '../../policy/row-policy.js';

const LIFETIME_SECONDS = 120;
/** A token is given out again for this long: whoever gets it has the rest of its life for the query. */
const REUSED_MS = 60_000;
const MOST_TOKENS = 1_000;

/** What of a principal goes into the token: who asks, and which rows the policy lets them see. */
export type CubeIdentity = Pick<Principal, 'userId' | 'role' | 'policy'>;

type Minted = { readonly token: string; readonly reusedUntil: number };

/** Newest last, by secret and security context: other rights are another token at once. */
const minted = new Map<string, Minted>();

/**
 * A token of two minutes at most with the principal's rights as the filters that Cube adds to every query, and the
 * selections that the query may filter by.
 */
export function mintCubeToken(
  { userId, role, policy }: CubeIdentity,
  secret: string,
  selections: readonly number[] = [],
): string {
  const row_filter = toCubeRowFilter(policy);
  const securityContext = { user_id: userId, role, row_filter, selections };
  const key = JSON.stringify([secret, securityContext]);
  const known = minted.get(key);
  if (known !== undefined && Date.now() < known.reusedUntil) return known.token;
  const token = jwt.sign(securityContext, secret, {
    algorithm: 'HS256',
    expiresIn: LIFETIME_SECONDS,
  });
  minted.delete(key);
  minted.set(key, { token, reusedUntil: Date.now() + REUSED_MS });
  const [oldest] = minted.keys();
  if (minted.size > MOST_TOKENS && oldest !== undefined) minted.delete(oldest);
  return token;
}
