import type { SwatchShape } from '../../map/legend.js';

/** One line of a legend on a sheet. */
export interface SheetLegendItem {
  readonly label: string;
  readonly shape: SwatchShape;
  /** One colour, or those of a ramp from low to high. */
  readonly colours: readonly string[];
  readonly count: string | null;
}

export interface SheetLegend {
  readonly heading: string;
  readonly items: readonly SheetLegendItem[];
}

/** Everything on a sheet besides the map. What is not wanted is empty. */
export interface SheetContent {
  readonly title: string;
  /** The slice in words: measure, period, region, and each filter. */
  readonly lines: readonly string[];
  readonly legends: readonly SheetLegend[];
  /** Sources and date. */
  readonly foot: readonly string[];
}

/** How a map lies on its sheet, for the scale and the arrow. */
export interface SheetScale {
  readonly metersPerPixel: number;
  readonly bearing: number;
  readonly format: (meters: number) => string;
}
