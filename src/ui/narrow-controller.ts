import type { ReactiveController, ReactiveControllerHost } from 'lit';

const narrow = window.matchMedia('(max-width: 760px)');

/** Tells whether the window is as narrow as a phone and renders its host again when that changes. */
export class NarrowController implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #update = () => this.#host.requestUpdate();

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  get matches(): boolean {
    return narrow.matches;
  }

  hostConnected(): void {
    narrow.addEventListener('change', this.#update);
  }

  hostDisconnected(): void {
    narrow.removeEventListener('change', this.#update);
  }
}
