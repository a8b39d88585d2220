import { msg, str } from '@lit/localize';
import { nothing, render, svg } from 'lit';
import type { Map as MapLibreMap } from 'maplibre-gl';
import type { SelectionLeaf } from '../../../server/contract/selections.js';
import { noDrawing, type Drawing } from './drawing.js';
import { circleRing, distanceMeters } from './geodesy.js';
import { handlesOf, moveHandle, removeCorner, type Handle } from './handles.js';
import { measuredText } from './measured.js';
import type { Position, Sketch } from './sketch.js';

/** What the overlay tells. */
export interface DrawListener {
  shapeEdited(index: number, leaf: SelectionLeaf, isFinal: boolean): void;
}

/** A finger covers so many pixels, a mouse needs fewer. */
const gripPixels = matchMedia('(pointer: coarse)').matches ? 22 : 12;
const arrowSteps: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** A shape as it is while one of its handles is held. */
type Dragging = { readonly index: number; readonly leaf: SelectionLeaf };
type Grabbed = Dragging & { readonly handle: Handle };

/**
 * Shapes over the map, in SVG: what is selected, what is being drawn, and handles that are buttons for pointer and
 * keyboard. It follows the map by being drawn again with every frame in which that moves.
 */
export class DrawOverlay {
  readonly #map: MapLibreMap;
  readonly #listener: DrawListener;
  readonly #root = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  #drawing = noDrawing;
  #sketch: Sketch | null = null;
  #locale = 'en';
  #dragging: Dragging | null = null;

  constructor(map: MapLibreMap, container: HTMLElement, listener: DrawListener) {
    this.#map = map;
    this.#listener = listener;
    this.#root.setAttribute('class', 'draw');
    container.append(this.#root);
    map.on('move', () => this.#draw());
    map.on('resize', () => this.#draw());
  }

  update(drawing: Drawing, locale: string): void {
    if (drawing.outline !== this.#drawing.outline) this.#dragging = null;
    this.#drawing = drawing;
    this.#locale = locale;
    this.#draw();
  }

  /** Shows what is being drawn; null for nothing. */
  sketch(sketch: Sketch | null): void {
    this.#sketch = sketch;
    this.#draw();
  }

  close(): void {
    this.#root.remove();
  }

  #draw(): void {
    const { outline, shapes } = this.#drawing;
    const area = outline ? this.#path(outline.flat(), true) : '';
    render(
      svg`
        ${area ? svg`<path class="halo" d=${area}></path><path class="outline" d=${area}></path>` : nothing}
        ${shapes.map((leaf, index) => this.#edited(this.#shownLeaf(leaf, index), index))}
        ${this.#sketch ? this.#sketched(this.#sketch) : nothing}
      `,
      this.#root as unknown as HTMLElement,
    );
  }

  #shownLeaf(leaf: SelectionLeaf, index: number): SelectionLeaf {
    return this.#dragging?.index === index ? this.#dragging.leaf : leaf;
  }

  #edited(leaf: SelectionLeaf, index: number) {
    const handles = handlesOf(leaf);
    if (handles.length === 0) return nothing;
    return svg`<path class="edited" d=${this.#leafPath(leaf)}></path>
      ${handles.map((handle) => this.#handle(leaf, index, handle))}`;
  }

  #handle(leaf: SelectionLeaf, index: number, handle: Handle) {
    const { x, y } = this.#map.project([handle.at[0], handle.at[1]]);
    return svg`<g
      class="handle ${handle.kind}"
      transform="translate(${x} ${y})"
      role="button"
      tabindex="0"
      data-handle="${index}:${handle.kind}:${handle.index}"
      aria-label=${labelOf(handle)}
      @pointerdown=${(event: PointerEvent) => this.#grab(event, { index, handle, leaf })}
      @dblclick=${(event: Event) => {
        event.stopPropagation();
        this.#change(index, removeCorner(leaf, handle), true);
      }}
      @keydown=${(event: KeyboardEvent) => this.#key(event, { index, handle, leaf })}
    ><circle class="grip" r=${gripPixels}></circle><circle
      class="corner"
      r=${handle.kind === 'middle' ? 4 : 6}
    ></circle></g>`;
  }

  #sketched(sketch: Sketch) {
    const { tool, points, pointer } = sketch;
    const line = pointer ? [...points, pointer] : points;
    const isOpen = tool === 'corridor' || tool === 'distance';
    const end = line.at(-1)!;
    const { x, y } = this.#map.project([end[0], end[1]]);
    const showsCorners = !['box', 'circle', 'lasso'].includes(tool);
    return svg`
      <path class="sketch ${isOpen ? 'open' : ''}" d=${this.#path([sketchRing(sketch, line)], !isOpen)}></path>
      ${(showsCorners ? points : []).map((point) => {
        const at = this.#map.project([point[0], point[1]]);
        return svg`<circle class="corner" cx=${at.x} cy=${at.y} r="4"></circle>`;
      })}
      <text x=${x + 14} y=${y - 10}>${measuredText(sketch, this.#locale)}</text>`;
  }

  #leafPath(leaf: SelectionLeaf): string {
    if (leaf.kind === 'circle') {
      return this.#path([circleRing(leaf.center, leaf.radiusMeters)], true);
    }
    if ('ring' in leaf) return this.#path([leaf.ring], true);
    if ('line' in leaf) return this.#path([leaf.line], false);
    return this.#path(
      [
        handlesOf(leaf)
          .filter(({ kind }) => kind === 'corner')
          .map(({ at }) => at),
      ],
      true,
    );
  }

  #path(lines: readonly (readonly Position[])[], isClosed: boolean): string {
    return lines
      .map((line) => {
        const points = line.map(([lon, lat]) => {
          const { x, y } = this.#map.project([lon, lat]);
          return `${x.toFixed(1)} ${y.toFixed(1)}`;
        });
        return `M${points.join('L')}${isClosed ? 'Z' : ''}`;
      })
      .join('');
  }

  /** Follows the pointer from here on, until it is let go. */
  #grab(event: PointerEvent, grabbed: Grabbed): void {
    if (event.button !== 0) return;
    event.preventDefault();
    event.stopPropagation();
    const target = event.currentTarget as Element;
    target.setPointerCapture(event.pointerId);
    let latest = grabbed.leaf;
    const move = (moved: Event) => {
      latest = moveHandle(grabbed.leaf, grabbed.handle, this.#positionOf(moved as PointerEvent));
      this.#change(grabbed.index, latest, false);
    };
    const end = (ended: Event) => {
      target.removeEventListener('pointermove', move);
      target.removeEventListener('pointerup', end);
      target.removeEventListener('pointercancel', end);
      if (ended.type === 'pointercancel') return this.#letGo();
      if (latest !== grabbed.leaf) this.#change(grabbed.index, latest, true);
    };
    target.addEventListener('pointermove', move);
    target.addEventListener('pointerup', end);
    target.addEventListener('pointercancel', end);
  }

  #key(event: KeyboardEvent, { index, handle, leaf }: Grabbed): void {
    const step = arrowSteps[event.key];
    if (event.key === 'Delete' || event.key === 'Backspace') {
      this.#change(index, removeCorner(leaf, handle), true);
    } else if (step) {
      const pixels = event.shiftKey ? 1 : 10;
      const { x, y } = this.#map.project([handle.at[0], handle.at[1]]);
      const { lng, lat } = this.#map.unproject([x + step[0] * pixels, y + step[1] * pixels]);
      this.#change(index, moveHandle(leaf, handle, [lng, lat]), true);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }

  #change(index: number, leaf: SelectionLeaf, isFinal: boolean): void {
    const before = this.#drawing.shapes[index];
    if (leaf === before) return;
    this.#dragging = before ? { index, leaf } : null;
    this.#draw();
    this.#listener.shapeEdited(index, leaf, isFinal);
  }

  #letGo(): void {
    this.#dragging = null;
    this.#draw();
  }

  #positionOf(event: PointerEvent): Position {
    const { left, top } = this.#root.getBoundingClientRect();
    const { lng, lat } = this.#map.unproject([event.clientX - left, event.clientY - top]);
    return [lng, lat];
  }
}

function sketchRing({ tool, points }: Sketch, line: readonly Position[]): readonly Position[] {
  const first = points[0]!;
  const last = line.at(-1)!;
  if (tool === 'box') {
    return [first, [last[0], first[1]], last, [first[0], last[1]]];
  }
  if (tool !== 'circle') return line;
  return circleRing(first, distanceMeters(first, last));
}

function labelOf({ kind, index }: Handle): string {
  if (kind === 'center') return msg('Centre: move with the arrow keys');
  if (kind === 'radius') return msg('Radius: move with the arrow keys');
  if (kind === 'middle') return msg(str`New corner after ${index + 1}: move with the arrow keys`);
  return msg(str`Corner ${index + 1}: move with the arrow keys, Delete removes it`);
}
