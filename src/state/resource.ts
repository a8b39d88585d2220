import { isAbort, messageOf } from '../api/api-error.js';
import { signal, watchSignals } from '../lib/signals.js';

/** A value on its way; `value` is the last one, so that screens need not blink while loading. */
export type ResourceState<Value> =
  | { readonly status: 'idle'; readonly value?: undefined }
  | { readonly status: 'loading'; readonly value?: Value | undefined }
  | { readonly status: 'ready'; readonly value: Value }
  | { readonly status: 'failed'; readonly message: string; readonly value?: undefined };

/**
 * Loads a value whenever its input changes; a newer input aborts the older request. The input is a
 * function over signals, undefined while it is not known yet; inputs are compared by their JSON.
 */
export class Resource<Input, Value> {
  readonly #state = signal<ResourceState<Value>>({ status: 'idle' });
  readonly #input: () => Input | undefined;
  readonly #load: (input: Input, signal: AbortSignal) => Promise<Value>;
  #abort = new AbortController();
  #key = '';
  #end: (() => void) | undefined;

  constructor(
    input: () => Input | undefined,
    load: (input: Input, signal: AbortSignal) => Promise<Value>,
  ) {
    this.#input = input;
    this.#load = load;
  }

  get state(): ResourceState<Value> {
    return this.#state.get();
  }

  /** The value, also while a newer one is on its way. */
  get value(): Value | undefined {
    return this.#state.get().value;
  }

  start(): void {
    this.#end ??= watchSignals(() => {
      const input = this.#input();
      const key = JSON.stringify(input) ?? '';
      if (key === this.#key) return;
      this.#key = key;
      queueMicrotask(() => void this.#run(input));
    });
  }

  stop(): void {
    this.#end?.();
    this.#end = undefined;
    this.#key = '';
    this.#abort.abort();
  }

  /** Loads again with the present input. */
  reload(): void {
    void this.#run(this.#input());
  }

  async #run(input: Input | undefined): Promise<void> {
    this.#abort.abort();
    const abort = new AbortController();
    this.#abort = abort;
    if (input === undefined) {
      this.#state.set({ status: 'idle' });
      return;
    }
    this.#state.set({ status: 'loading', value: this.#state.get().value });
    try {
      const value = await this.#load(input, abort.signal);
      if (!abort.signal.aborted) this.#state.set({ status: 'ready', value });
    } catch (error) {
      if (abort.signal.aborted || isAbort(error)) return;
      this.#state.set({ status: 'failed', message: messageOf(error) });
    }
  }
}
