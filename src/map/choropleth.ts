import { classIndex } from './classify.js';
import type { Choropleth } from './contract.js';
import type { ChoroplethShape } from './layers/style-input.js';
import type { Theme } from './palette.js';
import { classColours } from './ramps.js';

/** Key of the regions without a value among the classes that can be hidden. */
export const missingKey = 'none';

/** Key of a class among those that can be hidden, by its place from the lowest. */
export function classKey(index: number): string {
  return `c${index + 1}`;
}

/** Class of every region, -1 where the value is missing. */
export function regionClasses({
  values,
  breaks,
}: Pick<Choropleth, 'values' | 'breaks'>): Map<number, number> {
  const classes = new Map<number, number>();
  for (const [regionId, value] of values) {
    const isMissing = value === null || !Number.isFinite(value);
    classes.set(regionId, isMissing ? -1 : classIndex(value, breaks));
  }
  return classes;
}

/** The part of a choropleth that the style depends on; equal shapes need no new style. */
export function choroplethShape(
  choropleth: Choropleth | null,
  theme: Theme,
): ChoroplethShape | null {
  if (!choropleth) return null;
  const { level, parentId, hidden } = choropleth;
  const colours = classColours(choropleth, theme).map((colour, index) =>
    hidden.includes(classKey(index)) ? 'rgba(0,0,0,0)' : colour,
  );
  return { level, parentId, colours, isMissingHidden: hidden.includes(missingKey) };
}

/**
 * What has to change to go from one set of classes to another: entries with a new class, and those
 * to forget. Re-colouring 5,570 regions touches only the ones that differ.
 */
export function classChanges(
  before: ReadonlyMap<number, number>,
  after: ReadonlyMap<number, number>,
): {
  readonly set: readonly (readonly [regionId: number, index: number])[];
  readonly removed: readonly number[];
} {
  return {
    set: [...after].filter(([regionId, index]) => before.get(regionId) !== index),
    removed: [...before.keys()].filter((regionId) => !after.has(regionId)),
  };
}
