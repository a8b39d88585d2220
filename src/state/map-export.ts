import { signal } from '../lib/signals.js';

/** Whether the form that takes the map out as a file is open. */
class MapExportStore {
  readonly #isOpen = signal(false);

  get isOpen(): boolean {
    return this.#isOpen.get();
  }

  open(): void {
    this.#isOpen.set(true);
  }

  close(): void {
    this.#isOpen.set(false);
  }
}

export const mapExport = new MapExportStore();
