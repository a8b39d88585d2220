import { signal } from '../lib/signals.js';

export interface Toast {
  readonly id: number;
  readonly tone: 'plain' | 'failed';
  readonly text: string;
}

/** Time a message stays; failures stay until they are closed. */
const shownMs = 5000;

class Toasts {
  readonly #list = signal<readonly Toast[]>([]);
  #nextId = 1;

  get list(): readonly Toast[] {
    return this.#list.get();
  }

  show(text: string, tone: Toast['tone'] = 'plain'): void {
    const toast = { id: this.#nextId++, tone, text };
    this.#list.set([...this.#list.get().filter((other) => other.text !== text), toast]);
    if (tone === 'plain') setTimeout(() => this.close(toast.id), shownMs);
  }

  close(id: number): void {
    this.#list.set(this.#list.get().filter((toast) => toast.id !== id));
  }
}

export const toasts = new Toasts();
