import { formatFigure } from '../lib/format.js';
import type { ClassSettings, Middle } from '../map/class-settings.js';
import { classify, meanOf } from '../map/classify.js';
import type { Choropleth } from '../map/contract.js';
import type { RegionView } from './explore.js';
import type { PartFigures } from './figures.js';
import { figureFormat } from './measures.js';

/** How the regions are to be coloured, and which classes of them are not to be drawn. */
export interface ClassChoice {
  readonly classes: ClassSettings;
  readonly hidden: readonly string[];
}

interface Known {
  readonly key: string;
  readonly choropleth: Choropleth;
}

const cache = new WeakMap<PartFigures, Known>();

/** What the map colours the regions with; the same object as long as figures and choice are the same. */
export function choroplethOf(
  figures: PartFigures | undefined,
  view: RegionView | undefined,
  choice: ClassChoice,
): Choropleth | null {
  if (!figures || !view) return null;
  const key = JSON.stringify(choice);
  const known = cache.get(figures);
  if (known?.key === key) return known.choropleth;
  const { input, rows } = figures;
  const format = figureFormat(input.measure);
  const values = new Map(
    rows.flatMap(({ regionId, value }) => (regionId === null ? [] : [[regionId, value] as const])),
  );
  const choropleth: Choropleth = {
    level: input.partLevel,
    parentId: input.isRoot ? null : input.slice.regionId,
    // The same map as before keeps the map from setting the class of every region again.
    values: known?.choropleth.values ?? values,
    breaks: classify(values.values(), choice.classes).breaks,
    ramp: choice.classes.ramp,
    middle: middleOf(choice.classes.middle, values),
    hidden: choice.hidden,
    format: (value) => formatFigure(value, format),
  };
  cache.set(figures, { key, choropleth });
  return choropleth;
}

function middleOf(middle: Middle, values: ReadonlyMap<number, number | null>): number | null {
  if (middle === 'mean') return meanOf(values.values());
  return middle === 'zero' ? 0 : middle;
}
