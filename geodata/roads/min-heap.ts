export type HeapEntry = { readonly key: number; readonly item: number };

/** Numbered items by key, the smallest first. */
export class MinHeap {
  readonly #entries: HeapEntry[] = [];

  push(key: number, item: number): void {
    const entries = this.#entries;
    let at = entries.length;
    entries.push({ key, item });
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (this.#key(parent) <= key) break;
      this.#swap(at, parent);
      at = parent;
    }
  }

  /** Takes the entry with the smallest key; undefined when there is none left. */
  pop(): HeapEntry | undefined {
    const entries = this.#entries;
    const [top] = entries;
    const last = entries.pop();
    if (entries.length === 0 || last === undefined) return top;
    entries[0] = last;
    for (let at = 0; ;) {
      const left = at * 2 + 1;
      const child = this.#key(left + 1) < this.#key(left) ? left + 1 : left;
      if (this.#key(child) >= last.key) return top;
      this.#swap(at, child);
      at = child;
    }
  }

  #key(at: number): number {
    return this.#entries[at]?.key ?? Infinity;
  }

  #swap(a: number, b: number): void {
    const [one, other] = [this.#entries[a], this.#entries[b]];
    if (!one || !other) return;
    this.#entries[a] = other;
    this.#entries[b] = one;
  }
}
