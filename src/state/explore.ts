import { getAccountSummary } from '../api/accounts.js';
import { loadCube } from '../api/cube.js';
import { getProjectRegion, getRegion, listRegions } from '../api/regions.js';
import { getTileCatalog } from '../api/tiles.js';
import type { Region, RegionDetail } from '../../server/contract/regions.js';
import { comparedPeriod, type Period } from '../lib/period.js';
import { loadFigures, loadKpis, type FigureInput, type KpiInput } from './figures.js';
import { watchSignals } from '../lib/signals.js';
import { appLocation } from './location.js';
import { measureNamed, measureStore } from './measures.js';
import { toNumber } from './region-rows.js';
import { Resource } from './resource.js';
import { sessionStore } from './session.js';
import { statusStore } from './status.js';
import {
  accountFilterQuery,
  timelineQuery,
  timeDimensionFor,
  type Slice,
} from './slice-queries.js';

/** The region looked at and the regions that the map colours and the table lists. */
export interface RegionView {
  readonly region: RegionDetail;
  /** The region itself, or its parent where it has no parts: then the table shows its siblings. */
  readonly focus: RegionDetail;
  readonly parts: readonly Region[];
  /** Level of the parts; null where the project has no regions at all. */
  readonly partLevel: number | null;
  readonly isLeaf: boolean;
}

type AnyResource = Pick<Resource<never, unknown>, 'start' | 'stop' | 'reload' | 'state'>;

export interface MonthFigure {
  /** YYYY-MM. */
  readonly month: string;
  readonly value: number;
}

const signedIn = () => sessionStore.state.status === 'signed-in';

async function loadRegionView(id: number, signal: AbortSignal): Promise<RegionView> {
  const [region, own] = await Promise.all([getRegion(id, signal), listRegions(id, signal)]);
  if (own.length > 0 || region.parentId === null) return toView(region, region, own);
  const [parent, siblings] = await Promise.all([
    getRegion(region.parentId, signal),
    listRegions(region.parentId, signal),
  ]);
  return toView(region, parent, siblings);
}

function toView(region: RegionDetail, focus: RegionDetail, parts: readonly Region[]): RegionView {
  const levels = parts.map(({ level }) => level);
  const partLevel = levels.length > 0 ? Math.min(...levels) : null;
  return {
    region,
    focus,
    parts: parts.filter(({ level }) => level === partLevel),
    partLevel,
    isLeaf: region.id !== focus.id,
  };
}

async function loadTimeline(
  { measure, slice }: { measure: string; slice: Slice },
  signal: AbortSignal,
): Promise<readonly MonthFigure[]> {
  const rows = await loadCube(timelineQuery(measure, slice), { signal });
  const dimension = `${timeDimensionFor(measure) ?? ''}.month`;
  return rows
    .map((row) => ({
      month: String(row[dimension] ?? '').slice(0, 7),
      value: toNumber(row[measure]) ?? 0,
    }))
    .filter(({ month }) => month.length === 7);
}

/** Everything that the Explore screen reads, kept in step with the address. */
class ExploreStore {
  readonly root = new Resource(
    () => (signedIn() ? 'project' : undefined),
    (_input, signal) => getProjectRegion(signal),
  );

  readonly view = new Resource(
    () => (signedIn() ? this.regionId : undefined),
    (id, signal) => loadRegionView(id, signal),
  );

  readonly figures = new Resource(
    () => this.#figureInput(),
    (input, signal) => loadFigures(input, signal),
  );

  readonly kpis = new Resource(
    () => this.#kpiInput(),
    (input, signal) => loadKpis(input, signal),
  );

  readonly timeline = new Resource(
    () => this.#timelineInput(),
    (input, signal) => loadTimeline(input, signal),
  );

  readonly summary = new Resource(
    () => (signedIn() ? { filter: this.accountFilter, region: this.#regionFilter } : undefined),
    ({ filter, region }, signal) =>
      getAccountSummary([region, filter].filter(Boolean).join('&'), signal),
  );

  readonly catalog = new Resource(
    () => (signedIn() ? 'catalog' : undefined),
    (_input, signal) => getTileCatalog(signal),
  );

  #endRetries: (() => void) | undefined;

  get #all(): readonly AnyResource[] {
    return [
      measureStore,
      this.root,
      this.view,
      this.figures,
      this.kpis,
      this.timeline,
      this.summary,
      this.catalog,
    ];
  }

  start(): void {
    for (const resource of this.#all) resource.start();
    this.#endRetries ??= watchSignals(() => {
      const status = statusStore.state;
      if (typeof status === 'object' && status.state === 'ready') {
        queueMicrotask(() => this.#retryFailed());
      }
    });
  }

  stop(): void {
    this.#endRetries?.();
    this.#endRetries = undefined;
    for (const resource of this.#all) resource.stop();
  }

  /** Loads again what failed, or everything after a change of the data. */
  reload(): void {
    const { view, figures, kpis, timeline, summary, catalog } = this;
    for (const resource of [view, figures, kpis, timeline, summary, catalog]) resource.reload();
  }

  /** Asks again for what failed, once the server says that it is well. */
  #retryFailed(): void {
    for (const resource of this.#all) {
      if (resource.state.status === 'failed') resource.reload();
    }
  }

  /** Id of the region looked at; the project's own where the address names none. */
  get regionId(): number | undefined {
    return appLocation.state.region ?? this.root.value?.id;
  }

  get isRoot(): boolean {
    return this.regionId !== undefined && this.regionId === this.root.value?.id;
  }

  /** The account filter of tiles, lists and exports, without the region. */
  get accountFilter(): string {
    return accountFilterQuery(appLocation.state.filters, null);
  }

  /** The measure that the bars show: the chosen one where it has a time, else revenue. */
  get timelineMeasure(): string {
    const { measure } = appLocation.state;
    return timeDimensionFor(measure) ? measure : 'sales.revenue';
  }

  /** First and last month that hold data, once the timeline is there. */
  get dataPeriod(): Period | null {
    const months = this.timeline.value?.map(({ month }) => month) ?? [];
    const first = months[0];
    const last = months.at(-1);
    return first && last ? { first, last } : null;
  }

  get #compared(): Period | null {
    const { period } = appLocation.state;
    const data = this.dataPeriod;
    return period && data ? comparedPeriod(period, data) : null;
  }

  get #regionFilter(): string {
    return this.isRoot || this.regionId === undefined ? '' : `region=${this.regionId}`;
  }

  #slice(region: RegionDetail): Slice {
    const { period, filters } = appLocation.state;
    return { regionId: region.id, level: region.level, period, filters };
  }

  #figureInput(): FigureInput | undefined {
    const view = this.#currentView();
    if (!view || view.partLevel === null || !measureStore.value) return undefined;
    return {
      measure: measureNamed(appLocation.state.measure),
      slice: this.#slice(view.focus),
      partLevel: view.partLevel,
      parts: view.parts.map(({ id, name }) => ({ id, name })),
      isRoot: view.focus.level === 0,
      compared: this.#compared,
    };
  }

  #kpiInput(): KpiInput | undefined {
    const view = this.#currentView();
    if (!view || !measureStore.value) return undefined;
    return {
      measure: appLocation.state.measure,
      slice: this.#slice(view.region),
      isRoot: view.region.level === 0,
      compared: this.#compared,
    };
  }

  #timelineInput(): { measure: string; slice: Slice } | undefined {
    const view = this.#currentView();
    if (!view) return undefined;
    return { measure: this.timelineMeasure, slice: { ...this.#slice(view.region), period: null } };
  }

  /** The view only when it is of the region in the address, so that figures never mix two. */
  #currentView(): RegionView | undefined {
    const view = this.view.value;
    return view?.region.id === this.regionId ? view : undefined;
  }
}

export const explore = new ExploreStore();
