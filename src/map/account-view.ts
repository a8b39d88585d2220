import { MapLibreOverlay } from '@deck.gl/maplibre';
import type { Map as MapLibreMap } from 'maplibre-gl';
import type { DisplayMode } from './account-display.js';
import type {
  AccountCamera,
  AccountDrawing,
  AccountMark,
  AccountOptions,
  DrawingEvents,
} from './account-drawing.js';
import type { AccountPicture, Bbox, LonLat, VisibleSummary } from './contract.js';
import { hoveredMark } from './layers/hovered-mark.js';
import { PointAccounts } from './points/point-accounts.js';
import { TileAccounts } from './tile-accounts.js';

export interface AccountViewEvents {
  summaryChanged(summary: VisibleSummary): void;
  pictureChanged(picture: AccountPicture): void;
  failed(message: string): void;
}

const noneInView: VisibleSummary = { accounts: 0, cells: 0, mode: 'points' };

/** The accounts on the map: draws them the way that was chosen and knows what is in view. */
export class AccountView {
  readonly #map: MapLibreMap;
  readonly #events: AccountViewEvents;
  readonly #overlay: MapLibreOverlay;
  #drawing: AccountDrawing;
  #kind: 'tiles' | 'points' = 'tiles';
  #options: AccountOptions | null = null;
  /** Catalog version and filter for which points were too many to be drawn one by one. */
  #tooMany: { readonly key: string; readonly accounts: number } | null = null;
  #hovered: AccountMark | null = null;
  #drawnZoom = Number.NaN;
  /** Number of the newest summary asked for: an older answer is out of date. */
  #summaries = 0;

  constructor(map: MapLibreMap, events: AccountViewEvents) {
    this.#map = map;
    this.#events = events;
    this.#overlay = new MapLibreOverlay({ layers: [], useDevicePixels: map.getPixelRatio() });
    this.#drawing = this.#newDrawing('tiles');
  }

  /**
   * Puts the drawing onto the map; its style must be loaded, deck.gl looks into it. It gets a canvas
   * of its own: sharing MapLibre's can change the size of labels (visgl/deck.gl#10700).
   */
  attach(): void {
    this.#map.addControl(this.#overlay);
  }

  /** Takes new options; what is drawn already stays where it does not depend on them. */
  update(options: AccountOptions): void {
    this.#options = options;
    const isCrowded = this.#tooMany?.key === crowdKey(options);
    const kind = isDrawnByTiles(options.display.mode) || isCrowded ? 'tiles' : 'points';
    if (kind !== this.#kind) {
      this.#drawing.close();
      this.#kind = kind;
      this.#hovered = null;
      this.#drawing = this.#newDrawing(kind);
    }
    this.#drawing.update(this.#shownOptions(options));
    this.load();
    this.draw();
  }

  /** Asks for what is in view. Call when the map came to rest or moved on within its zoom. */
  load(): void {
    this.#drawing.load(this.#camera());
  }

  /** Whether accounts in view are still on their way. */
  get isLoading(): boolean {
    return this.#drawing.isLoading;
  }

  /** Tells what is in view. */
  summarise(): void {
    const number = (this.#summaries += 1);
    const isShown = (this.#options?.opacity ?? 0) > 0;
    void Promise.resolve(isShown ? this.#drawing.summarise(boundsOf(this.#map)) : noneInView)
      .then((summary) => {
        if (summary && number === this.#summaries) this.#events.summaryChanged(summary);
      })
      .catch((error: unknown) => this.#events.failed(String(error)));
  }

  /** What is drawn at a place, the nearest within the tolerance. */
  async markAt(place: LonLat, tolerancePixels: number): Promise<AccountMark | null> {
    if ((this.#options?.opacity ?? 0) === 0) return null;
    return this.#drawing.markAt(place, tolerancePixels, this.#camera());
  }

  /** Rings the mark under the pointer. */
  hover(mark: AccountMark | null): void {
    if (mark?.row === this.#hovered?.row) return;
    this.#hovered = mark;
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
    const camera = { ...this.#camera(), zoom: roundZoom(this.#map.getZoom()) };
    this.#drawnZoom = camera.zoom;
    const ring = this.#hovered && hoveredMark(this.#hovered, options.theme);
    const layers = options.opacity === 0 ? [] : [...this.#drawing.layers(camera), ring];
    this.#overlay.setProps({ layers, useDevicePixels: this.#map.getPixelRatio() });
  }

  /** Asks again for what failed. */
  retry(): void {
    this.#drawing.retry();
  }

  /** Stops loading and frees the graphics memory. */
  close(): void {
    this.#drawing.close();
    if (this.#map.hasControl(this.#overlay)) this.#map.removeControl(this.#overlay);
  }

  #newDrawing(kind: 'tiles' | 'points'): AccountDrawing {
    const events: DrawingEvents = {
      changed: () => {
        this.#hovered = null;
        this.draw();
        this.summarise();
      },
      pictured: (picture) =>
        this.#events.pictureChanged({ ...picture, tooMany: this.#tooMany?.accounts ?? null }),
      failed: (message) => this.#events.failed(message),
    };
    if (kind === 'tiles') return new TileAccounts(events);
    return new PointAccounts({ ...events, tooMany: (accounts) => this.#fallBack(accounts) });
  }

  /** Draws tiles instead of points until the filter or the data change. */
  #fallBack(accounts: number): void {
    const options = this.#options;
    if (!options) return;
    this.#tooMany = { key: crowdKey(options), accounts };
    this.update(options);
  }

  /** Where points cannot be had, cells that become points stand in for them. */
  #shownOptions(options: AccountOptions): AccountOptions {
    const { display } = options;
    if (this.#tooMany?.key !== crowdKey(options)) this.#tooMany = null;
    if (this.#tooMany === null || isDrawnByTiles(display.mode)) return options;
    return { ...options, display: { ...display, mode: 'auto' } };
  }

  #camera(): AccountCamera {
    const { clientWidth, clientHeight } = this.#map.getContainer();
    return {
      bounds: boundsOf(this.#map),
      zoom: this.#map.getZoom(),
      lat: this.#map.getCenter().lat,
      width: clientWidth,
      height: clientHeight,
      pixelRatio: this.#map.getPixelRatio(),
    };
  }
}

/** West, south, east and north of what the map shows; the box around it when it is turned. */
export function boundsOf(map: MapLibreMap): Bbox {
  const bounds = map.getBounds();
  return [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()];
}

function isDrawnByTiles(mode: DisplayMode): boolean {
  return mode === 'auto' || mode === 'hexagons' || mode === 'columns';
}

function crowdKey({ catalog, filter }: AccountOptions): string {
  const version = catalog?.layers.find(({ id }) => id === 'accounts')?.version ?? '';
  return `${version} ${filter}`;
}

function roundZoom(zoom: number): number {
  return Math.round(zoom * 4) / 4;
}
