import { signal } from '../lib/signals.js';

/** Which accounts are ticked: some by their id, or all that match but for some. */
export class RowChoice {
  readonly #state = signal<{ readonly all: boolean; readonly ids: ReadonlySet<number> }>({
    all: false,
    ids: new Set(),
  });

  /** Whether every account of the filter is meant, but for `exceptions`. */
  get isAll(): boolean {
    return this.#state.get().all;
  }

  /** The ids chosen, or left out where all are meant. */
  get ids(): readonly number[] {
    return [...this.#state.get().ids];
  }

  has(id: number): boolean {
    const { all, ids } = this.#state.get();
    return all !== ids.has(id);
  }

  /** How many are chosen of `total`. */
  count(total: number): number {
    const { all, ids } = this.#state.get();
    return all ? Math.max(0, total - ids.size) : ids.size;
  }

  set(ids: readonly number[], chosen: boolean): void {
    const { all, ids: before } = this.#state.get();
    const next = new Set(before);
    for (const id of ids) {
      if (chosen === all) next.delete(id);
      else next.add(id);
    }
    this.#state.set({ all, ids: next });
  }

  chooseAll(): void {
    this.#state.set({ all: true, ids: new Set() });
  }

  clear(): void {
    this.#state.set({ all: false, ids: new Set() });
  }
}
