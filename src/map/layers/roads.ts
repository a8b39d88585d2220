import type { ExpressionSpecification, LayerSpecification } from 'maplibre-gl';
import { conditionColours, roadClassColours } from '../palette.js';
import {
  labelFonts,
  matchColours,
  opacityOf,
  shownClasses,
  visibilityOf,
  type StyleInput,
  type StyleLayers,
} from './style-input.js';

const source = { source: 'roads', 'source-layer': 'roads' } as const;

interface RoadRank {
  readonly classes: readonly string[];
  /** Lowest zoom at which these roads help more than they clutter. */
  readonly from: number;
  /** Width in pixels at zoom 8, 13 and 18. */
  readonly widths: readonly [at8: number, at13: number, at18: number];
}

const ranks: readonly RoadRank[] = [
  { classes: ['path', 'track', 'cycleway', 'other'], from: 14, widths: [0.3, 0.8, 4] },
  { classes: ['service', 'pedestrian'], from: 14, widths: [0.3, 0.8, 8] },
  { classes: ['residential'], from: 12, widths: [0.3, 1.2, 13] },
  { classes: ['tertiary'], from: 10, widths: [0.5, 2, 17] },
  { classes: ['secondary'], from: 9, widths: [0.8, 2.6, 20] },
  { classes: ['primary'], from: 7, widths: [1, 3.2, 23] },
  { classes: ['trunk'], from: 6, widths: [1.2, 3.6, 25] },
  { classes: ['motorway'], from: 4, widths: [1.4, 4, 27] },
];

const pathClasses = ['path', 'track', 'cycleway'];

/** Roads with casing, coloured by class or by condition, wider the more they carry, and names. */
export function roadLayers(input: StyleInput): StyleLayers {
  return {
    shapes: [
      ...ranks.map((rank) => casing(rank, input)),
      ...ranks.map((rank) => line(rank, input)),
    ],
    labels: [names(input)],
  };
}

function casing(rank: RoadRank, input: StyleInput): LayerSpecification {
  const { layers, palette } = input;
  return {
    id: `roads-casing-${rank.classes[0]}`,
    type: 'line',
    ...source,
    minzoom: Math.max(rank.from, 11),
    filter: ofClasses(
      rank.classes.filter((name) => !pathClasses.includes(name)),
      input,
    ),
    layout: { visibility: visibilityOf(layers, 'roads'), 'line-join': 'round', 'line-cap': 'butt' },
    paint: {
      'line-color': palette.roadCasing,
      'line-width': widthOf(rank, 1.4),
      'line-opacity': 0.8 * opacityOf(layers, 'roads'),
    },
  };
}

function line(rank: RoadRank, input: StyleInput): LayerSpecification {
  const { layers, palette, theme } = input;
  const colours =
    input.roadColour === 'condition'
      ? matchColours('condition', conditionColours[theme], palette.road)
      : matchColours('class', roadClassColours[theme], palette.minorRoad);
  return {
    id: `roads-line-${rank.classes[0]}`,
    type: 'line',
    ...source,
    minzoom: rank.from,
    filter: ofClasses(rank.classes, input),
    layout: {
      visibility: visibilityOf(layers, 'roads'),
      'line-join': 'round',
      'line-cap': 'round',
    },
    paint: {
      'line-color': colours,
      'line-width': widthOf(rank, input.roadColour === 'condition' ? 0.4 : 0),
      'line-opacity': opacityOf(layers, 'roads'),
    },
  };
}

function names(input: StyleInput): LayerSpecification {
  const { layers, palette } = input;
  return {
    id: 'roads-label',
    type: 'symbol',
    ...source,
    minzoom: 12.5,
    filter: ['all', ['has', 'name'], shown(input)],
    layout: {
      visibility: visibilityOf(layers, 'roads'),
      'symbol-placement': 'line',
      'symbol-spacing': 320,
      'text-field': ['get', 'name'],
      'text-font': labelFonts.regular,
      'text-size': ['interpolate', ['linear'], ['zoom'], 12, 10, 18, 13],
      'text-max-angle': 35,
      'text-padding': 6,
      'symbol-sort-key': matchRank(),
    },
    paint: {
      'text-color': palette.labelQuiet,
      'text-halo-color': palette.land,
      'text-halo-width': 1.4,
      'text-opacity': opacityOf(layers, 'roads'),
    },
  };
}

function widthOf(rank: RoadRank, extra: number): ExpressionSpecification {
  const [at8, at13, at18] = rank.widths;
  return [
    'interpolate',
    ['exponential', 1.4],
    ['zoom'],
    8,
    at8 + extra,
    13,
    at13 + extra,
    18,
    at18 + extra * 2,
  ];
}

function ofClasses(classes: readonly string[], input: StyleInput): ExpressionSpecification {
  const ofRank: ExpressionSpecification = ['in', ['get', 'class'], ['literal', [...classes]]];
  return ['all', ofRank, shown(input)];
}

function shown({ layers, roadColour }: StyleInput): ExpressionSpecification {
  return shownClasses(layers, 'roads', roadColour);
}

function matchRank(): ExpressionSpecification {
  const order = ranks.flatMap((rank, index) =>
    rank.classes.flatMap((name) => [name, ranks.length - index]),
  );
  return ['match', ['get', 'class'], ...order, ranks.length] as unknown as ExpressionSpecification;
}
