import type { Layer } from '@deck.gl/core';
import { ScatterplotLayer } from '@deck.gl/layers';
import type { AccountMark } from '../account-drawing.js';
import { palettes, toRgba, type Theme } from '../palette.js';

/** A ring around the mark under the pointer. */
export function hoveredMark(mark: AccountMark, theme: Theme): Layer {
  return new ScatterplotLayer<AccountMark>({
    id: 'accounts-hovered',
    data: [mark],
    getPosition: ({ lon, lat }) => [lon, lat],
    radiusUnits: 'pixels',
    getRadius: ({ radiusPixels }) => radiusPixels + 2,
    filled: false,
    stroked: true,
    getLineColor: toRgba(palettes[theme].ink),
    lineWidthUnits: 'pixels',
    getLineWidth: 2,
    parameters: { depthCompare: 'always' },
  });
}
