import { describe, expect, it } from 'vitest';
import { toOklab } from '../../../../src/map/oklab.js';
import { luminance, toRgba } from '../../../../src/map/palette.js';
import {
  classColours,
  divergingNames,
  rampColour,
  rampNames,
  rampStops,
  sequentialNames,
} from '../../../../src/map/ramps.js';

type Matrix = readonly (readonly [number, number, number])[];

/** Full protanopia, deuteranopia and tritanopia in linear light: Machado, Oliveira and Fernandes, 2009. */
const visions: Readonly<Record<string, Matrix>> = {
  protan: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deutan: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritan: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

const toLinear = (share: number) =>
  share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
const toShare = (linear: number) =>
  linear <= 0.0031308 ? linear * 12.92 : 1.055 * linear ** (1 / 2.4) - 0.055;

function seenBy(matrix: Matrix, hex: string): string {
  const linear = toRgba(hex)
    .slice(0, 3)
    .map((channel) => toLinear(channel / 255));
  const bytes = matrix.map((row) => {
    const light = row.reduce((sum, weight, index) => sum + weight * (linear[index] as number), 0);
    return Math.round(toShare(Math.min(1, Math.max(0, light))) * 255);
  });
  return `#${bytes.map((byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}

function distance(first: string, second: string): number {
  const other = toOklab(second);
  return Math.hypot(...toOklab(first).map((value, axis) => value - (other[axis] as number)));
}

const sevenClasses = { breaks: [1, 2, 3, 4, 5, 6], middle: null };

describe.each(['light', 'dark'] as const)('ramps by %s', (theme) => {
  it.each(sequentialNames)('keep the order of %s in grey', (ramp) => {
    const shades = classColours({ ...sevenClasses, ramp }, theme).map(luminance);
    const ordered = [...shades].sort((a, b) => (theme === 'light' ? b - a : a - b));
    expect(shades).toEqual(ordered);
  });

  it.each(rampNames.flatMap((ramp) => Object.keys(visions).map((name) => [ramp, name] as const)))(
    'tell seven classes of %s apart with %s vision',
    (ramp, vision) => {
      const colours = classColours({ ...sevenClasses, ramp }, theme).map((colour) =>
        seenBy(visions[vision] as Matrix, colour),
      );
      for (let first = 0; first < colours.length; first += 1) {
        for (let second = first + 1; second < colours.length; second += 1) {
          expect(distance(colours[first] as string, colours[second] as string)).toBeGreaterThan(
            0.04,
          );
        }
      }
    },
  );
});

describe('rampColour', () => {
  it('gives the stops themselves, and a colour between them', () => {
    const stops = rampStops('blue', 'light');
    expect([0, 0.25, 0.5, 0.75, 1].map((share) => rampColour('blue', 'light', share))).toEqual(
      stops,
    );
    expect(rampColour('grey', 'light', 0.1)).toMatch(/^#[\da-f]{6}$/);
  });
});

describe('the middle of a diverging ramp', () => {
  const ramp = divergingNames[0];
  const neutral = rampColour(ramp, 'light', 0.5);

  it('colours the class that holds it neutrally', () => {
    const colours = classColours({ breaks: [-5, 5, 10, 20], ramp, middle: 0 }, 'light');
    expect(colours[1]).toBe(neutral);
    expect(colours[4]).toBe(rampColour(ramp, 'light', 1));
    // Lower values are one class away only: their shade is as weak as one class above the middle.
    expect(colours[0]).toBe(rampColour(ramp, 'light', 0.5 - 1 / 6));
    expect(colours[2]).toBe(rampColour(ramp, 'light', 0.5 + 1 / 6));
  });

  it('parts the two sides where it is a border', () => {
    const colours = classColours({ breaks: [-5, 0, 5], ramp, middle: 0 }, 'light');
    expect(colours).not.toContain(neutral);
    expect(colours[0]).toBe(rampColour(ramp, 'light', 0));
    expect(colours[3]).toBe(rampColour(ramp, 'light', 1));
  });

  it('uses one side alone where all values lie on it', () => {
    const colours = classColours({ breaks: [10, 20], ramp, middle: 0 }, 'light');
    expect(colours[0]).toBe(neutral);
    expect(colours[2]).toBe(rampColour(ramp, 'light', 1));
  });
});
