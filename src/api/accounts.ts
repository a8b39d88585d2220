import type {
  AccountDetail,
  AccountPatch,
  AccountSummary,
} from '../../server/contract/accounts.js';
import type { AccountStory } from '../../server/contract/account-story.js';
import type {
  Owner,
  TableGroup,
  TableGroups,
  TableIds,
  TableRows,
  TableSort,
} from '../../server/contract/account-table.js';
import { get, patch, withQuery } from './client.js';

/** Counts of the accounts in a filter: all, placed and not placed. */
export function getAccountSummary(filter: string, signal?: AbortSignal): Promise<AccountSummary> {
  return get<AccountSummary>(`/api/accounts/summary${filter ? `?${filter}` : ''}`, { signal });
}

/** One account with everything that matching found around it. */
export function getAccount(id: number, signal?: AbortSignal): Promise<AccountDetail> {
  return get<AccountDetail>(`/api/accounts/${id}`, { signal });
}

/** What happened to an account, what it bought, and who is like it. */
export function getAccountStory(id: number, signal?: AbortSignal): Promise<AccountStory> {
  return get<AccountStory>(`/api/accounts/${id}/story`, { signal });
}

/** Corrects an account; given fields are locked, a given point is matched anew at once. */
export function updateAccount(id: number, changes: AccountPatch): Promise<AccountDetail> {
  return patch<AccountDetail>(`/api/accounts/${id}`, { body: changes });
}

/** Which accounts of a table are asked for. */
export interface TableInput {
  /** Query string of the account filter. */
  readonly filter: string;
  readonly sort: TableSort;
  /** Only the accounts of this group. */
  readonly group?: readonly [TableGroup, string] | undefined;
}

export interface TablePart {
  readonly offset: number;
  readonly limit: number;
}

/** A part of the sorted table and how many accounts it holds in all. */
export function getTableRows(
  input: TableInput,
  part: TablePart,
  signal?: AbortSignal,
): Promise<TableRows> {
  return get<TableRows>(tablePath('rows', input, part), { signal });
}

/** Ids of a part of the sorted table, in its order. */
export function getTableIds(input: TableInput, part: TablePart): Promise<TableIds> {
  return get<TableIds>(tablePath('ids', input, part));
}

/** Exact counts and sums of the accounts in a filter by group. */
export function getTableGroups(
  filter: string,
  by: TableGroup,
  signal?: AbortSignal,
): Promise<TableGroups> {
  return get<TableGroups>(withFilter('/api/accounts/groups', filter), { query: { by }, signal });
}

/** Everybody who may own accounts, by name. */
export function getOwners(signal?: AbortSignal): Promise<Owner[]> {
  return get<Owner[]>('/api/owners', { signal });
}

function tablePath(name: 'rows' | 'ids', { filter, sort, group }: TableInput, part: TablePart) {
  const [by, groupValue] = group ?? [];
  const query = { sort, group: by, groupValue, ...part };
  return withQuery(withFilter(`/api/accounts/${name}`, filter), query);
}

function withFilter(path: string, filter: string): string {
  return filter === '' ? path : `${path}?${filter}`;
}
