import { getStatus } from '../api/status.js';
import type { Status } from '../../server/contract/status.js';
import { signal } from '../lib/signals.js';

/** `unreachable` means that the server itself gave no answer. */
export type StatusState = Status | 'unknown' | 'unreachable';

const calmMs = 15_000;
const anxiousMs = 1_500;

/** Asks the server how it is: rarely while all is well, often while something is not. */
class StatusStore {
  readonly #state = signal<StatusState>('unknown');
  #timer: ReturnType<typeof setTimeout> | undefined;

  get state(): StatusState {
    return this.#state.get();
  }

  /** Asks now and goes on asking until `stop`. */
  async start(): Promise<void> {
    clearTimeout(this.#timer);
    const state = await getStatus().catch(() => 'unreachable' as const);
    this.#state.set(state);
    const well = typeof state === 'object' && state.state === 'ready';
    this.#timer = setTimeout(() => void this.start(), well ? calmMs : anxiousMs);
  }

  stop(): void {
    clearTimeout(this.#timer);
  }
}

export const statusStore = new StatusStore();
