import { classifyBuilding } from './classify-building.js';
import { classifyLandCover } from './classify-land-cover.js';
import { classifyPlace } from './classify-place.js';
import { classifyZone } from './classify-zone.js';
import type { Tags } from './tags.js';

/** Whether an area with these tags is a feature of any of the layers. */
export function isAreaFeature(tags: Tags): boolean {
  return (
    classifyBuilding(tags) !== undefined ||
    classifyZone(tags) !== undefined ||
    classifyLandCover(tags) !== undefined ||
    classifyPlace(tags) !== undefined
  );
}
