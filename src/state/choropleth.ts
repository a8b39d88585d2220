import { formatFigure } from '../lib/format.js';
import { classify, type Classification } from '../map/classify.js';
import type { Choropleth } from '../map/contract.js';
import type { RegionView } from './explore.js';
import type { PartFigures } from './figures.js';
import { figureFormat } from './measures.js';

const classCount = 5;

/** Classes of the parts of a region; counts and missing together are the number of parts. */
export function classesOf(figures: PartFigures): Classification {
  const values = figures.rows.filter(({ kind }) => kind === 'region').map(({ value }) => value);
  return classify(values, { method: 'quantile', classes: classCount });
}

const cache = new WeakMap<PartFigures, Choropleth>();

/** What the map colours the regions with; the same object as long as the figures are the same. */
export function choroplethOf(
  figures: PartFigures | undefined,
  view: RegionView | undefined,
): Choropleth | null {
  if (!figures || !view) return null;
  const known = cache.get(figures);
  if (known) return known;
  const { input, rows } = figures;
  const format = figureFormat(input.measure);
  const choropleth: Choropleth = {
    level: input.partLevel,
    parentId: input.isRoot ? null : input.slice.regionId,
    values: new Map(
      rows.flatMap(({ regionId, value }) =>
        regionId === null ? [] : [[regionId, value] as const],
      ),
    ),
    breaks: classesOf(figures).breaks,
    ramp: 'sequential',
    format: (value) => formatFigure(value, format),
  };
  cache.set(figures, choropleth);
  return choropleth;
}
