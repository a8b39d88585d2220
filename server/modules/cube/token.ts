import jwt from 'jsonwebtoken';
import type { Principal } from '../../auth/principal.js';
import { toCubeRowFilter } from '../../policy/row-policy.js';

const LIFETIME_SECONDS = 120;

/** What of a principal goes into the token: who asks, and which rows the policy lets them see. */
export type CubeIdentity = Pick<Principal, 'userId' | 'role' | 'policy'>;

/**
 * A token of two minutes with the principal's rights as the filters that Cube adds to every query, and the
 * selections that the query may filter by.
 */
export function mintCubeToken(
  { userId, role, policy }: CubeIdentity,
  secret: string,
  selections: readonly number[] = [],
): string {
  const row_filter = toCubeRowFilter(policy);
  const securityContext = { user_id: userId, role, row_filter, selections };
  return jwt.sign(securityContext, secret, { algorithm: 'HS256', expiresIn: LIFETIME_SECONDS });
}
