import { describe, expect, it } from 'vitest';
import {
  fitPadding,
  isSameViewport,
  pixelRatioFor,
  roundViewport,
  uncoveredOffset,
} from '../../../../src/map/camera.js';

describe('the camera', () => {
  it('does not take back the viewport it reported', () => {
    const told = roundViewport({ lon: 4.123456789, lat: 52.1, zoom: 11.23456 });
    expect(told).toEqual({ lon: 4.123457, lat: 52.1, zoom: 11.23 });
    expect(isSameViewport(told, { ...told })).toBe(true);
    expect(isSameViewport(told, { ...told, zoom: 12 })).toBe(false);
    expect(isSameViewport(null, told)).toBe(false);
  });

  it('centres in what the panels leave', () => {
    expect(uncoveredOffset({ left: 300, right: 400, top: 60, bottom: 0 })).toEqual([-50, 30]);
  });

  it('never fits into a sliver', () => {
    const padding = fitPadding({ left: 300, right: 352, top: 60, bottom: 80 }, 700, 900);
    expect(padding.left + padding.right).toBeLessThan(0.75 * 700);
  });

  it('draws no more pixels than a frame can afford', () => {
    expect(pixelRatioFor(390, 844, 3)).toBe(3);
    expect(pixelRatioFor(3840, 2160, 2)).toBe(1);
    expect(pixelRatioFor(1440, 900, 1)).toBe(1);
  });
});
