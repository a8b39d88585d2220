import { housingColours } from '../palette.js';
import {
  matchColours,
  opacityOf,
  shownClasses,
  visibilityOf,
  type StyleInput,
  type StyleLayers,
} from './style-input.js';

/** Building footprints by housing type. */
export function buildingLayers({ layers, palette, theme }: StyleInput): StyleLayers {
  const source = { source: 'buildings', 'source-layer': 'buildings' } as const;
  const visibility = visibilityOf(layers, 'buildings');
  const opacity = opacityOf(layers, 'buildings');
  const filter = shownClasses(layers, 'buildings', 'housing_type');
  const colours = housingColours[theme];
  return {
    shapes: [
      {
        id: 'buildings-fill',
        type: 'fill',
        ...source,
        filter,
        layout: { visibility },
        paint: {
          'fill-color': matchColours('housing_type', colours, colours['unknown'] ?? palette.land),
          'fill-opacity': ['interpolate', ['linear'], ['zoom'], 12, 0.75 * opacity, 15, opacity],
        },
      },
      {
        id: 'buildings-edge',
        type: 'line',
        ...source,
        filter,
        minzoom: 15,
        layout: { visibility },
        paint: {
          'line-color': palette.buildingEdge,
          'line-width': ['interpolate', ['linear'], ['zoom'], 15, 0.3, 18, 0.9],
          'line-opacity': 0.7 * opacity,
        },
      },
    ],
    labels: [],
  };
}
