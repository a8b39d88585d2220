import { pointCategories, type PointCategory } from '../../server/contract/point-columns.js';

/**
 * The ways accounts are shown: `auto` is cells that become points; the others show what they say at every
 * zoom.
 */
export const displayModes = [
  'auto',
  'points',
  'size',
  'clusters',
  'heat',
  'hexagons',
  'columns',
] as const;

export type DisplayMode = (typeof displayModes)[number];

/** What cells, clusters and heat are of. */
export const displayMeasures = ['count', 'revenue', 'mean'] as const;

export type DisplayMeasure = (typeof displayMeasures)[number];

/** How a person wants accounts shown; each mode reads what concerns it. */
export interface AccountDisplay {
  readonly mode: DisplayMode;
  /** What colours points. */
  readonly category: PointCategory;
  readonly measure: DisplayMeasure;
}

export const defaultDisplay: AccountDisplay = {
  mode: 'auto',
  category: 'lifecycle',
  measure: 'count',
};

/** Measures that a mode can show; a mean over a soft or growing area would say nothing. */
export function measuresOf(mode: DisplayMode): readonly DisplayMeasure[] {
  if (mode === 'hexagons' || mode === 'columns') return displayMeasures;
  return mode === 'clusters' || mode === 'heat' ? ['count', 'revenue'] : [];
}

/** Whether points take their colour from a category. */
export function hasCategory(mode: DisplayMode): boolean {
  return mode === 'points' || mode === 'size';
}

/** Reads `mode:option`, where the option is a category or a measure; what is unknown takes its default. */
export function parseDisplay(text: string | null): AccountDisplay {
  const [modeText, option] = (text ?? '').split(':');
  const mode = displayModes.find((name) => name === modeText) ?? defaultDisplay.mode;
  const category = hasCategory(mode) && pointCategories.find((name) => name === option);
  const measure = measuresOf(mode).find((name) => name === option);
  return {
    mode,
    category: category || defaultDisplay.category,
    measure: measure ?? defaultDisplay.measure,
  };
}

/** Prints what `parseDisplay` reads; null for the default. */
export function printDisplay({ mode, category, measure }: AccountDisplay): string | null {
  if (mode === defaultDisplay.mode) return null;
  if (hasCategory(mode)) return category === defaultDisplay.category ? mode : `${mode}:${category}`;
  const isUsual = measure === defaultDisplay.measure || !measuresOf(mode).includes(measure);
  return isUsual ? mode : `${mode}:${measure}`;
}
