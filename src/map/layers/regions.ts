import type { ExpressionSpecification, LayerSpecification } from 'maplibre-gl';
import { hatchImageId } from '../hatch.js';
import { labelLayerOf, regionSourceId } from '../sources.js';
import {
  labelFonts,
  opacityOf,
  visibilityOf,
  type ChoroplethShape,
  type StyleInput,
  type StyleLayers,
} from './style-input.js';

/** Feature state of a region that `choropleth.ts` sets: its class, -1 where data are missing. */
export const classState = 'class';

/** Feature state of the region under the pointer. */
export const hoverState = 'hover';

/** Levels of regions that the map needs tiles of: the coloured one and the one above it. */
export function regionLevelsOf(choropleth: ChoroplethShape | null): (number | null)[] {
  if (!choropleth) return [null];
  return choropleth.level > 1 ? [choropleth.level - 1, choropleth.level] : [choropleth.level];
}

/** Region fills as a choropleth, hatched where data are missing, edges, highlights and names. */
export function regionLayers(input: StyleInput): StyleLayers {
  return {
    shapes: [...fills(input), ...edges(input), ...highlights(input)],
    labels: [names(input)],
  };
}

/** The colour of a region by the class in its feature state; transparent without one. */
export function classColour(colours: readonly string[]): ExpressionSpecification {
  return [
    'match',
    ['coalesce', ['feature-state', classState], -1],
    ...colours.flatMap((colour, index) => [index, colour]),
    'rgba(0,0,0,0)',
  ] as unknown as ExpressionSpecification;
}

/** Opacity of the hatching: full where a region in scope has no class. */
export function hatchOpacity(
  parentId: number | null,
  opacity: number,
): ExpressionSpecification | number {
  const missing: ExpressionSpecification = [
    '==',
    ['coalesce', ['feature-state', classState], -1],
    -1,
  ];
  const inScope: ExpressionSpecification =
    parentId === null
      ? ['literal', true]
      : ['any', ['!', ['has', 'parent_id']], ['==', ['get', 'parent_id'], parentId]];
  return ['case', ['all', missing, inScope], opacity, 0];
}

function regionSource(input: StyleInput, levelsUp = 0) {
  const level = input.choropleth ? input.choropleth.level - levelsUp : null;
  return { source: regionSourceId(level), 'source-layer': 'regions' } as const;
}

function fills(input: StyleInput): LayerSpecification[] {
  const { choropleth, layers, theme } = input;
  const visibility = visibilityOf(layers, 'regions');
  const opacity = opacityOf(layers, 'regions');
  const hit: LayerSpecification = {
    id: 'regions-fill',
    type: 'fill',
    ...regionSource(input),
    layout: { visibility },
    paint: {
      'fill-color': choropleth ? classColour(choropleth.colours) : 'rgba(0,0,0,0)',
      'fill-opacity': ['interpolate', ['linear'], ['zoom'], 12.5, opacity, 16, 0.35 * opacity],
      'fill-antialias': false,
    },
  };
  if (!choropleth) return [hit];
  const hatch: LayerSpecification = {
    id: 'regions-hatch',
    type: 'fill',
    ...regionSource(input),
    layout: { visibility },
    paint: {
      'fill-pattern': hatchImageId(theme),
      'fill-opacity': choropleth.isMissingHidden ? 0 : hatchOpacity(choropleth.parentId, opacity),
    },
  };
  return [hit, hatch];
}

function edges(input: StyleInput): LayerSpecification[] {
  const { choropleth, layers, palette } = input;
  const visibility = visibilityOf(layers, 'regions');
  const opacity = opacityOf(layers, 'regions');
  const edge: LayerSpecification = {
    id: 'regions-edge',
    type: 'line',
    ...regionSource(input),
    layout: { visibility, 'line-join': 'round' },
    paint: {
      'line-color': choropleth ? palette.regionEdge : palette.regionParentEdge,
      'line-width': ['interpolate', ['linear'], ['zoom'], 3, 0.5, 8, 0.9, 14, 1.8],
      'line-opacity': choropleth ? opacity : 0.6 * opacity,
    },
  };
  if (!choropleth || choropleth.level <= 1) return [edge];
  const parentEdge: LayerSpecification = {
    id: 'regions-parent-edge',
    type: 'line',
    ...regionSource(input, 1),
    layout: { visibility, 'line-join': 'round' },
    paint: {
      'line-color': palette.regionParentEdge,
      'line-width': ['interpolate', ['linear'], ['zoom'], 3, 0.8, 8, 1.2, 14, 2],
      'line-opacity': 0.75 * opacity,
    },
  };
  return [edge, parentEdge];
}

function highlights(input: StyleInput): LayerSpecification[] {
  const { choropleth, layers, palette, selectedRegionId } = input;
  const visibility = visibilityOf(layers, 'regions');
  const hover: LayerSpecification = {
    id: 'regions-hover',
    type: 'line',
    ...regionSource(input),
    layout: { visibility, 'line-join': 'round' },
    paint: {
      'line-color': palette.selectedEdge,
      'line-width': 1.75,
      'line-opacity': ['case', ['boolean', ['feature-state', hoverState], false], 0.85, 0],
    },
  };
  if (selectedRegionId === null) return [hover];
  const outlines = choropleth && choropleth.level > 1 ? [1, 0] : [0];
  const selected = outlines.flatMap((levelsUp) =>
    selectedOutline(regionSource(input, levelsUp), selectedRegionId, input),
  );
  return [hover, ...selected];
}

function selectedOutline(
  source: { readonly source: string; readonly 'source-layer': string },
  regionId: number,
  { layers, palette }: StyleInput,
): LayerSpecification[] {
  const outline = (id: string, colour: string, width: number, opacity: number) =>
    ({
      id: `${id}-${source.source}`,
      type: 'line',
      ...source,
      filter: ['==', ['get', 'region_id'], regionId],
      layout: { visibility: visibilityOf(layers, 'regions'), 'line-join': 'round' },
      paint: { 'line-color': colour, 'line-width': width, 'line-opacity': opacity },
    }) satisfies LayerSpecification;
  return [
    outline('regions-selected-halo', palette.land, 5, 0.7),
    outline('regions-selected', palette.selectedEdge, 2.25, 1),
  ];
}

function names(input: StyleInput): LayerSpecification {
  const { layers, palette } = input;
  return {
    id: 'regions-label',
    type: 'symbol',
    source: regionSource(input).source,
    'source-layer': labelLayerOf('regions'),
    layout: {
      visibility: visibilityOf(layers, 'regions'),
      'text-field': ['get', 'name'],
      'text-font': labelFonts.regular,
      'text-size': ['interpolate', ['linear'], ['zoom'], 4, 11, 10, 12, 15, 13.5],
      'text-line-height': 1.15,
      'text-max-width': 8,
      'text-padding': 4,
      'symbol-sort-key': ['-', 0, ['get', 'size']],
    },
    paint: {
      'text-color': palette.label,
      'text-halo-color': palette.land,
      'text-halo-width': 1.5,
      'text-halo-blur': 0.4,
    },
  };
}
