import type { ForbiddenTurns } from './forbidden-turns.js';

/**
 * Where one is while travelling: an edge, and how much of a forbidden sequence of three or more edges has
 * just been travelled. States below the number of edges are edges without such a past.
 */
export class TurnStates {
  readonly #edgeCount: number;
  readonly #banned = new Map<number, Set<number>>();
  readonly #full = new Set<string>();
  readonly #stateOfPast = new Map<string, number>();
  readonly #pasts: (readonly number[])[] = [];

  constructor(edgeCount: number, { sequences }: ForbiddenTurns) {
    this.#edgeCount = edgeCount;
    for (const sequence of sequences) {
      const [first = -1, second = -1] = sequence;
      if (sequence.length === 2) this.#ban(first, second);
      else this.#follow(sequence);
    }
  }

  /** Number of states. */
  get count(): number {
    return this.#edgeCount + this.#pasts.length;
  }

  /** The edge of a state. */
  edgeOf(state: number): number {
    return state < this.#edgeCount ? state : (this.#pasts[state - this.#edgeCount]?.at(-1) ?? -1);
  }

  /** The state after going on to an edge; undefined where that is forbidden. */
  next(state: number, edge: number): number | undefined {
    if (this.#banned.get(this.edgeOf(state))?.has(edge)) return undefined;
    if (this.#pasts.length === 0) return edge;
    const past = [...this.#pastOf(state), edge];
    for (let start = 0; start < past.length - 1; start += 1) {
      const key = past.slice(start).join(' ');
      if (this.#full.has(key)) return undefined;
    }
    for (let start = 0; start < past.length - 1; start += 1) {
      const found = this.#stateOfPast.get(past.slice(start).join(' '));
      if (found !== undefined) return found;
    }
    return edge;
  }

  #pastOf(state: number): readonly number[] {
    return state < this.#edgeCount ? [state] : (this.#pasts[state - this.#edgeCount] ?? []);
  }

  #ban(first: number, second: number): void {
    const after = this.#banned.get(first) ?? new Set();
    this.#banned.set(first, after.add(second));
  }

  #follow(sequence: readonly number[]): void {
    this.#full.add(sequence.join(' '));
    for (let length = 2; length < sequence.length; length += 1) {
      const past = sequence.slice(0, length);
      const key = past.join(' ');
      if (this.#stateOfPast.has(key)) continue;
      this.#stateOfPast.set(key, this.#edgeCount + this.#pasts.length);
      this.#pasts.push(past);
    }
  }
}
