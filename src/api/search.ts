import type { SearchResult } from '../../server/contract/search.js';
import { get } from './client.js';

/** Accounts, regions, places and addresses that match, best first in each kind. */
export function searchEverything(
  text: string,
  signal?: AbortSignal,
): Promise<readonly SearchResult[]> {
  return get<readonly SearchResult[]>('/api/search', { query: { q: text, limit: 16 }, signal });
}
