import type { Bbox, LonLat, MapPadding, Viewport } from './contract.js';

/** No space covered. */
export const noPadding: MapPadding = { top: 0, right: 0, bottom: 0, left: 0 };

/** Highest zoom a flight to a small box ends at: street level, neighbours still in view. */
export const closestFitZoom = 17;

/** Whether two viewports look the same to the eye; what came from the map is not sent back to it. */
export function isSameViewport(first: Viewport | null, second: Viewport | null): boolean {
  if (!first || !second) return first === second;
  return (
    Math.abs(first.lon - second.lon) < 1e-6 &&
    Math.abs(first.lat - second.lat) < 1e-6 &&
    Math.abs(first.zoom - second.zoom) < 1e-3
  );
}

/** A viewport rounded to what an address in the browser needs: 10 cm and a hundredth of a zoom. */
export function roundViewport({ lon, lat, zoom }: Viewport): Viewport {
  return { lon: round(lon, 6), lat: round(lat, 6), zoom: round(zoom, 2) };
}

/** Where the middle of the uncovered part lies from the middle of the map, in pixels. */
export function uncoveredOffset({ top, right, bottom, left }: MapPadding): [number, number] {
  return [(left - right) / 2, (top - bottom) / 2];
}

/**
 * Padding for a fit, reduced where panels leave less than 40 % of the map free: fitting into a
 * sliver would zoom out to the whole world.
 */
export function fitPadding(padding: MapPadding, width: number, height: number): MapPadding {
  const margin = Math.min(32, width * 0.05);
  const across = Math.min(1, (0.6 * width) / Math.max(1, padding.left + padding.right));
  const down = Math.min(1, (0.6 * height) / Math.max(1, padding.top + padding.bottom));
  return {
    top: padding.top * down + margin,
    bottom: padding.bottom * down + margin,
    left: padding.left * across + margin,
    right: padding.right * across + margin,
  };
}

/** Tells a box from a point. */
export function isBbox(target: Bbox | LonLat): target is Bbox {
  return Array.isArray(target);
}

/**
 * Device pixels drawn for a CSS pixel. Above eight million pixels a frame (a phone at 3×, a 4K
 * screen at 2×) sharpness is no longer seen, only the heat.
 */
export function pixelRatioFor(width: number, height: number, devicePixelRatio: number): number {
  const affordable = Math.sqrt(8_000_000 / Math.max(1, width * height));
  return Math.max(1, Math.min(devicePixelRatio, affordable));
}

function round(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}
