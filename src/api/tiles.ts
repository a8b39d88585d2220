import type { MapCatalog } from '../map/contract.js';
import { get } from './client.js';

/** The layers of the map with their versions and exact counts. */
export function getTileCatalog(signal?: AbortSignal): Promise<MapCatalog> {
  return get<MapCatalog>('/tiles/catalog', { signal });
}
