import type { Map as MapLibreMap } from 'maplibre-gl';
import type { LonLat } from '../contract.js';

const longPressMs = 500;
const stillPixels = 8;
const sameGestureMs = 1500;

/** Asks for a place by right click, by a long press of one finger, and by Shift+F10 for the middle of the map. */
export class PlaceAsker {
  readonly #map: MapLibreMap;
  readonly #ask: (place: LonLat) => void;
  readonly #canvas: HTMLElement;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #toldAt = -Infinity;
  #pressed: { readonly x: number; readonly y: number } | null = null;

  constructor(map: MapLibreMap, ask: (place: LonLat) => void) {
    this.#map = map;
    this.#ask = ask;
    this.#canvas = map.getCanvasContainer();
    map.on('contextmenu', (event) => {
      event.preventDefault();
      // Some browsers send this after a long press too, which has told already.
      if (event.originalEvent.timeStamp - this.#toldAt < sameGestureMs) return;
      ask({ lon: event.lngLat.lng, lat: event.lngLat.lat });
    });
    this.#canvas.addEventListener('touchstart', this.#start, { passive: true });
    this.#canvas.addEventListener('touchmove', this.#move, { passive: true });
    for (const type of ['touchend', 'touchcancel']) {
      this.#canvas.addEventListener(type, this.#end, { passive: true });
    }
    map.getCanvas().addEventListener('keydown', this.#key);
  }

  close(): void {
    clearTimeout(this.#timer);
  }

  readonly #start = (event: TouchEvent): void => {
    clearTimeout(this.#timer);
    const [touch] = event.touches;
    if (!touch || event.touches.length > 1) return;
    this.#pressed = { x: touch.clientX, y: touch.clientY };
    this.#timer = setTimeout(() => this.#longPressed(), longPressMs);
  };

  readonly #move = (event: TouchEvent): void => {
    const [touch] = event.touches;
    if (!touch || !this.#pressed) return;
    const moved = Math.hypot(touch.clientX - this.#pressed.x, touch.clientY - this.#pressed.y);
    if (moved > stillPixels) this.#end();
  };

  readonly #end = (): void => {
    clearTimeout(this.#timer);
    this.#pressed = null;
  };

  readonly #key = (event: KeyboardEvent): void => {
    const asks = event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey);
    if (!asks) return;
    event.preventDefault();
    const { lng, lat } = this.#map.getCenter();
    this.#ask({ lon: lng, lat });
  };

  #longPressed(): void {
    if (!this.#pressed) return;
    const { left, top } = this.#canvas.getBoundingClientRect();
    const { lng, lat } = this.#map.unproject([this.#pressed.x - left, this.#pressed.y - top]);
    this.#toldAt = performance.now();
    this.#ask({ lon: lng, lat });
  }
}
