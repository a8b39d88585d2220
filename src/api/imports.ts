import type { Import, ImportDetail, ImportIssues } from '../../server/contract/imports.js';
import { get } from './client.js';

export interface ImportList {
  readonly items: readonly Import[];
  readonly total: number;
}

/** The newest imports and how many there are in all. */
export function listImports(signal?: AbortSignal): Promise<ImportList> {
  return get<ImportList>('/api/imports', { query: { limit: 100 }, signal });
}

/** One import with the reasons of rejected and doubtful rows. */
export function getImport(id: number, signal?: AbortSignal): Promise<ImportDetail> {
  return get<ImportDetail>(`/api/imports/${id}`, { signal });
}

/** Address of all rejected and doubtful rows as CSV. */
export function importIssuesAddress(id: number): string {
  return `/api/imports/${id}/issues.csv`;
}

/** The first rejected rows of an import or check, and how many there are. */
export function listRejectedRows(id: number, signal?: AbortSignal): Promise<ImportIssues> {
  return get(`/api/imports/${id}/issues`, { query: { severity: 'rejected', limit: 100 }, signal });
}

/** Address of the rejected rows as they stood in the file, to be mended and loaded again. */
export function rejectedRowsAddress(id: number): string {
  return `/api/imports/${id}/rejected.csv`;
}
