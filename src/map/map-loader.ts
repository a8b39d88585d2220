import { msg } from '@lit/localize';
import { html, nothing, type ReactiveController, type ReactiveControllerHost } from 'lit';
import '../ui/ct-state.js';

/** Loads the map's code when its host comes on the page, and says so where that fails. */
export class MapLoader implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  #state: 'loading' | 'ready' | 'failed' = 'loading';

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  /** Whether `<ct-map>` can be rendered. */
  get isReady(): boolean {
    return this.#state === 'ready';
  }

  hostConnected(): void {
    void this.#load();
  }

  /** What stands in place of the map until it is ready. */
  renderInstead() {
    if (this.#state !== 'failed') return nothing;
    return html`<ct-state tone="failed" .heading=${msg('The map could not be loaded')}>
      <button class="button" type="button" @click=${() => void this.#load()}>
        ${msg('Try again')}
      </button>
    </ct-state>`;
  }

  async #load(): Promise<void> {
    this.#become('loading');
    try {
      await import('./ct-map.js');
      this.#become('ready');
    } catch {
      this.#become('failed');
    }
  }

  #become(state: 'loading' | 'ready' | 'failed'): void {
    this.#state = state;
    this.#host.requestUpdate();
  }
}
