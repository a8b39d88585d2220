import type { DisplayMeasure } from './account-display.js';
import { lifecycles, type AccountSet } from './account-tiles.js';
import { cellRamps, contrast, lifecycleColours, palettes, toRgba, type Theme } from './palette.js';
import { roundUp } from './round-up.js';

/** How cells are drawn: graded circles over coloured regions, else filled hexagons. */
export type CellShape = 'circles' | 'hexagons';

export interface MarkOptions {
  readonly theme: Theme;
  readonly measure: DisplayMeasure;
  readonly cellShape: CellShape;
}

/** What a set looks like: attributes in the order of its rows, ready for the graphics card. */
export interface Marks {
  readonly set: AccountSet;
  readonly cellShape: CellShape;
  /** Red, green, blue and alpha a row, 0 to 255. */
  readonly colours: Uint8Array;
  /** Points: factor on the point size. Circles: radius in metres. Hexagons: half height in metres. */
  readonly radii: Float32Array;
  /** Text colour a row, four bytes. */
  readonly textColours: Uint8Array;
  /** Cells: share of `top` from 0 to 1. */
  readonly heights: Float32Array;
  /** The measure that the darkest cell stands for, or the largest point; 0 where nothing is measured. */
  readonly top: number;
}

/** Mean edge of an H3 cell of resolution 0 in metres; each finer one is √7 times smaller. */
const coarsestEdgeMeters = 1_281_256;

/** Share of the cell that the largest circle fills; the map between must stay readable. */
const largestCircle = 0.78;

/** Colours and sizes of a set. Depends on the set and options only, not on where the map looks. */
export function marksOf(set: AccountSet, options: MarkOptions): Marks {
  return set.mode === 'points' ? pointMarks(set, options) : cellMarks(set, options);
}

/** Half the distance between two neighbouring cells in metres, from the H3 index in hex. */
export function cellHalfWidthMeters(cell: string): number {
  const resolution = Number.parseInt(cell.charAt(1), 16);
  if (Number.isNaN(resolution)) return 0;
  return (coarsestEdgeMeters / Math.sqrt(7) ** resolution) * (Math.sqrt(3) / 2);
}

/** Radius of a point in pixels by zoom, before its own factor. */
export function pointRadiusPixels(zoom: number): number {
  const stops: readonly (readonly [zoom: number, radius: number])[] = [
    [6, 1.8],
    [11, 2.2],
    [13, 2.4],
    [14, 2.7],
    [15, 3.6],
    [16, 5],
    [18, 8],
  ];
  const upper = stops.findIndex(([stop]) => zoom < stop);
  if (upper === 0) return 1.8;
  const to = stops[upper];
  const from = stops[upper - 1];
  if (!to || !from) return 8;
  return from[1] + ((zoom - from[0]) / (to[0] - from[0])) * (to[1] - from[1]);
}

/** Ground metres a CSS pixel covers at a latitude. */
export function metersPerPixel(lat: number, zoom: number): number {
  return (40_075_016.686 * Math.cos((lat * Math.PI) / 180)) / (512 * 2 ** zoom);
}

function pointMarks(set: AccountSet, { theme, measure, cellShape }: MarkOptions): Marks {
  const palette = lifecycles.map((name) => toRgba(lifecycleColours[theme][name] as string));
  const text = toRgba(palettes[theme].cellText);
  const top = measure === 'count' ? 0 : roundUp(high(set.values));
  const colours = new Uint8Array(set.length * 4);
  const textColours = new Uint8Array(set.length * 4);
  const radii = new Float32Array(set.length);
  for (let row = 0; row < set.length; row += 1) {
    colours.set(palette[set.lifecycles[row] as number] as number[], row * 4);
    textColours.set(text, row * 4);
    const share =
      top > 0 ? Math.sqrt(Math.min(1, Math.max(0, (set.values[row] as number) / top))) : 0;
    const isStack = (set.counts[row] as number) > 1;
    radii[row] = (1 + 0.6 * share) * (isStack ? 1.7 : 1);
  }
  return { set, cellShape, colours, radii, textColours, heights: new Float32Array(0), top };
}

function cellMarks(set: AccountSet, { theme, measure, cellShape }: MarkOptions): Marks {
  const ramp = cellRamps[theme];
  const { ink, cellText } = palettes[theme];
  const dark = theme === 'light' ? ink : cellText;
  const light = theme === 'light' ? cellText : ink;
  const column = measured(set, measure);
  const topCount = roundUp(high(set.counts));
  const topColour = roundUp(high(column));
  const colours = new Uint8Array(set.length * 4);
  const textColours = new Uint8Array(set.length * 4);
  const radii = new Float32Array(set.length);
  const heights = new Float32Array(set.length);
  for (let row = 0; row < set.length; row += 1) {
    const half = cellHalfWidthMeters(set.cells[row] ?? '');
    const weight = Math.sqrt(Math.min(1, (set.counts[row] as number) / topCount));
    const share = Math.min(1, Math.max(0, (column[row] as number) / topColour));
    const value = Math.sqrt(share);
    heights[row] = Math.max(0, (column[row] as number) / topColour);
    const step =
      cellShape === 'circles' && measure === 'count' ? 3 : Math.min(4, Math.floor(value * 5));
    const colour = ramp[step] as string;
    const text = contrast(colour, light) >= contrast(colour, dark) ? light : dark;
    colours.set(toRgba(colour, cellShape === 'circles' ? 0.92 : 0.85), row * 4);
    textColours.set(toRgba(text), row * 4);
    radii[row] = cellShape === 'circles' ? half * largestCircle * Math.max(0.25, weight) : half;
  }
  return { set, cellShape, colours, radii, textColours, heights, top: topColour };
}

function measured({ length, values, counts }: AccountSet, measure: DisplayMeasure): Float64Array {
  if (measure === 'count') return counts;
  if (measure === 'revenue') return values;
  return Float64Array.from(
    { length },
    (_, row) => (values[row] as number) / (counts[row] as number),
  );
}

/** The value that 98 % of the rows do not exceed, so that one giant does not flatten the rest. */
function high(values: Float64Array): number {
  if (values.length === 0) return 0;
  const sorted = values.slice().sort();
  return sorted[Math.ceil((sorted.length - 1) * 0.98)] as number;
}
