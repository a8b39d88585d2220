import type { Here } from '../../server/contract/here.js';
import { get } from './client.js';

/** What is at a place. */
export function getHere(lon: number, lat: number, signal?: AbortSignal): Promise<Here> {
  return get<Here>('/api/here', { query: { lon, lat }, signal });
}
