import { distanceToSegment, type Point } from './geometry.js';

/** A grid of square cells over the plane; row 0 is the southernmost. */
export class Raster<Cells extends Uint8Array | Int16Array | Float32Array> {
  constructor(
    readonly cells: Cells,
    readonly west: number,
    readonly south: number,
    readonly size: number,
    readonly width: number,
    readonly height: number,
  ) {}

  /** Index of the cell that holds a point, or -1 outside the grid. */
  index(x: number, y: number): number {
    const column = Math.floor((x - this.west) / this.size);
    const row = Math.floor((y - this.south) / this.size);
    if (column < 0 || row < 0 || column >= this.width || row >= this.height) return -1;
    return row * this.width + column;
  }

  /** Value at a point; `outside` beyond the grid. */
  get(x: number, y: number, outside = 0): number {
    const index = this.index(x, y);
    return index < 0 ? outside : this.cells[index]!;
  }

  centre(index: number): Point {
    const column = index % this.width;
    const row = (index - column) / this.width;
    return {
      x: this.west + (column + 0.5) * this.size,
      y: this.south + (row + 0.5) * this.size,
    };
  }

  /** Calls `paint` for each cell whose centre lies in the ring. */
  fill(ring: readonly Point[], paint: (index: number) => void): void {
    const ys = ring.map((p) => p.y);
    const first = Math.max(0, this.rowOf(Math.min(...ys)));
    const last = Math.min(this.height - 1, this.rowOf(Math.max(...ys)));
    for (let row = first; row <= last; row++) {
      const y = this.south + (row + 0.5) * this.size;
      const crossings: number[] = [];
      for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
        const a = ring[i]!;
        const b = ring[j]!;
        if (a.y > y !== b.y > y) crossings.push(((b.x - a.x) * (y - a.y)) / (b.y - a.y) + a.x);
      }
      crossings.sort((a, b) => a - b);
      for (let k = 0; k + 1 < crossings.length; k += 2) {
        const from = Math.max(0, Math.ceil((crossings[k]! - this.west) / this.size - 0.5));
        const to = Math.min(
          this.width - 1,
          Math.floor((crossings[k + 1]! - this.west) / this.size - 0.5),
        );
        for (let column = from; column <= to; column++) paint(row * this.width + column);
      }
    }
  }

  /** Calls `paint` for each cell whose centre lies within `radius` metres of the line. */
  stroke(line: readonly Point[], radius: number, paint: (index: number) => void): void {
    for (let i = 1; i < line.length; i++) {
      const a = line[i - 1]!;
      const b = line[i]!;
      const left = Math.max(0, this.columnOf(Math.min(a.x, b.x) - radius));
      const right = Math.min(this.width - 1, this.columnOf(Math.max(a.x, b.x) + radius));
      const bottom = Math.max(0, this.rowOf(Math.min(a.y, b.y) - radius));
      const top = Math.min(this.height - 1, this.rowOf(Math.max(a.y, b.y) + radius));
      for (let row = bottom; row <= top; row++) {
        for (let column = left; column <= right; column++) {
          const index = row * this.width + column;
          if (distanceToSegment(this.centre(index), a, b).distance <= radius) paint(index);
        }
      }
    }
  }

  private columnOf(x: number): number {
    return Math.floor((x - this.west) / this.size);
  }

  private rowOf(y: number): number {
    return Math.floor((y - this.south) / this.size);
  }
}
