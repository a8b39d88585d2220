import type { Role } from '../../server/contract/role.js';
import type { Token } from '../../server/contract/tokens.js';
import { get, post, remove } from './client.js';

export interface CreatedToken {
  readonly id: number;
  /** The secret; the server keeps only its hash. */
  readonly token: string;
}

export function listTokens(signal?: AbortSignal): Promise<readonly Token[]> {
  return get<readonly Token[]>('/api/tokens', { signal });
}

/** Makes a token for the person signed in, with at most their own role. */
export function createToken(name: string, role: Role): Promise<CreatedToken> {
  return post<CreatedToken>('/api/tokens', { body: { name, role } });
}

/** Ends a token at once. */
export function revokeToken(id: number): Promise<void> {
  return remove(`/api/tokens/${id}`);
}
