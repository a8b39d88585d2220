import { toRgba } from './palette.js';

/** Lightness and two opponent axes; equal distances look about equally different. */
export type Oklab = readonly [lightness: number, greenRed: number, blueYellow: number];

/** `#rrggbb` in OKLab (B. Ottosson, "A perceptual color space for image processing", 2020). */
export function toOklab(hex: string): Oklab {
  const [red, green, blue] = toRgba(hex)
    .slice(0, 3)
    .map((channel) => toLinear(channel / 255)) as [number, number, number];
  const long = Math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue);
  const medium = Math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue);
  const short = Math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue);
  return [
    0.2104542553 * long + 0.793617785 * medium - 0.0040720468 * short,
    1.9779984951 * long - 2.428592205 * medium + 0.4505937099 * short,
    0.0259040371 * long + 0.7827717662 * medium - 0.808675766 * short,
  ];
}

/** The colour a share of the way between two, evenly to the eye; the ends come back as they are. */
export function mixOklab(from: string, to: string, share: number): string {
  if (share <= 0) return from;
  if (share >= 1) return to;
  const a = toOklab(from);
  const b = toOklab(to);
  const along = (axis: 0 | 1 | 2) => a[axis] + (b[axis] - a[axis]) * share;
  return toHex([along(0), along(1), along(2)]);
}

function toHex([lightness, greenRed, blueYellow]: Oklab): string {
  const long = (lightness + 0.3963377774 * greenRed + 0.2158037573 * blueYellow) ** 3;
  const medium = (lightness - 0.1055613458 * greenRed - 0.0638541728 * blueYellow) ** 3;
  const short = (lightness - 0.0894841775 * greenRed - 1.291485548 * blueYellow) ** 3;
  const channels = [
    4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
    -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
    -0.0041960863 * long - 0.7034186147 * medium + 1.707614701 * short,
  ];
  return `#${channels.map((channel) => toByte(fromLinear(channel))).join('')}`;
}

function toByte(share: number): string {
  const byte = Math.round(Math.min(1, Math.max(0, share)) * 255);
  return byte.toString(16).padStart(2, '0');
}

function toLinear(share: number): number {
  return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
}

function fromLinear(share: number): number {
  return share <= 0.0031308 ? share * 12.92 : 1.055 * share ** (1 / 2.4) - 0.055;
}
