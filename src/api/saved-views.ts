import type { NewSavedView, SavedView, SavedViewPatch } from '../../server/contract/saved-views.js';
import { get, patch, post, remove } from './client.js';

/** The views that the person may open, their own first. */
export function listSavedViews(signal?: AbortSignal): Promise<readonly SavedView[]> {
  return get<readonly SavedView[]>('/api/views', { signal });
}

export function createSavedView(body: NewSavedView): Promise<SavedView> {
  return post<SavedView>('/api/views', { body });
}

export function updateSavedView(id: number, body: SavedViewPatch): Promise<SavedView> {
  return patch<SavedView>(`/api/views/${id}`, { body });
}

export function removeSavedView(id: number): Promise<void> {
  return remove(`/api/views/${id}`);
}

/** Address of the picture; `updatedAt` makes a new picture a new address. */
export function thumbnailAddress({ id, updatedAt }: SavedView): string {
  return `/api/views/${id}/thumbnail?at=${Date.parse(updatedAt)}`;
}
