import type { Map as MapLibreMap, MapMouseEvent } from 'maplibre-gl';
import type { SelectionLeaf } from '../../../server/contract/selections.js';
import {
  addPoint,
  dropPoint,
  extendStroke,
  isClickTool,
  isMeasuring,
  isStrokeTool,
  keptCorners,
  startSketch,
  toLeaf,
  type DrawTool,
  type Position,
  type Sketch,
} from './sketch.js';

export interface DrawToolsListener {
  sketched(sketch: Sketch | null): void;
  drawn(leaf: SelectionLeaf): void;
  /** Escape without a sketch. */
  ended(): void;
}

/** A press that moved less than this is a click. */
const clickPixels = 4;
/** A click so near to the first corner closes the shape. */
const closePixels = 12;
/** A lasso leaves the way of the pointer by at most so much. */
const lassoPixels = 1.5;

/** Turns presses, clicks and keys into sketches while a tool is at hand; the map still zooms, and moves for click tools. */
export class DrawTools {
  readonly #map: MapLibreMap;
  readonly #listener: DrawToolsListener;
  readonly #canvas: HTMLElement;
  #tool: DrawTool | null = null;
  #sketch: Sketch | null = null;
  #pressed: { readonly id: number; readonly x: number; readonly y: number } | null = null;

  constructor(map: MapLibreMap, listener: DrawToolsListener) {
    this.#map = map;
    this.#listener = listener;
    this.#canvas = map.getCanvasContainer();
    this.#canvas.addEventListener('pointerdown', this.#down);
    this.#canvas.addEventListener('pointermove', this.#move);
    this.#canvas.addEventListener('pointerup', this.#up);
    this.#canvas.addEventListener('pointercancel', this.#cancel);
    addEventListener('keydown', this.#key);
    map.on('click', (event) => this.#click(event));
    map.on('dblclick', (event) => this.#doubleClick(event));
    map.on('mousemove', (event) => this.#hover(event));
  }

  /** Takes another tool in hand, or none; what was drawn so far with the last one is forgotten. */
  use(tool: DrawTool | null): void {
    if (tool === this.#tool) return;
    this.#tool = tool;
    this.#pressed = null;
    this.#set(null);
    const isStroke = tool !== null && isStrokeTool(tool);
    toggle(this.#map.dragPan, !isStroke);
    toggle(this.#map.boxZoom, tool === null);
    toggle(this.#map.doubleClickZoom, tool === null);
    this.#canvas.style.touchAction = isStroke ? 'none' : '';
    this.#map.getCanvas().style.cursor = tool === null ? '' : 'crosshair';
  }

  /** Ends a shape drawn by clicks, as Enter does. */
  finish(): void {
    const sketch = this.#sketch;
    if (!sketch || isMeasuring(sketch.tool)) return;
    const leaf = toLeaf(sketch);
    if (!leaf) return;
    this.#listener.drawn(leaf);
    this.#set(null);
  }

  close(): void {
    removeEventListener('keydown', this.#key);
  }

  readonly #down = (event: PointerEvent): void => {
    if (this.#tool === null || !isStrokeTool(this.#tool)) return;
    if (event.button !== 0) return;
    if (this.#pressed) {
      // A second finger means to zoom.
      this.#pressed = null;
      this.#set(null);
      return;
    }
    this.#pressed = { id: event.pointerId, x: event.clientX, y: event.clientY };
    this.#set(startSketch(this.#tool, this.#positionOf(event)));
  };

  readonly #move = (event: PointerEvent): void => {
    if (!this.#sketch || event.pointerId !== this.#pressed?.id) return;
    this.#set(extendStroke(this.#sketch, this.#positionOf(event)));
  };

  readonly #up = (event: PointerEvent): void => {
    const pressed = this.#pressed;
    if (!this.#sketch || event.pointerId !== pressed?.id) return;
    this.#pressed = null;
    const moved = Math.hypot(event.clientX - pressed.x, event.clientY - pressed.y);
    const stroke = extendStroke(this.#sketch, this.#positionOf(event));
    const leaf = toLeaf(this.#simplified(stroke), moved < clickPixels);
    this.#set(null);
    if (leaf) this.#listener.drawn(leaf);
  };

  readonly #cancel = (): void => {
    if (!this.#pressed) return;
    this.#pressed = null;
    this.#set(null);
  };

  readonly #key = (event: KeyboardEvent): void => {
    if (this.#tool === null || isTyping(event)) return;
    if (event.key === 'Escape') {
      if (this.#sketch) this.#set(null);
      else this.#listener.ended();
      this.#pressed = null;
    } else if (event.key === 'Enter' && this.#sketch) this.finish();
    else if (event.key === 'Backspace' && this.#sketch) this.#set(dropPoint(this.#sketch));
    else return;
    event.preventDefault();
  };

  #click(event: MapMouseEvent): void {
    if (this.#tool === null || !isClickTool(this.#tool)) return;
    const at: Position = [event.lngLat.lng, event.lngLat.lat];
    if (!this.#sketch) return this.#set(startSketch(this.#tool, at));
    if (this.#closes(event)) return this.finish();
    this.#set(addPoint(this.#sketch, at));
  }

  #doubleClick(event: MapMouseEvent): void {
    if (!this.#sketch || !isClickTool(this.#sketch.tool)) return;
    event.preventDefault();
    this.finish();
  }

  #hover(event: MapMouseEvent): void {
    if (!this.#sketch || !isClickTool(this.#sketch.tool)) return;
    this.#set({ ...this.#sketch, pointer: [event.lngLat.lng, event.lngLat.lat] });
  }

  /** Whether a click is on the first corner of a shape that has enough of them. */
  #closes({ point }: MapMouseEvent): boolean {
    const { tool, points } = this.#sketch!;
    if (tool !== 'polygon' || points.length < 3) return false;
    const first = this.#map.project([points[0]![0], points[0]![1]]);
    return Math.hypot(first.x - point.x, first.y - point.y) <= closePixels;
  }

  #simplified(sketch: Sketch): Sketch {
    if (sketch.tool !== 'lasso') return sketch;
    const pixels = sketch.points.map(([lon, lat]) => this.#map.project([lon, lat]));
    const kept = keptCorners(pixels, lassoPixels);
    return { ...sketch, points: kept.map((index) => sketch.points[index]!) };
  }

  #set(sketch: Sketch | null): void {
    if (sketch === this.#sketch) return;
    this.#sketch = sketch;
    this.#listener.sketched(sketch);
  }

  #positionOf(event: PointerEvent): Position {
    const { left, top } = this.#canvas.getBoundingClientRect();
    const { lng, lat } = this.#map.unproject([event.clientX - left, event.clientY - top]);
    return [lng, lat];
  }
}

function toggle(
  handler: { readonly enable: () => void; readonly disable: () => void },
  on: boolean,
): void {
  if (on) handler.enable();
  else handler.disable();
}

/** Whether the key goes into a field; behind shadow roots only the path of the event tells. */
function isTyping(event: KeyboardEvent): boolean {
  const [target] = event.composedPath();
  return (
    target instanceof HTMLInputElement ||
    target instanceof HTMLTextAreaElement ||
    target instanceof HTMLSelectElement
  );
}
