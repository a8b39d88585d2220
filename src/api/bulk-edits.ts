import type {
  BulkChanges,
  BulkEdit,
  BulkPreview,
  BulkTarget,
} from '../../server/contract/bulk-edits.js';
import { get, post } from './client.js';

export interface BulkRequest {
  readonly target: BulkTarget;
  readonly changes: BulkChanges;
}

/** What a change of many accounts would do. */
export function previewBulkEdit(body: BulkRequest, signal?: AbortSignal): Promise<BulkPreview> {
  return post<BulkPreview>('/api/bulk-edits/preview', { body, signal });
}

/** Begins to change many accounts; `getBulkEdit` tells how far it is. */
export function startBulkEdit(body: BulkRequest): Promise<BulkEdit> {
  return post<BulkEdit>('/api/bulk-edits', { body });
}

export function getBulkEdit(id: number): Promise<BulkEdit> {
  return get<BulkEdit>(`/api/bulk-edits/${id}`);
}

/** Ends a change after the part that is being written. */
export function cancelBulkEdit(id: number): Promise<BulkEdit> {
  return post<BulkEdit>(`/api/bulk-edits/${id}/cancel`);
}

/** Begins to take a change back. */
export function undoBulkEdit(id: number): Promise<BulkEdit> {
  return post<BulkEdit>(`/api/bulk-edits/${id}/undo`);
}
