import { describe, expect, it } from 'vitest';
import {
  cellRamps,
  conditionColours,
  contrast,
  housingColours,
  luminance,
  palettes,
  placeColours,
  sequentialRamps,
  toRgba,
  zoneColours,
} from '../../../../src/map/palette.js';

const isRising = (colours: readonly string[]) =>
  colours.every(
    (colour, index) => index === 0 || luminance(colour) > luminance(colours[index - 1] as string),
  );

describe.each(['light', 'dark'] as const)('the %s palette', (theme) => {
  const towardsContrast = (colours: readonly string[]) =>
    isRising(theme === 'light' ? [...colours].reverse() : colours);

  it('keeps the order of the ramps in grey, high standing out most', () => {
    expect(towardsContrast(sequentialRamps[theme])).toBe(true);
    expect(towardsContrast(cellRamps[theme])).toBe(true);
  });

  it('keeps the order of road conditions in grey, bad standing out most', () => {
    const { good, fair, poor, bad } = conditionColours[theme] as Record<string, string>;
    expect(towardsContrast([good, fair, poor, bad] as string[])).toBe(true);
  });

  it('keeps the order of housing density in grey', () => {
    const { detached, semi_detached, terrace, apartments } = housingColours[theme] as Record<
      string,
      string
    >;
    expect(towardsContrast([detached, semi_detached, terrace, apartments] as string[])).toBe(true);
  });

  it.each(['label', 'labelQuiet', 'waterLabel', 'ink'] as const)(
    'writes %s readably on the halo',
    (name) => {
      expect(contrast(palettes[theme][name], palettes[theme].land)).toBeGreaterThanOrEqual(4.5);
    },
  );

  it('writes counts readably on every cell colour, in one of its two text colours', () => {
    const { ink, cellText } = palettes[theme];
    for (const colour of cellRamps[theme]) {
      expect(Math.max(contrast(colour, ink), contrast(colour, cellText))).toBeGreaterThanOrEqual(
        4.5,
      );
    }
  });

  it('lets zones and places stand out from the ground', () => {
    for (const colour of [
      ...Object.values(zoneColours[theme]),
      ...Object.values(placeColours[theme]),
    ]) {
      expect(contrast(colour, palettes[theme].land)).toBeGreaterThanOrEqual(2.2);
    }
  });
});

describe('toRgba', () => {
  it('splits a colour into bytes', () => {
    expect(toRgba('#d9480f', 0.5)).toEqual([217, 72, 15, 128]);
  });
});
