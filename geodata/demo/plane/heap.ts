/** A binary heap of (key, value) pairs of numbers, smallest key first. */
export class Heap {
  private readonly keys: number[] = [];
  private readonly values: number[] = [];

  get size(): number {
    return this.keys.length;
  }

  push(key: number, value: number): void {
    let i = this.keys.length;
    this.keys.push(key);
    this.values.push(value);
    while (i > 0) {
      const parent = (i - 1) >> 1;
      if (this.keys[parent]! <= key) break;
      this.keys[i] = this.keys[parent]!;
      this.values[i] = this.values[parent]!;
      i = parent;
    }
    this.keys[i] = key;
    this.values[i] = value;
  }

  /** Removes the pair with the smallest key. The heap must not be empty. */
  pop(): { key: number; value: number } {
    const top = { key: this.keys[0]!, value: this.values[0]! };
    const key = this.keys.pop()!;
    const value = this.values.pop()!;
    if (this.keys.length > 0) this.sink(key, value);
    return top;
  }

  private sink(key: number, value: number): void {
    const n = this.keys.length;
    let i = 0;
    for (let child = 1; child < n; child = 2 * i + 1) {
      if (child + 1 < n && this.keys[child + 1]! < this.keys[child]!) child++;
      if (this.keys[child]! >= key) break;
      this.keys[i] = this.keys[child]!;
      this.values[i] = this.values[child]!;
      i = child;
    }
    this.keys[i] = key;
    this.values[i] = value;
  }
}
