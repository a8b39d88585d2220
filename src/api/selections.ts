import type {
  SavedSelection,
  SelectionBody,
  SelectionDefinition,
  SelectionFigures,
  SelectionListItem,
  SelectionPatch,
  SelectionPreview,
} from '../../server/contract/selections.js';
import { get, patch, post, remove } from './client.js';

/** Saved selections that the person may use, their own first. */
export async function listSelections(signal?: AbortSignal): Promise<readonly SelectionListItem[]> {
  const { items } = await get<{ items: SelectionListItem[] }>('/api/selections', { signal });
  return items;
}

/** A selection with its definition and what it covers. */
export function getSelection(id: number, signal?: AbortSignal): Promise<SavedSelection> {
  return get<SavedSelection>(`/api/selections/${id}`, { signal });
}

/** Stores a selection; without a name it is not in the list and goes a month after its last use. */
export function createSelection(body: SelectionBody): Promise<SavedSelection> {
  return post<SavedSelection>('/api/selections', { body });
}

export function updateSelection(id: number, changes: SelectionPatch): Promise<SavedSelection> {
  return patch<SavedSelection>(`/api/selections/${id}`, { body: changes });
}

export function removeSelection(id: number): Promise<void> {
  return remove(`/api/selections/${id}`);
}

/** Figures of a selection within the other filters. */
export function getSelectionFigures(
  id: number,
  filter: string,
  signal?: AbortSignal,
): Promise<SelectionFigures> {
  return get<SelectionFigures>(`/api/selections/${id}/summary${filter ? `?${filter}` : ''}`, {
    signal,
  });
}

/** What a definition would hold, without storing it. */
export function previewSelection(
  definition: SelectionDefinition,
  filter: string,
  signal?: AbortSignal,
): Promise<SelectionPreview> {
  return post<SelectionPreview>(`/api/selections/preview${filter ? `?${filter}` : ''}`, {
    body: { definition },
    signal,
  });
}
