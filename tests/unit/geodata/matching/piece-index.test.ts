import { describe, expect, it } from 'vitest';
import { isInside } from '../../../../geodata/matching/regions/is-inside.js';
import { PieceIndex } from '../../../../geodata/matching/regions/piece-index.js';

const box = (west: number, south: number, east: number, north: number) =>
  Float64Array.of(west, south, east, south, east, north, west, north, west, south);

describe('isInside', () => {
  it('tells inside from outside, also beside a corner and at its height', () => {
    const diamond = Float64Array.of(0, -1, 1, 0, 0, 1, -1, 0, 0, -1);
    expect(isInside([diamond], 0, 0)).toBe(true);
    expect(isInside([diamond], 0.6, 0.3)).toBe(true);
    expect(isInside([diamond], 2, 0)).toBe(false);
    expect(isInside([diamond], -2, 0)).toBe(false);
    expect(isInside([diamond], -2, 1)).toBe(false);
    expect(isInside([diamond], 0.6, 0.6)).toBe(false);
  });

  it('counts every corner and edge as inside, whichever way the ring winds', () => {
    const ring = box(0, 0, 4, 2);
    const wound = Float64Array.of(0, 0, 0, 2, 4, 2, 4, 0, 0, 0);
    for (const shape of [ring, wound]) {
      for (const [x, y] of [
        [0, 0],
        [4, 0],
        [4, 2],
        [0, 2],
        [2, 0],
        [4, 1],
        [2, 2],
        [0, 1],
      ] as const) {
        expect(isInside([shape], x, y), `${x} ${y}`).toBe(true);
      }
      expect(isInside([shape], 5, 0)).toBe(false);
      expect(isInside([shape], -1, 2)).toBe(false);
    }
  });

  it('leaves out holes, but not their border', () => {
    const rings = [box(0, 0, 10, 10), box(4, 4, 6, 6)];
    expect(isInside(rings, 5, 5)).toBe(false);
    expect(isInside(rings, 4, 5)).toBe(true);
    expect(isInside(rings, 3, 5)).toBe(true);
  });

  it('lets nothing fall between two shapes that share a slanting edge', () => {
    const [a, b] = [
      [0.1, 0.2],
      [0.7, 1.3],
    ] as const;
    const left = Float64Array.of(...a, ...b, -1, 1.3, -1, 0.2, ...a);
    const right = Float64Array.of(...b, ...a, 2, 0.2, 2, 1.3, ...b);
    for (let step = 1; step < 1000; step++) {
      const share = step / 1000;
      const [x, y] = [a[0] + share * (b[0] - a[0]), a[1] + share * (b[1] - a[1])];
      expect(isInside([left], x, y) || isInside([right], x, y)).toBe(true);
    }
  });
});

describe('PieceIndex', () => {
  const piece = (regionId: number, level: number, ring: Float64Array) => ({
    regionId,
    level,
    rings: [ring],
  });

  it('answers the deepest region, on a shared border the one with the smallest id', () => {
    const index = new PieceIndex([
      piece(1, 1, box(0, 0, 10, 10)),
      piece(9, 2, box(0, 0, 5, 5)),
      piece(8, 2, box(5, 0, 8, 5)),
    ]);
    expect(index.regionAt(1, 1)).toBe(9);
    expect(index.regionAt(5, 1)).toBe(8);
    expect(index.regionAt(9, 9)).toBe(1);
    expect(index.regionAt(11, 11)).toBeUndefined();
  });

  it('knows no region where there are none, nor for a point that is nowhere', () => {
    expect(new PieceIndex([]).regionAt(1, 1)).toBeUndefined();
    const index = new PieceIndex([piece(1, 1, box(0, 0, 10, 10))]);
    expect(index.regionAt(Number.NaN, Number.NaN)).toBeUndefined();
  });
});
