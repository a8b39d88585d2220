import type { ComponentName, ComponentState, Progress, Status } from '../contract/status.js';

/**
 * What runs and what does not, as the supervisor sees it; `/api/status` and `/healthz` read it.
 *
 * Holds no timers and asks nobody: whoever starts or watches a component says what it found.
 */
export class StatusBoard {
  readonly #components: Record<ComponentName, ComponentState> = {
    database: 'starting',
    cube: 'starting',
    tiles: 'starting',
  };
  #progress: Progress | undefined;

  setComponent(name: ComponentName, state: ComponentState): void {
    this.#components[name] = state;
  }

  component(name: ComponentName): ComponentState {
    return this.#components[name];
  }

  /** Says what is being done at the moment; undefined when it is finished. */
  setProgress(progress: Progress | undefined): void {
    this.#progress = progress;
  }

  get progress(): Progress | undefined {
    return this.#progress;
  }

  get components(): Readonly<Record<ComponentName, ComponentState>> {
    return { ...this.#components };
  }

  /** 'starting' until everything ran once, 'degraded' when something that ran does not run now. */
  get state(): Status['state'] {
    const states = Object.values(this.#components);
    if (states.some((state) => state === 'restarting' || state === 'failed')) return 'degraded';
    return states.every((state) => state === 'ready') ? 'ready' : 'starting';
  }
}
