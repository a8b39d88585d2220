import type { ImportKindEntry } from '../../server/contract/import-files.js';
import type {
  ImportJob,
  ImportJobDetail,
  NewImportJob,
} from '../../server/contract/import-jobs.js';
import type { ImportRecipe, NewImportRecipe } from '../../server/contract/import-recipes.js';
import { get, post, remove } from './client.js';

/** Kinds of import with their fields and options. */
export function listImportKinds(signal?: AbortSignal): Promise<readonly ImportKindEntry[]> {
  return get('/api/import-kinds', { signal });
}

/** The newest checks and loads, those that wait or run included. */
export function listImportJobs(signal?: AbortSignal): Promise<readonly ImportJob[]> {
  return get('/api/import-jobs', { query: { limit: 20 }, signal });
}

export function getImportJob(id: number, signal?: AbortSignal): Promise<ImportJobDetail> {
  return get(`/api/import-jobs/${id}`, { signal });
}

export function startImportJob(body: NewImportJob, signal?: AbortSignal): Promise<ImportJobDetail> {
  return post('/api/import-jobs', { body, signal });
}

export function cancelImportJob(id: number): Promise<ImportJobDetail> {
  return post(`/api/import-jobs/${id}/cancel`);
}

export function listImportRecipes(signal?: AbortSignal): Promise<readonly ImportRecipe[]> {
  return get('/api/import-recipes', { signal });
}

/** Keeps a recipe under its name. */
export function saveImportRecipe(body: NewImportRecipe): Promise<ImportRecipe> {
  return post('/api/import-recipes', { body });
}

export function removeImportRecipe(id: number): Promise<void> {
  return remove(`/api/import-recipes/${id}`);
}

/** Address of a recipe as the file that the command line takes. */
export function recipeAddress(id: number): string {
  return `/api/import-recipes/${id}/recipe.yaml`;
}
