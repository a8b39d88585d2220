import { areaSquareMeters, distanceMeters, lengthMeters } from './geodesy.js';
import type { Sketch } from './sketch.js';

/** What a sketch measures, for the label at the pointer; empty where there is nothing to say yet. */
export function measuredText(sketch: Sketch, locale: string): string {
  const { tool, points, pointer } = sketch;
  const line = pointer ? [...points, pointer] : points;
  if (line.length < 2) return '';
  if (tool === 'circle') return formatMeters(distanceMeters(line[0]!, line.at(-1)!), locale);
  if (tool === 'distance' || tool === 'corridor') return formatMeters(lengthMeters(line), locale);
  if (tool !== 'area' && tool !== 'polygon') return '';
  return line.length < 3
    ? formatMeters(lengthMeters(line), locale)
    : formatArea(areaSquareMeters(line), locale);
}

/** Whole metres below a kilometre, then kilometres with three figures that count. */
export function formatMeters(meters: number, locale: string): string {
  if (meters < 1000) return `${Math.round(meters).toLocaleString(locale)} m`;
  return `${withThreeFigures(meters / 1000, locale)} km`;
}

/** Square metres, hectares or square kilometres. */
export function formatArea(squareMeters: number, locale: string): string {
  if (squareMeters < 10_000) return `${Math.round(squareMeters).toLocaleString(locale)} m²`;
  if (squareMeters < 1_000_000) return `${withThreeFigures(squareMeters / 10_000, locale)} ha`;
  return `${withThreeFigures(squareMeters / 1_000_000, locale)} km²`;
}

function withThreeFigures(value: number, locale: string): string {
  const digits = value < 10 ? 2 : value < 100 ? 1 : 0;
  return value.toLocaleString(locale, {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
}
