import type { Map as MapLibreMap, MapMouseEvent } from 'maplibre-gl';
import type { AccountMark } from './account-drawing.js';
import type { AccountView } from './account-view.js';
import type { LonLat } from './contract.js';
import { hoverCard } from './hover-card.js';
import type { MapListener, MapState } from './map-state.js';
import { pick, pickRegion, pickRoad, type Hit } from './picking.js';

/** What the pointer works with and whom it tells. */
export interface MapPointerOptions {
  readonly map: MapLibreMap;
  readonly accounts: AccountView;
  readonly listener: MapListener;
  readonly stateOf: () => MapState;
  /** Called when another region is under the pointer. */
  readonly regionHovered: () => void;
  readonly zoomInto: (place: LonLat, zoom: number) => void;
}

/** Turns clicks and moves over the map into events, highlights and the card at the pointer. */
export class MapPointer {
  readonly #options: MapPointerOptions;
  #hoveredRegionId: number | null = null;
  #frame = 0;
  /** Number of the newest look: the answer of an older one is out of date. */
  #look = 0;

  constructor(options: MapPointerOptions) {
    this.#options = options;
    const { map } = options;
    map.on('click', (event) => void this.#click(event));
    map.on('mousemove', (event) => this.#schedule(event));
    map.on('mouseout', () => this.#leave());
    map.on('dragstart', () => this.#leave());
  }

  /** The region under the pointer, null when none. */
  get hoveredRegionId(): number | null {
    return this.#hoveredRegionId;
  }

  /** Forgets a move that was not looked at yet. */
  close(): void {
    cancelAnimationFrame(this.#frame);
  }

  #pick(event: MapMouseEvent): Promise<Hit | null> {
    const { map, accounts } = this.#options;
    return pick({
      map,
      point: event.point,
      accounts,
      pointer: isTouch(event) ? 'touch' : 'mouse',
    });
  }

  async #click(event: MapMouseEvent): Promise<void> {
    const { listener, stateOf } = this.#options;
    const { tool } = stateOf().drawing;
    if (tool !== null && tool !== 'region' && tool !== 'road') return;
    if (tool !== null || event.originalEvent.shiftKey) return this.#pickFor(tool, event);
    const hit = await this.#pick(event);
    if (!hit) return;
    const lonLat = { lon: event.lngLat.lng, lat: event.lngLat.lat };
    if (hit.kind === 'region') listener.regionClicked(hit.id);
    else if (hit.kind === 'feature') listener.featureClicked(hit.layer, hit.id, lonLat);
    else await this.#clickAccount(hit.mark);
  }

  /** Adds what is there to the selection: the region or road that the tool asks for, else the smallest thing. */
  async #pickFor(tool: 'region' | 'road' | null, event: MapMouseEvent): Promise<void> {
    const { map, listener } = this.#options;
    const hit =
      tool === 'region'
        ? pickRegion(map, event.point)
        : tool === 'road'
          ? pickRoad(map, event.point, isTouch(event) ? 'touch' : 'mouse')
          : await this.#pick(event);
    if (hit?.kind === 'region') listener.picked('regions', hit.id);
    else if (hit?.kind === 'feature' && hit.layer === 'roads') listener.picked('road', hit.id);
    else if (hit?.kind === 'account' && hit.mark.idOf !== null) {
      await this.#withId(hit.mark.idOf, (id) => listener.picked('accounts', id));
    }
  }

  async #clickAccount({ idOf, lon, lat }: AccountMark): Promise<void> {
    const { map, listener, zoomInto } = this.#options;
    if (idOf === null) {
      zoomInto({ lon, lat }, Math.min(map.getZoom() + 2, 18));
      return;
    }
    await this.#withId(idOf, (id) => listener.accountClicked(id));
  }

  async #withId(idOf: () => Promise<number>, use: (id: number) => void): Promise<void> {
    try {
      use(await idOf());
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      this.#options.listener.failed('accounts', message);
    }
  }

  /** At most one look a frame, however fast the mouse reports. */
  #schedule(event: MapMouseEvent): void {
    cancelAnimationFrame(this.#frame);
    if (isTouch(event) || matchMedia('(hover: none)').matches) return;
    this.#frame = requestAnimationFrame(() => void this.#hover(event));
  }

  async #hover(event: MapMouseEvent): Promise<void> {
    const { map, accounts, listener, stateOf } = this.#options;
    if (map.isMoving()) return;
    const look = (this.#look += 1);
    const hit = await this.#pick(event);
    if (look !== this.#look) return;
    const { choropleth, locale, drawing } = stateOf();
    const isDrawing = drawing.tool !== null;
    map.getCanvas().style.cursor = isDrawing ? 'crosshair' : hit ? 'pointer' : '';
    accounts.hover(hit?.kind === 'account' ? hit.mark : null);
    this.#hoverRegion(hit?.kind === 'region' ? hit.id : null);
    const formatCount = (count: number) => count.toLocaleString(locale);
    const card = hit && hoverCard({ hit, choropleth, formatCount });
    listener.cardChanged(card && { card, x: event.point.x, y: event.point.y });
  }

  #leave(): void {
    cancelAnimationFrame(this.#frame);
    this.#look += 1;
    this.#options.accounts.hover(null);
    this.#hoverRegion(null);
    this.#options.listener.cardChanged(null);
  }

  #hoverRegion(id: number | null): void {
    if (id === this.#hoveredRegionId) return;
    this.#hoveredRegionId = id;
    this.#options.regionHovered();
    this.#options.listener.regionHovered(id);
  }
}

function isTouch({ originalEvent }: MapMouseEvent): boolean {
  return 'pointerType' in originalEvent && originalEvent.pointerType === 'touch';
}
