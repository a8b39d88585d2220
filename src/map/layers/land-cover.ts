import type { LayerSpecification } from 'maplibre-gl';
import { labelLayerOf } from '../sources.js';
import {
  labelFonts,
  matchColours,
  opacityOf,
  shownClasses,
  visibilityOf,
  type StyleInput,
  type StyleLayers,
} from './style-input.js';

const source = { source: 'land_cover', 'source-layer': 'land_cover' } as const;

/** The quiet ground: water, parks, forest and the like. */
export function landCoverLayers(input: StyleInput): StyleLayers {
  const { layers, palette } = input;
  const visibility = visibilityOf(layers, 'land_cover');
  const opacity = opacityOf(layers, 'land_cover');
  const filter = shownClasses(layers, 'land_cover', 'kind');
  const ground: LayerSpecification = {
    id: 'land_cover-fill',
    type: 'fill',
    ...source,
    filter,
    layout: { visibility },
    paint: {
      'fill-color': matchColours(
        'kind',
        {
          water: palette.water,
          park: palette.park,
          forest: palette.forest,
          grass: palette.grass,
          farmland: palette.farmland,
          beach: palette.beach,
          residential: palette.residential,
        },
        palette.grass,
      ),
      'fill-opacity': opacity,
      'fill-antialias': true,
    },
  };
  const waterName: LayerSpecification = {
    id: 'land_cover-label',
    type: 'symbol',
    source: 'land_cover',
    'source-layer': labelLayerOf('land_cover'),
    minzoom: 9,
    filter,
    layout: {
      visibility,
      'text-field': ['get', 'name'],
      'text-font': labelFonts.regular,
      'text-size': ['interpolate', ['linear'], ['zoom'], 9, 10, 16, 12.5],
      'text-letter-spacing': 0.04,
      'text-max-width': 7,
      'text-padding': 6,
      'symbol-sort-key': ['-', 0, ['get', 'size']],
    },
    paint: {
      'text-color': ['match', ['get', 'kind'], 'water', palette.waterLabel, palette.labelQuiet],
      'text-halo-color': palette.land,
      'text-halo-width': 1.2,
      'text-opacity': opacity,
    },
  };
  return { shapes: [ground], labels: [waterName] };
}

/**
 * Water and green once more, over coloured regions: keeps the shape of the city readable through
 * a choropleth without competing with it.
 */
export function landCoverOverRegions(input: StyleInput): LayerSpecification {
  const { layers, palette } = input;
  const shown = input.choropleth !== null && opacityOf(layers, 'regions') > 0;
  const opacity = opacityOf(layers, 'land_cover');
  return {
    id: 'land_cover-over-regions',
    type: 'fill',
    ...source,
    filter: [
      'all',
      ['in', ['get', 'kind'], ['literal', ['water', 'park', 'forest']]],
      shownClasses(layers, 'land_cover', 'kind'),
    ],
    layout: { visibility: shown ? visibilityOf(layers, 'land_cover') : 'none' },
    paint: {
      'fill-color': matchColours(
        'kind',
        { water: palette.water, forest: palette.forest },
        palette.park,
      ),
      'fill-opacity': ['match', ['get', 'kind'], 'water', 0.9 * opacity, 0.42 * opacity],
    },
  };
}
