import type { Cube } from '@cubejs-client/core';
import { loadCubeMeta } from '../api/cube.js';
import type { FigureFormat, FigureKind } from '../lib/format.js';
import { preferences } from './preferences.js';
import { Resource } from './resource.js';
import { sessionStore } from './session.js';
import { takesAccountFilters, timeDimensionFor, viewOf } from './slice-queries.js';

/** A measure of the cube as the screens need it. */
export interface Measure {
  /** Member name, for example `sales.revenue`. */
  readonly name: string;
  readonly view: string;
  readonly title: string;
  readonly kind: FigureKind;
  /** Whether parts sum to the whole, so that a missing row means 0. */
  readonly additive: boolean;
  readonly timed: boolean;
  readonly filterable: boolean;
}

const additiveTypes: readonly string[] = ['count', 'sum'];

const viewOrder = ['sales', 'accounts', 'payments', 'geography', 'places'];

/** Statistics of regions repeat in every view; the menu shows those of the geography alone. */
const regionStatistics = ['population', 'households', 'dwellings'];

/** All public measures, in the order of the menu. */
export function toMeasures(cubes: readonly Cube[]): Measure[] {
  const measures = cubes.flatMap(({ measures: members }) =>
    members.map((member): Measure => {
      const isCount = isDistinctCount(member.meta);
      const aggregation = isCount ? 'count' : String(member.aggType);
      return {
        name: member.name,
        view: viewOf(member.name),
        title: member.shortTitle,
        kind: kindOf(member.format, aggregation),
        additive: additiveTypes.includes(aggregation),
        timed: timeDimensionFor(member.name) !== undefined,
        filterable: takesAccountFilters(member.name),
      };
    }),
  );
  const offered = measures.filter(
    ({ name, view }) =>
      view === 'geography' || !regionStatistics.includes(name.split('.')[1] ?? ''),
  );
  return offered.sort((a, b) => viewOrder.indexOf(a.view) - viewOrder.indexOf(b.view));
}

/** Counts of distinct accounts and orders, which also sum over regions: each is in exactly one. */
function isDistinctCount(meta: unknown): boolean {
  return typeof meta === 'object' && meta !== null && 'distinct' in meta && meta.distinct === true;
}

function kindOf(format: unknown, aggregation: string): FigureKind {
  if (format === 'currency' || format === 'percent') return format;
  return aggregation === 'number' ? 'ratio' : 'number';
}

/** The measures of the cube, loaded once a session. */
export const measureStore = new Resource(
  () => (sessionStore.state.status === 'signed-in' ? 'signed-in' : undefined),
  async (_input, signal) => toMeasures(await loadCubeMeta(signal)),
);

/** The measure of this name; a plain number while the cube has not told its measures yet. */
export function measureNamed(name: string): Measure {
  const known = measureStore.value?.find((measure) => measure.name === name);
  return (
    known ?? {
      name,
      view: viewOf(name),
      title: name,
      kind: 'number',
      additive: true,
      timed: timeDimensionFor(name) !== undefined,
      filterable: takesAccountFilters(name),
    }
  );
}

/** How to print figures of a measure in the project's currency and the person's language. */
export function figureFormat(measure: Measure): FigureFormat {
  return {
    kind: measure.kind,
    currency: sessionStore.current.project.currency,
    locale: preferences.language,
  };
}
