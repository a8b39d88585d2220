import { palettes, toRgba, type Theme } from './palette.js';

/** Side of the hatch tile in device pixels; the stripes repeat seamlessly at this size. */
const side = 16;

/** Id of the pattern that stands for missing data in a theme. */
export function hatchImageId(theme: Theme): string {
  return `hatch-${theme}`;
}

/** Diagonal stripes on a quiet ground, to be drawn at two device pixels a CSS pixel. */
export function hatchImage(theme: Theme): {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8ClampedArray;
} {
  const stripe = toRgba(palettes[theme].hatch);
  const ground = toRgba(palettes[theme].hatchGround);
  const data = new Uint8ClampedArray(side * side * 4);
  for (let y = 0; y < side; y += 1) {
    for (let x = 0; x < side; x += 1) {
      const distance = (x + y) % side;
      const share = distance === 0 || distance === 2 ? 0.5 : distance === 1 ? 1 : 0;
      for (let channel = 0; channel < 4; channel += 1) {
        const from = ground[channel] as number;
        const to = stripe[channel] as number;
        data[(y * side + x) * 4 + channel] = from + (to - from) * share;
      }
    }
  }
  return { width: side, height: side, data };
}
