import type {
  AccountDetail,
  AccountList,
  AccountPatch,
  AccountSort,
  AccountSummary,
} from '../../server/contract/accounts.js';
import { get, patch } from './client.js';

export interface AccountPageOptions {
  /** Query string of the account filter. */
  readonly filter: string;
  readonly sort: AccountSort;
  readonly cursor?: string | null;
  readonly limit?: number;
}

/** One page of accounts and how many there are in all. */
export function listAccounts(
  { filter, sort, cursor, limit = 50 }: AccountPageOptions,
  signal?: AbortSignal,
): Promise<AccountList> {
  const path = `/api/accounts${filter ? `?${filter}` : ''}`;
  return get<AccountList>(path, { query: { sort, cursor, limit }, signal });
}

/** Counts of the accounts in a filter: all, placed and not placed. */
export function getAccountSummary(filter: string, signal?: AbortSignal): Promise<AccountSummary> {
  return get<AccountSummary>(`/api/accounts/summary${filter ? `?${filter}` : ''}`, { signal });
}

/** One account with everything that matching found around it. */
export function getAccount(id: number, signal?: AbortSignal): Promise<AccountDetail> {
  return get<AccountDetail>(`/api/accounts/${id}`, { signal });
}

/** Corrects an account; given fields are locked, a given point is matched anew at once. */
export function updateAccount(id: number, changes: AccountPatch): Promise<AccountDetail> {
  return patch<AccountDetail>(`/api/accounts/${id}`, { body: changes });
}
