/**
 * What was promised: for each key the value that was acknowledged last, and the values tried since, of which any
 * may have been written before its answer was lost.
 */
export class Ledger<Key, Value> {
  readonly #acknowledged = new Map<Key, Value>();
  readonly #tried = new Map<Key, Set<Value>>();

  /** Before it is sent. */
  try(key: Key, value: Value): void {
    const tried = this.#tried.get(key) ?? new Set();
    this.#tried.set(key, tried.add(value));
  }

  /** When the answer said that it is done. */
  acknowledge(key: Key, value: Value): void {
    this.#acknowledged.set(key, value);
    this.#tried.delete(key);
  }

  /** Number of keys with a promise. */
  get size(): number {
    return this.#acknowledged.size;
  }

  /**
   * Compares what is there with what was promised; answers a sentence for each broken promise. What is there is
   * the promise from then on: a lost answer stays what it turned out to be.
   */
  check(present: ReadonlyMap<Key, Value>): string[] {
    const broken: string[] = [];
    for (const key of new Set([...this.#acknowledged.keys(), ...this.#tried.keys()])) {
      const value = present.get(key);
      const promised = this.#acknowledged.get(key);
      const isTried = value !== undefined && this.#tried.get(key)?.has(value);
      if (promised !== undefined && value !== promised && !isTried) {
        broken.push(
          `${String(key)}: ${String(promised)} was acknowledged, ${String(value)} is there`,
        );
      }
      if (value !== undefined) this.acknowledge(key, value);
      else this.#tried.delete(key);
    }
    return broken;
  }
}
