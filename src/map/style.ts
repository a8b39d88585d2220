import type { LayerSpecification, StyleSpecification } from 'maplibre-gl';
import { businessZoneLayers } from './layers/business-zones.js';
import { buildingLayers } from './layers/buildings.js';
import { landCoverLayers, landCoverOverRegions } from './layers/land-cover.js';
import { placeLayers } from './layers/places.js';
import { regionLayers } from './layers/regions.js';
import { roadLayers } from './layers/roads.js';
import type { StyleInput, StyleLayers } from './layers/style-input.js';
import type { Sources } from './sources.js';

/**
 * The whole map style: ground, shapes, then labels. Layers whose source the catalog lacks are left
 * out. There is no `glyphs` entry: labels are drawn with the fonts of the page.
 */
export function buildStyle(input: StyleInput, sources: Sources): StyleSpecification {
  const ground = landCoverLayers(input);
  const regions = regionLayers(input);
  const zones = businessZoneLayers(input);
  const buildings = buildingLayers(input);
  const roads = roadLayers(input);
  const places = placeLayers(input);
  const [fills, edges] = splitRegions(regions);
  const layers: LayerSpecification[] = [
    ...ground.shapes,
    ...fills,
    landCoverOverRegions(input),
    ...zones.shapes,
    ...buildings.shapes,
    ...roads.shapes,
    ...edges,
    ...places.shapes,
    ...places.labels,
    ...roads.labels,
    ...ground.labels,
    ...zones.labels,
    ...regions.labels,
  ];
  return {
    version: 8,
    sources,
    transition: { duration: 160, delay: 0 },
    layers: [
      {
        id: 'background',
        type: 'background',
        paint: { 'background-color': input.palette.land },
      },
      ...layers.filter((layer) => 'source' in layer && layer.source in sources),
    ],
  };
}

/** Region fills belong to the ground, edges and highlights above roads and buildings. */
function splitRegions(regions: StyleLayers): [LayerSpecification[], LayerSpecification[]] {
  return [
    regions.shapes.filter((layer) => layer.type === 'fill'),
    regions.shapes.filter((layer) => layer.type !== 'fill'),
  ];
}
