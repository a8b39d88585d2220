import type { AccountCamera, AccountOptions, DeckLayers } from '../account-drawing.js';
import { pointRadiusPixels } from '../account-marks.js';
import { PointSpritesLayer } from '../layers/point-sprites-layer.js';
import { palettes, toRgba } from '../palette.js';
import { pointPalette } from '../point-legend.js';
import type { PointClass } from './paint-points.js';
import type { PointPart } from './protocol.js';

interface SpriteState {
  readonly parts: readonly [base: PointPart, added: PointPart];
  readonly classes: readonly PointClass[];
  readonly options: AccountOptions;
  readonly camera: AccountCamera;
}

/** Radius that the largest value adds to a point, as a multiple of the smallest. */
const spanOfSizes = 5;

/** Large marks let the small ones under them show. */
const sizedOpacity = 0.78;

/** The layers of points: those of the edition, and above them those added since. */
export function spriteLayers({ parts, classes, options, camera }: SpriteState): DeckLayers {
  const { theme, display, opacity } = options;
  const radius = pointRadiusPixels(camera.zoom);
  const isSized = display.mode === 'size';
  const category = classes.length > 0 ? display.category : null;
  const palette = pointPalette(category, classes, theme);
  return parts.map((part, index) =>
    part.positions === null || part.length === 0
      ? null
      : new PointSpritesLayer({
          id: `accounts-points-${index}`,
          positions: part.positions,
          chunks: part.chunks,
          classes: part.classes,
          sizes: isSized ? part.sizes : null,
          palette,
          ring: toRgba(palettes[theme].pointRing, 0.95),
          radius: isSized ? radius * 0.8 : radius,
          span: isSized ? radius * spanOfSizes : 0,
          pixelRatio: camera.pixelRatio,
          opacity: opacity * (isSized ? sizedOpacity : 1),
        }),
  );
}
