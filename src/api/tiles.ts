import type { MapCatalog } from '../map/contract.js';
import type { CountedLayer, LayerClassCounts } from '../../server/contract/layer-classes.js';
import { get } from './client.js';

/** The layers of the map with their versions and exact counts. */
export function getTileCatalog(signal?: AbortSignal): Promise<MapCatalog> {
  return get<MapCatalog>('/tiles/catalog', { signal });
}

/** How many rows of a layer each class of its attributes has, exact. */
export function getLayerClasses(
  layer: CountedLayer,
  signal?: AbortSignal,
): Promise<LayerClassCounts> {
  return get<LayerClassCounts>(`/tiles/classes/${layer}`, { signal });
}
