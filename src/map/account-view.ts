import { MapLibreOverlay } from '@deck.gl/maplibre';
import type { Map as MapLibreMap } from 'maplibre-gl';
import { marksOf, type CellShape, type Marks } from './account-marks.js';
import { AccountSource } from './account-source.js';
import { coveringTiles, noAccounts, summarise, type AccountSet } from './account-tiles.js';
import type { Bbox, MapCatalog, VisibleSummary } from './contract.js';
import { hexagonRings, loadCellBoundary, type CellBoundary } from './hexagons.js';
import { accountLayers, radiusPixels, type HexagonRings } from './layers/accounts.js';
import type { Theme } from './palette.js';
import { absolute, tileUrl } from './sources.js';

/** How accounts are to be shown. */
export interface AccountOptions {
  readonly catalog: MapCatalog | null;
  /** Query string of the filter, without `?`. */
  readonly filter: string;
  readonly measure: 'count' | 'revenue';
  readonly opacity: number;
  readonly theme: Theme;
  readonly cellShape: CellShape;
  readonly locale: string;
}

export interface AccountViewEvents {
  summaryChanged(summary: VisibleSummary): void;
  failed(message: string): void;
}

/** The accounts on the map: loads their tiles, draws them with deck.gl and knows what is in view. */
export class AccountView {
  readonly #map: MapLibreMap;
  readonly #events: AccountViewEvents;
  readonly #overlay: MapLibreOverlay;
  readonly #source: AccountSource;
  #options: AccountOptions | null = null;
  #template: string | null = null;
  #marks: Marks = marksOf(noAccounts, { theme: 'light', measure: 'count', cellShape: 'circles' });
  #rings: HexagonRings | null = null;
  #boundaryOf: CellBoundary | null = null;
  #hoveredRow = -1;
  #formatCount = (count: number) => String(count);
  #drawnZoom = Number.NaN;

  constructor(map: MapLibreMap, events: AccountViewEvents) {
    this.#map = map;
    this.#events = events;
    this.#overlay = new MapLibreOverlay({ layers: [], useDevicePixels: map.getPixelRatio() });
    this.#source = new AccountSource({
      onChange: () => this.#remark(),
      onError: (message) => events.failed(message),
    });
  }

  /**
   * Puts the drawing onto the map; its style must be loaded, deck.gl looks into it. It gets a canvas
   * of its own: sharing MapLibre's can change the size of labels (visgl/deck.gl#10700).
   */
  attach(): void {
    this.#map.addControl(this.#overlay);
  }

  /** Rows that are drawn. */
  get accounts(): AccountSet {
    return this.#marks.set;
  }

  /** Radius in pixels of a row's mark as drawn now. */
  readonly radiusOf = (row: number): number =>
    radiusPixels(
      { marks: this.#marks, zoom: this.#map.getZoom(), lat: this.#map.getCenter().lat },
      row,
    );

  /** Takes new options; tiles are asked for only when the filter, measure or version changed. */
  update(options: AccountOptions): void {
    const before = this.#options;
    this.#options = options;
    this.#template = templateOf(options);
    if (before?.locale !== options.locale) this.#formatCount = countFormat(options.locale);
    this.load();
    const looksDifferent =
      before?.theme !== options.theme ||
      before.cellShape !== options.cellShape ||
      before.measure !== options.measure;
    if (looksDifferent) this.#remark();
    else this.draw();
  }

  /** Asks for the tiles in view. Call when the map came to rest or moved on within its zoom. */
  load(): void {
    const catalog = this.#options?.catalog?.layers.find((layer) => layer.id === 'accounts');
    if (!catalog || !this.#template) {
      this.#source.show(null, []);
      return;
    }
    const zoom = Math.floor(this.#map.getZoom());
    const z = Math.min(Math.max(zoom, catalog.minzoom), catalog.maxzoom);
    this.#source.show(this.#template, coveringTiles(boundsOf(this.#map), z));
  }

  /** Tells what is in view. */
  summarise(): void {
    const isShown = (this.#options?.opacity ?? 0) > 0;
    const set = isShown ? this.#marks.set : noAccounts;
    this.#events.summaryChanged(summarise(set, boundsOf(this.#map)));
  }

  /** Rings the row under the pointer, -1 for none. */
  hover(row: number): void {
    if (row === this.#hoveredRow) return;
    this.#hoveredRow = row;
    this.draw();
  }

  /** Draws anew when the zoom changed enough to show. */
  zoomed(): void {
    if (roundZoom(this.#map.getZoom()) !== this.#drawnZoom) this.draw();
  }

  /** Hands the present layers to deck.gl. */
  draw(): void {
    const options = this.#options;
    if (!options) return;
    this.#drawnZoom = roundZoom(this.#map.getZoom());
    const layers = accountLayers({
      marks: this.#marks,
      rings: this.#rings,
      theme: options.theme,
      opacity: options.opacity,
      zoom: this.#drawnZoom,
      lat: this.#map.getCenter().lat,
      hoveredRow: this.#hoveredRow,
      formatCount: this.#formatCount,
    });
    this.#overlay.setProps({ layers, useDevicePixels: this.#map.getPixelRatio() });
  }

  /** Asks again for tiles that failed. */
  retry(): void {
    this.#source.retry();
  }

  /** Stops loading and frees the graphics memory. */
  close(): void {
    this.#source.close();
    if (this.#map.hasControl(this.#overlay)) this.#map.removeControl(this.#overlay);
  }

  #remark(): void {
    const options = this.#options;
    if (!options) return;
    this.#hoveredRow = -1;
    this.#marks = marksOf(this.#source.shown, options);
    this.#rings =
      this.#boundaryOf && this.#needsHexagons()
        ? hexagonRings(this.#marks, this.#boundaryOf)
        : null;
    if (this.#needsHexagons() && !this.#boundaryOf) void this.#loadHexagons();
    this.draw();
    this.summarise();
  }

  #needsHexagons(): boolean {
    return this.#marks.set.mode === 'cells' && this.#marks.cellShape === 'hexagons';
  }

  async #loadHexagons(): Promise<void> {
    this.#boundaryOf = await loadCellBoundary();
    this.#remark();
  }
}

/** West, south, east and north of what the map shows; the box around it when it is turned. */
export function boundsOf(map: MapLibreMap): Bbox {
  const bounds = map.getBounds();
  return [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()];
}

function templateOf({ catalog, filter, measure }: AccountOptions): string | null {
  if (!catalog) return null;
  const url = tileUrl(catalog, 'accounts', [
    ...new URLSearchParams(filter).entries(),
    ['measure', measure],
  ]);
  return url && absolute(url, location.origin);
}

function countFormat(locale: string): (count: number) => string {
  const short = new Intl.NumberFormat(locale, { notation: 'compact', maximumFractionDigits: 1 });
  const full = new Intl.NumberFormat(locale);
  return (count) => (count < 10_000 ? full.format(count) : short.format(count));
}

function roundZoom(zoom: number): number {
  return Math.round(zoom * 4) / 4;
}
