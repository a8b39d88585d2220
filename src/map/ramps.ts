import { mixOklab } from './oklab.js';
import { sequentialRamps, type Theme } from './palette.js';

/** Ramps from low to high. */
export const sequentialNames = ['teal', 'blue', 'purple', 'orange', 'grey'] as const;

/** Ramps with two ends that stand out from a quiet middle. */
export const divergingNames = ['blue-red', 'teal-brown', 'purple-orange'] as const;

export const rampNames = [...sequentialNames, ...divergingNames] as const;

export type RampName = (typeof rampNames)[number];

type Ramps = Readonly<Record<Theme, readonly string[]>>;

/**
 * Colours along each ramp. Single hues keep their order in grey; the two ends of diverging ones
 * differ in blue against red or yellow, never in red against green, so that people with any kind of colour
 * vision tell them apart. As everywhere, what stands out is dark by day and light by night.
 */
const ramps: Readonly<Record<RampName, Ramps>> = {
  teal: sequentialRamps,
  blue: {
    light: ['#e6eff8', '#bdd5ec', '#86b2dc', '#4a83c0', '#1d4f91'],
    dark: ['#16304f', '#1f4a7a', '#3269a8', '#5f95cf', '#a9cdf2'],
  },
  purple: {
    light: ['#f0ebf6', '#d6c8e8', '#b29ad2', '#8663b3', '#56308a'],
    dark: ['#33214f', '#4d3476', '#6f509f', '#9a80c8', '#ceb9ee'],
  },
  orange: {
    light: ['#fcefdc', '#f8d0a0', '#eca45c', '#cc7024', '#8c3f0a'],
    dark: ['#432610', '#6b3d17', '#9a5a22', '#cf8641', '#f7c58c'],
  },
  grey: {
    light: ['#eef0f0', '#ccd2d3', '#a0a9ab', '#6c7678', '#384144'],
    dark: ['#293135', '#434d51', '#667175', '#95a0a3', '#d2d9da'],
  },
  'blue-red': {
    light: ['#1d4f91', '#5e94c9', '#b4d0e8', '#f3efe9', '#f3bfa9', '#d26a56', '#8c1d2c'],
    dark: ['#a9cdf2', '#4f8ac6', '#26507f', '#2a3034', '#7a3a35', '#c2685b', '#ffc1ad'],
  },
  'teal-brown': {
    light: ['#0f5f5d', '#4aa097', '#afd8cf', '#f3f0ea', '#e6cf9f', '#b98a44', '#6f4410'],
    dark: ['#9be3d3', '#3d9c90', '#1d5651', '#2a3034', '#5d4623', '#a87f3f', '#f2d196'],
  },
  'purple-orange': {
    light: ['#56308a', '#9179bd', '#cfc3e2', '#f3f0ec', '#f8cf9f', '#d98535', '#8c3f0a'],
    dark: ['#ceb9ee', '#8c70bd', '#4b3671', '#2a3034', '#6b4520', '#bd7a38', '#f9cb93'],
  },
};

/** Whether a ramp has a middle. */
export function isDiverging(name: RampName): boolean {
  return divergingNames.some((diverging) => diverging === name);
}

/** The colours that a ramp is made of, for a picture of it. */
export function rampStops(name: RampName, theme: Theme): readonly string[] {
  return ramps[name][theme];
}

/** The colour at a share of the way through a ramp, 0 for the low end and 1 for the high one. */
export function rampColour(name: RampName, theme: Theme, share: number): string {
  const stops = ramps[name][theme];
  const place = Math.min(1, Math.max(0, share)) * (stops.length - 1);
  const below = Math.min(Math.floor(place), stops.length - 2);
  return mixOklab(stops[below] as string, stops[below + 1] as string, place - below);
}

/** Classes to colour: their inner borders, and the value of the middle of a diverging ramp. */
export interface ColouredClasses {
  readonly breaks: readonly number[];
  readonly ramp: RampName;
  /** Null puts the middle into the middle of the classes. */
  readonly middle: number | null;
}

/** A colour a class, from low to high. */
export function classColours({ breaks, ramp, middle }: ColouredClasses, theme: Theme): string[] {
  const distances = isDiverging(ramp) ? fromMiddle(breaks, middle) : null;
  const count = breaks.length + 1;
  const reach = Math.max(1, ...(distances ?? []).map(Math.abs));
  return Array.from({ length: count }, (_, index) => {
    if (distances) return rampColour(ramp, theme, 0.5 + (distances[index] as number) / reach / 2);
    return rampColour(ramp, theme, count === 1 ? 0.5 : index / (count - 1));
  });
}

/**
 * How many classes each lies below (negative) or above the one that holds the middle; where a border is the
 * middle there is no such class. Both sides are counted alike, so that equal shades are equally far.
 */
function fromMiddle(breaks: readonly number[], middle: number | null): number[] {
  const classes = Array.from({ length: breaks.length + 1 }, (_, index) => index);
  if (middle === null) return classes.map((index) => index - breaks.length / 2);
  const below = breaks.filter((border) => border <= middle).length;
  const isBorder = breaks.includes(middle);
  return classes.map((index) => {
    if (!isBorder) return index - below;
    return index < below ? index - below : index - below + 1;
  });
}
