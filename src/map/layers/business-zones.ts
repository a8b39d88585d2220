import { zoneColours } from '../palette.js';
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

/**
 * Business zones by kind: a tint that lets the ground through (hardly any over coloured regions,
 * whose classes it would shift), a firm edge, and names.
 */
export function businessZoneLayers(input: StyleInput): StyleLayers {
  const { layers, palette, theme, choropleth } = input;
  const source = { source: 'business_zones', 'source-layer': 'business_zones' } as const;
  const visibility = visibilityOf(layers, 'business_zones');
  const opacity = opacityOf(layers, 'business_zones');
  const isOverColours = choropleth !== null && opacityOf(layers, 'regions') > 0;
  const tint = isOverColours ? 0.12 : 0.28;
  const filter = shownClasses(layers, 'business_zones', 'kind');
  const colours = zoneColours[theme];
  const colour = matchColours('kind', colours, colours['other'] ?? palette.labelQuiet);
  return {
    shapes: [
      {
        id: 'business_zones-fill',
        type: 'fill',
        ...source,
        filter,
        layout: { visibility },
        paint: { 'fill-color': colour, 'fill-opacity': tint * opacity },
      },
      {
        id: 'business_zones-edge',
        type: 'line',
        ...source,
        filter,
        minzoom: 9,
        layout: { visibility, 'line-join': 'round' },
        paint: {
          'line-color': colour,
          'line-width': ['interpolate', ['linear'], ['zoom'], 9, 0.5, 15, 1.4],
          'line-opacity': 0.9 * opacity,
        },
      },
    ],
    labels: [
      {
        id: 'business_zones-label',
        type: 'symbol',
        source: 'business_zones',
        'source-layer': labelLayerOf('business_zones'),
        minzoom: 12,
        filter,
        layout: {
          visibility,
          'text-field': ['get', 'name'],
          'text-font': labelFonts.regular,
          'text-size': 11,
          'text-max-width': 8,
          'text-padding': 8,
          'symbol-sort-key': ['-', 0, ['get', 'size']],
        },
        paint: {
          'text-color': palette.labelQuiet,
          'text-halo-color': palette.land,
          'text-halo-width': 1.3,
          'text-opacity': opacity,
        },
      },
    ],
  };
}
