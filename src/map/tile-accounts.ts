import type { DisplayMeasure } from './account-display.js';
import type {
  AccountCamera,
  AccountDrawing,
  AccountMark,
  AccountOptions,
  DeckLayers,
  DrawingEvents,
} from './account-drawing.js';
import { marksOf, type CellShape, type Marks, type MarkOptions } from './account-marks.js';
import { AccountSource } from './account-source.js';
import { coveringTiles, lifecycles, nearestRow, noAccounts, summarise } from './account-tiles.js';
import type { Bbox, LonLat, VisibleSummary } from './contract.js';
import { countFormat } from './count-format.js';
import { hexagonRings, loadCellBoundary, type CellBoundary } from './hexagons.js';
import { accountLayers, radiusPixels, type HexagonRings } from './layers/accounts.js';
import { cellColumns } from './layers/cell-columns.js';
import { cellRamps } from './palette.js';
import { absolute, tileUrl } from './sources.js';

/** Accounts from tiles: cells that become points, or cells at every zoom as hexagons or columns. */
export class TileAccounts implements AccountDrawing {
  readonly #events: DrawingEvents;
  readonly #source: AccountSource;
  #options: AccountOptions | null = null;
  #template: string | null = null;
  #marks: Marks = marksOf(noAccounts, { theme: 'light', measure: 'count', cellShape: 'circles' });
  #rings: HexagonRings | null = null;
  #boundaryOf: CellBoundary | null = null;
  #formatCount = (count: number) => String(count);

  constructor(events: DrawingEvents) {
    this.#events = events;
    this.#source = new AccountSource({
      onChange: () => this.#remark(),
      onError: (message) => events.failed(message),
    });
  }

  update(options: AccountOptions): void {
    const before = this.#options;
    this.#options = options;
    this.#template = templateOf(options);
    if (before?.locale !== options.locale) this.#formatCount = countFormat(options.locale);
    const isSame = before && sameMarks(markOptions(before), markOptions(options));
    if (!isSame || before.display.mode !== options.display.mode) this.#remark();
  }

  load({ zoom, bounds }: AccountCamera): void {
    const catalog = this.#options?.catalog?.layers.find((layer) => layer.id === 'accounts');
    if (!catalog || !this.#template) {
      this.#source.show(null, []);
      return;
    }
    const z = Math.min(Math.max(Math.floor(zoom), catalog.minzoom), catalog.maxzoom);
    this.#source.show(this.#template, coveringTiles(bounds, z));
  }

  layers({ zoom, lat }: AccountCamera): DeckLayers {
    const options = this.#options;
    if (!options || this.#marks.set.length === 0) return [];
    const { opacity } = options;
    if (options.display.mode === 'columns') {
      return [cellColumns({ marks: this.#marks, opacity, zoom, lat })];
    }
    return accountLayers({
      marks: this.#marks,
      rings: this.#rings,
      theme: options.theme,
      opacity,
      zoom,
      lat,
      formatCount: this.#formatCount,
    });
  }

  get isLoading(): boolean {
    return this.#source.isLoading || (this.#needsHexagons() && !this.#rings);
  }

  summarise(bounds: Bbox): VisibleSummary {
    return summarise(this.#marks.set, bounds);
  }

  markAt(place: LonLat, tolerancePixels: number, camera: AccountCamera): AccountMark | null {
    const { set } = this.#marks;
    const radiusOf = (row: number) =>
      radiusPixels({ marks: this.#marks, zoom: camera.zoom, lat: camera.lat }, row);
    const row = nearestRow(set, place, camera.zoom, (index) => radiusOf(index) + tolerancePixels);
    if (row < 0) return null;
    const isPoint = set.mode === 'points';
    const id = set.ids[row] as number;
    return {
      kind: isPoint ? 'point' : 'group',
      row,
      lon: set.positions[row * 2] as number,
      lat: set.positions[row * 2 + 1] as number,
      count: set.counts[row] as number,
      value: this.#isMoney ? (set.values[row] as number) : null,
      code: isPoint
        ? {
            category: 'lifecycle',
            value: lifecycles[set.lifecycles[row] ?? 0] ?? null,
            label: null,
          }
        : null,
      radiusPixels: radiusOf(row),
      idOf: isPoint ? () => Promise.resolve(id) : null,
    };
  }

  retry(): void {
    this.#source.retry();
  }

  close(): void {
    this.#source.close();
  }

  get #isMoney(): boolean {
    return this.#options !== null && measureOf(this.#options) !== 'count';
  }

  #remark(): void {
    const options = this.#options;
    if (!options) return;
    this.#marks = marksOf(this.#source.shown, markOptions(options));
    this.#rings =
      this.#boundaryOf && this.#needsHexagons()
        ? hexagonRings(this.#marks, this.#boundaryOf)
        : null;
    if (this.#needsHexagons() && !this.#boundaryOf) void this.#loadHexagons();
    this.#tellPicture(options);
    this.#events.changed();
  }

  #tellPicture({ display, theme }: AccountOptions): void {
    this.#events.pictured({
      mode: display.mode,
      category: null,
      classes: [],
      count: null,
      top: this.#marks.set.mode === 'cells' ? this.#marks.top : null,
      ramp: cellRamps[theme],
      tooMany: null,
    });
  }

  #needsHexagons(): boolean {
    const { set, cellShape } = this.#marks;
    return (
      set.mode === 'cells' && cellShape === 'hexagons' && this.#options?.display.mode !== 'columns'
    );
  }

  async #loadHexagons(): Promise<void> {
    this.#boundaryOf = await loadCellBoundary();
    this.#remark();
  }
}

function measureOf({ display, measure }: AccountOptions): DisplayMeasure {
  return display.mode === 'auto' ? measure : display.measure;
}

function markOptions(options: AccountOptions): MarkOptions {
  const { display, theme } = options;
  const cellShape: CellShape = display.mode === 'auto' ? options.cellShape : 'hexagons';
  return { theme, measure: measureOf(options), cellShape };
}

function sameMarks(first: MarkOptions, second: MarkOptions): boolean {
  return (
    first.theme === second.theme &&
    first.measure === second.measure &&
    first.cellShape === second.cellShape
  );
}

function templateOf(options: AccountOptions): string | null {
  const { catalog, filter, display } = options;
  if (!catalog) return null;
  const url = tileUrl(catalog, 'accounts', [
    ...new URLSearchParams(filter).entries(),
    ['measure', measureOf(options) === 'count' ? 'count' : 'revenue'],
    ...(display.mode === 'auto' ? [] : ([['as', 'cells']] as const)),
  ]);
  return url && absolute(url, location.origin);
}
