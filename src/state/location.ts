import { signal } from '../lib/signals.js';
import { parseUrl, printUrl, type UrlState } from './url-state.js';

/** Patch of the state; what is left out stays as it is. */
export type UrlPatch = Partial<UrlState>;

/**
 * The one place that reads and writes the address bar. `navigate` adds a step to the history,
 * `replace` does not (moving the map, opacity): back always undoes a decision, not a pan.
 */
class AppLocation {
  readonly #state = signal(parseUrl(window.location.pathname, window.location.search));

  constructor() {
    window.addEventListener('popstate', () => {
      this.#state.set(parseUrl(window.location.pathname, window.location.search));
    });
  }

  get state(): UrlState {
    return this.#state.get();
  }

  navigate(patch: UrlPatch): void {
    this.#apply(patch, 'push');
  }

  replace(patch: UrlPatch): void {
    this.#apply(patch, 'replace');
  }

  /** Address of the present view. */
  get address(): string {
    return printUrl(this.state);
  }

  /** Goes to a whole address of the application, for example that of a saved view. */
  open(address: string): void {
    const { pathname, search } = new URL(address, window.location.origin);
    this.navigate(parseUrl(pathname, search));
  }

  /** Address of the present view with a patch, for links that can be opened in a new tab. */
  hrefFor(patch: UrlPatch): string {
    return printUrl({ ...this.state, ...patch });
  }

  #apply(patch: UrlPatch, how: 'push' | 'replace'): void {
    const next = { ...this.#state.get(), ...patch };
    const address = printUrl(next);
    if (how === 'push' && address !== printUrl(this.#state.get())) {
      window.history.pushState(null, '', address);
    } else {
      window.history.replaceState(null, '', address);
    }
    this.#state.set(next);
  }
}

export const appLocation = new AppLocation();
