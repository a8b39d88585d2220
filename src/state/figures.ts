import type { Query } from '@cubejs-client/core';
import { loadCube } from '../api/cube.js';
import type { Period } from '../lib/period.js';
import type { Measure } from './measures.js';
import {
  toFigures,
  toNumber,
  toRegionRows,
  type FiguresByRegion,
  type RegionRow,
} from './region-rows.js';
import {
  childrenQuery,
  regionQuery,
  splitByPlacement,
  timeDimensionFor,
  viewOf,
  type Slice,
} from './slice-queries.js';

/** What the table of parts and the colours of the map are made from. */
export interface FigureInput {
  readonly measure: Measure;
  readonly slice: Slice;
  readonly partLevel: number;
  readonly parts: readonly { readonly id: number; readonly name: string }[];
  readonly isRoot: boolean;
  /** Months to compare with; null where there is nothing to compare. */
  readonly compared: Period | null;
}

export interface PartFigures {
  readonly input: FigureInput;
  readonly rows: readonly RegionRow[];
}

/** What the tiles above the table are made from. */
export interface KpiInput {
  readonly measure: string;
  readonly slice: Slice;
  readonly isRoot: boolean;
  /** Months to compare with; null where there is nothing to compare. */
  readonly compared: Period | null;
}

/** A figure now and, where a period is set and the measure has a time, the year before. */
export interface Figure {
  readonly measure: string;
  readonly now: number | null;
  readonly before: number | null;
}

export interface Kpis {
  readonly figures: readonly Figure[];
}

/** Figures of all parts of a region; at the project also of what is not placed. */
export async function loadFigures(input: FigureInput, signal: AbortSignal): Promise<PartFigures> {
  const { measure, slice } = input;
  const earlier = earlierSlice(measure.name, slice, input.compared);
  const [now, before] = await Promise.all([
    loadParts(input, slice, signal),
    earlier ? loadParts(input, earlier, signal) : null,
  ]);
  const rows = toRegionRows({
    regions: input.parts,
    now: now.byRegion,
    before: before?.byRegion ?? null,
    notPlaced: now.notPlaced,
    notPlacedBefore: before?.notPlaced ?? null,
    additive: measure.additive,
  });
  return { input, rows };
}

/** Figures of the region itself: the measure, accounts, active customers and the fourth tile. */
export async function loadKpis(input: KpiInput, signal: AbortSignal): Promise<Kpis> {
  const measures = kpiMeasures(input);
  const figures = await Promise.all(
    measures.map(async (measure): Promise<Figure> => {
      const earlier = earlierSlice(measure, input.slice, input.compared);
      const [now, before] = await Promise.all([
        loadOne(measure, input.slice, signal),
        earlier ? loadOne(measure, earlier, signal) : null,
      ]);
      return { measure, now, before };
    }),
  );
  return { figures };
}

/** Four different measures: the chosen one first, at the project the unplaced accounts last. */
export function kpiMeasures({ measure, isRoot }: KpiInput): string[] {
  const last = isRoot ? 'accounts.not_placed' : 'accounts.leads';
  const usual = ['accounts.accounts', 'sales.active_customers', 'sales.revenue', 'sales.orders'];
  const before = [...new Set([measure, ...usual])].filter((name) => name !== last).slice(0, 3);
  return [...before, last];
}

interface Parts {
  readonly byRegion: FiguresByRegion;
  readonly notPlaced: number | null;
}

async function loadParts(input: FigureInput, slice: Slice, signal: AbortSignal): Promise<Parts> {
  const { measure, partLevel, isRoot } = input;
  const view = measure.view;
  const query = childrenQuery([measure.name], slice, partLevel);
  if (!isRoot || !measure.filterable) {
    return { byRegion: await loadByRegion(query, measure.name, signal), notPlaced: null };
  }
  const whole = regionQuery([measure.name], slice);
  const [byRegion, unplaced] = await Promise.all([
    loadByRegion(splitByPlacement(query, view, true), measure.name, signal),
    loadCube(splitByPlacement(whole, view, false), { signal }),
  ]);
  return { byRegion, notPlaced: toNumber(unplaced[0]?.[measure.name]) };
}

async function loadByRegion(
  query: Query,
  measure: string,
  signal: AbortSignal,
): Promise<FiguresByRegion> {
  const rows = await loadCube(query, { signal });
  return toFigures(rows, measure, `${viewOf(measure)}.region_id`);
}

async function loadOne(measure: string, slice: Slice, signal: AbortSignal): Promise<number | null> {
  const rows = await loadCube(regionQuery([measure], slice), { signal });
  return toNumber(rows[0]?.[measure]);
}

function earlierSlice(measure: string, slice: Slice, compared: Period | null): Slice | null {
  return compared && timeDimensionFor(measure) ? { ...slice, period: compared } : null;
}
