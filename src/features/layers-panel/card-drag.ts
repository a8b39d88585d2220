import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { layerIds, type LayerId } from '../../map/contract.js';

/**
 * Drags cards of layers by mouse, pen or finger: as soon as the pointer passes the middle of another card,
 * `move` is told the place of that one from the ground.
 */
export class CardDrag implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #move: (id: LayerId, place: number) => void;
  #dragged: LayerId | null = null;

  constructor(
    host: ReactiveControllerHost & HTMLElement,
    move: (id: LayerId, place: number) => void,
  ) {
    this.#host = host;
    this.#move = move;
    host.addController(this);
  }

  hostDisconnected(): void {
    this.#end();
  }

  start(event: PointerEvent, id: LayerId): void {
    if (event.button !== 0) return;
    this.#dragged = id;
    // On the window: cards move about in the page, and what moves loses its captured pointer.
    window.addEventListener('pointermove', this.#follow);
    window.addEventListener('pointerup', this.#end);
    window.addEventListener('pointercancel', this.#end);
  }

  readonly #follow = (event: PointerEvent): void => {
    const id = this.#dragged;
    if (id === null) return;
    const cards = this.#cards();
    const from = cards.findIndex((card) => card.dataset['layer'] === id);
    const to = cards.findIndex((card, index) => isPast(card, index - from, event.clientY));
    if (to !== -1 && to !== from) this.#move(id, layerIds.length - 1 - to);
  };

  readonly #end = (): void => {
    this.#dragged = null;
    window.removeEventListener('pointermove', this.#follow);
    window.removeEventListener('pointerup', this.#end);
    window.removeEventListener('pointercancel', this.#end);
  };

  /** From the top, which is the last drawn. */
  #cards(): HTMLElement[] {
    return [...(this.#host.shadowRoot?.querySelectorAll<HTMLElement>('[data-layer]') ?? [])];
  }
}

/** Whether a pointer is over the head of a card, far enough in for cards not to jump back and forth. */
function isPast(card: HTMLElement, direction: number, y: number): boolean {
  const head = card.querySelector('.head')?.getBoundingClientRect();
  if (!head || y < head.top || y > head.bottom) return false;
  const middle = (head.top + head.bottom) / 2;
  return direction < 0 ? y < middle : direction > 0 && y > middle;
}
