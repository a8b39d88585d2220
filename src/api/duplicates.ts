import type { AccountDetail } from '../../server/contract/accounts.js';
import type { Duplicates, MergeRequest } from '../../server/contract/duplicates.js';
import { get, post } from './client.js';

/** Accounts that may be the same as one, and what was merged into it. */
export function getDuplicates(id: number, signal?: AbortSignal): Promise<Duplicates> {
  return get<Duplicates>(`/api/accounts/${id}/duplicates`, { signal });
}

/** Makes another account part of this one. */
export function mergeAccounts(id: number, body: MergeRequest): Promise<AccountDetail> {
  return post<AccountDetail>(`/api/accounts/${id}/merge`, { body });
}

/** Takes a merge back. */
export function undoMerge(mergeId: number): Promise<AccountDetail> {
  return post<AccountDetail>(`/api/account-merges/${mergeId}/undo`);
}
