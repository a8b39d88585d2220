import type { ExpressionSpecification } from 'maplibre-gl';
import { placeColours } from '../palette.js';
import {
  labelFonts,
  matchColours,
  opacityOf,
  shownClasses,
  visibilityOf,
  type StyleInput,
  type StyleLayers,
} from './style-input.js';

/** Where many lie close together, tiles hold cells with a count instead of places. */
const isCell: ExpressionSpecification = ['has', 'cell'];
const cellRadius: ExpressionSpecification = ['min', 14, ['+', 2, ['sqrt', ['get', 'count']]]];

/** Named places as small dots by category; names from street level on. */
export function placeLayers({ layers, palette, theme }: StyleInput): StyleLayers {
  const source = { source: 'places', 'source-layer': 'places' } as const;
  const visibility = visibilityOf(layers, 'places');
  const opacity = opacityOf(layers, 'places');
  const filter = shownClasses(layers, 'places', 'category');
  const colours = placeColours[theme];
  return {
    shapes: [
      {
        id: 'places-dot',
        type: 'circle',
        ...source,
        minzoom: 12,
        filter,
        layout: { visibility },
        paint: {
          'circle-color': matchColours('category', colours, colours['other'] ?? palette.label),
          'circle-radius': [
            'interpolate',
            ['linear'],
            ['zoom'],
            12,
            ['case', isCell, cellRadius, 1.8],
            17,
            ['case', isCell, cellRadius, 4.5],
          ],
          'circle-stroke-color': palette.land,
          'circle-stroke-width': ['interpolate', ['linear'], ['zoom'], 11, 0, 13, 0.8, 17, 1.4],
          'circle-opacity': ['case', isCell, 0.55 * opacity, opacity],
          'circle-stroke-opacity': opacity,
        },
      },
    ],
    labels: [
      {
        id: 'places-label',
        type: 'symbol',
        ...source,
        minzoom: 15,
        filter: ['all', ['has', 'name'], filter],
        layout: {
          visibility,
          'text-field': ['get', 'name'],
          'text-font': labelFonts.regular,
          'text-size': 11,
          'text-max-width': 8,
          'text-variable-anchor': ['top', 'bottom', 'left', 'right'],
          'text-radial-offset': 0.6,
          'text-padding': 4,
          'text-optional': true,
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
