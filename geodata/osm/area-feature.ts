import { classifyBuilding } from './classify-building.js';
import { classifyLandCover } from './classify-land-cover.js';
import { classifyAddress, classifyPlace } from './classify-place.js';
import { classifyZone } from './classify-zone.js';
import type { LayerName } from './layers.js';
import type { Tags } from './tags.js';

/** The layers that an area with these tags is a feature of. */
export function areaLayers(tags: Tags): LayerName[] {
  const layers: LayerName[] = [];
  if (classifyBuilding(tags)) layers.push('buildings');
  if (classifyZone(tags)) layers.push('business_zones');
  if (classifyLandCover(tags)) layers.push('land_cover');
  return [...layers, ...pointLayers(tags)];
}

/** The layers that a point with these tags is a feature of. */
export function pointLayers(tags: Tags): LayerName[] {
  const layers: LayerName[] = [];
  if (classifyPlace(tags)) layers.push('places');
  if (classifyAddress(tags)) layers.push('addresses');
  return layers;
}

/** Whether an area with these tags is a feature of any of the layers. */
export function isAreaFeature(tags: Tags): boolean {
  return areaLayers(tags).length > 0;
}
