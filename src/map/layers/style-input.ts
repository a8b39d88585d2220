import type { ExpressionSpecification, LayerSpecification } from 'maplibre-gl';
import type { LayerId, LayerState, RoadColour } from '../contract.js';
import { layerOf } from '../layer-state.js';
import type { MapPalette, Theme } from '../palette.js';

/** The regions that are coloured: their level, whose children they are and how many classes. */
export interface ChoroplethShape {
  readonly level: number;
  readonly parentId: number | null;
  /** Class colours from low to high. */
  readonly colours: readonly string[];
  /** Whether regions without a value are not drawn. */
  readonly isMissingHidden: boolean;
}

/** Everything the layers of the map style depend on. */
export interface StyleInput {
  readonly theme: Theme;
  readonly palette: MapPalette;
  readonly layers: readonly LayerState[];
  readonly choropleth: ChoroplethShape | null;
  readonly selectedRegionId: number | null;
  readonly roadColour: RoadColour;
}

/** Style layers from the ground up: all `shapes` lie below all `labels`. */
export interface StyleLayers {
  readonly shapes: readonly LayerSpecification[];
  readonly labels: readonly LayerSpecification[];
}

/** How much of a layer shows, 0 when it is hidden or not in the list. */
export function opacityOf(layers: readonly LayerState[], id: LayerId): number {
  const { visible, opacity } = layerOf(layers, id);
  return visible ? opacity : 0;
}

/** MapLibre's visibility of a layer; hidden layers load no tiles. */
export function visibilityOf(layers: readonly LayerState[], id: LayerId): 'visible' | 'none' {
  return opacityOf(layers, id) > 0 ? 'visible' : 'none';
}

/** A filter that leaves out the hidden classes of a layer, by the property that its legend shows. */
export function shownClasses(
  layers: readonly LayerState[],
  id: LayerId,
  property: string,
): ExpressionSpecification {
  const { hidden } = layerOf(layers, id);
  if (hidden.length === 0) return ['literal', true] as unknown as ExpressionSpecification;
  const value: ExpressionSpecification = ['coalesce', ['get', property], 'unknown'];
  return ['!', ['in', value, ['literal', [...hidden]]]];
}

/** A match expression from categories to colours, the last entry (`other`, `unknown`) for the rest. */
export function matchColours(
  property: string,
  colours: Readonly<Record<string, string>>,
  fallback: string,
): ExpressionSpecification {
  const expression = ['match', ['get', property], ...Object.entries(colours).flat(), fallback];
  return expression as unknown as ExpressionSpecification;
}

/** Font stacks of the labels; `fonts.ts` registers them. */
export const labelFonts = {
  regular: ['Catchment Map Medium'],
  strong: ['Catchment Map Semibold'],
};
