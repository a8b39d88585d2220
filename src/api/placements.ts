import type {
  PlacementDecision,
  PlacementReview,
  PlacementToReview,
} from '../../server/contract/placements.js';
import { get, post } from './client.js';

export interface PlacementPageOptions {
  /** Null for those of every status. */
  readonly status: PlacementToReview['status'] | null;
  /** Id of the last account of the page before. */
  readonly after?: number | undefined;
}

/** One page of the accounts whose place is not sure, and how many wait in all. */
export function listPlacementsToReview(
  { status, after }: PlacementPageOptions,
  signal?: AbortSignal,
): Promise<PlacementReview> {
  return get<PlacementReview>('/api/placements/review', { query: { status, after }, signal });
}

/** Settles where an account is, for good. */
export function settlePlacement(id: number, decision: PlacementDecision): Promise<void> {
  return post<void>(`/api/placements/${id}`, { body: decision });
}
