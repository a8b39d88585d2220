import type { LayerSpecification, StyleSpecification } from 'maplibre-gl';
import { businessZoneLayers } from './layers/business-zones.js';
import { buildingLayers } from './layers/buildings.js';
import { landCoverLayers, landCoverOverRegions } from './layers/land-cover.js';
import { placeLayers } from './layers/places.js';
import { regionLayers } from './layers/regions.js';
import { everyZoom, layerOf, type LayerId, type LayerState } from './layer-state.js';
import { roadLayers } from './layers/roads.js';
import type { StyleInput, StyleLayers } from './layers/style-input.js';
import type { Sources } from './sources.js';

/** Names from the least important: later ones are placed first, and others make way for them. */
const labelOrder: readonly LayerId[] = [
  'places',
  'roads',
  'land_cover',
  'business_zones',
  'regions',
];

/**
 * The whole map style: ground, shapes in the order of `input.layers`, then labels. Layers whose source the
 * catalog lacks are left out. There is no `glyphs` entry: labels are drawn with the fonts of the page.
 */
export function buildStyle(input: StyleInput, sources: Sources): StyleSpecification {
  const parts: Readonly<Partial<Record<LayerId, StyleLayers>>> = {
    land_cover: landCoverLayers(input),
    regions: regionLayers(input),
    business_zones: businessZoneLayers(input),
    buildings: buildingLayers(input),
    roads: roadLayers(input),
    places: placeLayers(input),
  };
  const labels = labelOrder.flatMap((id) => {
    const layer = layerOf(input.layers, id);
    return layer.labels ? withinZooms(parts[id]?.labels ?? [], layer) : [];
  });
  const layers = [...shapesOf(input, parts), ...labels];
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

/** Region fills lie where the layer is; edges and highlights above all other shapes but places. */
function shapesOf(
  input: StyleInput,
  parts: Readonly<Partial<Record<LayerId, StyleLayers>>>,
): LayerSpecification[] {
  const shapes: LayerSpecification[] = [];
  const regions = layerOf(input.layers, 'regions');
  const [fills, edges] = splitRegions(parts.regions?.shapes ?? [], regions);
  const order = input.layers.filter(({ id }) => id !== 'accounts');
  const isPlacesOnTop = order.at(-1)?.id === 'places';
  order.forEach((layer, index) => {
    if (isPlacesOnTop && index === order.length - 1) shapes.push(...edges);
    if (layer.id === 'regions') {
      const ground = layerOf(input.layers, 'land_cover');
      shapes.push(...fills, ...withinZooms([landCoverOverRegions(input)], ground));
    } else {
      shapes.push(...withinZooms(parts[layer.id]?.shapes ?? [], layer));
    }
  });
  return isPlacesOnTop ? shapes : [...shapes, ...edges];
}

function splitRegions(
  shapes: readonly LayerSpecification[],
  regions: LayerState,
): [LayerSpecification[], LayerSpecification[]] {
  const shown = withinZooms(shapes, regions);
  return [
    shown.filter((layer) => layer.type === 'fill'),
    shown.filter((layer) => layer.type !== 'fill'),
  ];
}

/** Style layers cut to the zooms that a person chose; those that have none left are dropped. */
function withinZooms(
  layers: readonly LayerSpecification[],
  { zooms }: LayerState,
): LayerSpecification[] {
  if (zooms.min <= everyZoom.min && zooms.max >= everyZoom.max) return [...layers];
  return layers.flatMap((layer) => {
    const minzoom = Math.max(layer.minzoom ?? 0, zooms.min);
    const maxzoom = zooms.max >= everyZoom.max ? 24 : zooms.max;
    return minzoom < maxzoom ? [{ ...layer, minzoom, maxzoom }] : [];
  });
}
