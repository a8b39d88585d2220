import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clusterPoints } from '../../../../../src/map/points/cluster-points.js';
import { heatGrid, heatImage } from '../../../../../src/map/points/heat-grid.js';
import { nearestPoint } from '../../../../../src/map/points/nearest-point.js';
import {
  classesOf,
  countClasses,
  describeClasses,
  firstClass,
  noneClass,
  otherClass,
} from '../../../../../src/map/points/paint-points.js';
import { chunksOf, forEachInBox, type PointSet } from '../../../../../src/map/points/point-set.js';
import { worldSize } from '../../../../../src/map/world-square.js';

const whole = { west: 0, north: 0, east: worldSize - 1, south: worldSize - 1 };

/** Points of which every seventh is hidden, with their number as value. */
function aSet(places: readonly (readonly [x: number, y: number])[]): PointSet {
  const positions = Uint32Array.from(places.flat());
  return {
    length: places.length,
    positions,
    classes: Uint8Array.from(places, (_, row) => (row % 7 === 6 ? 0 : firstClass)),
    values: Float64Array.from(places, (_, row) => row),
    chunks: chunksOf(positions),
  };
}

const place = fc.tuple(
  fc.integer({ min: 0, max: worldSize - 1 }),
  fc.integer({ min: 0, max: worldSize - 1 }),
);
const places = fc.array(place, { minLength: 1, maxLength: 120 });

/** A deterministic town of 30,000 points, so that several chunks and many squares are in play. */
function aTown(): PointSet {
  let state = 7;
  const random = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  return aSet(
    Array.from({ length: 30_000 }, () => [
      2_200_000_000 + Math.floor(random() * random() * 4_000_000),
      1_400_000_000 + Math.floor(random() * 4_000_000),
    ]),
  );
}

const shownOf = (set: PointSet) => set.classes.filter((index) => index !== 0).length;
const sumOf = (list: Float64Array) => list.reduce((sum, value) => sum + value, 0);

describe('clusterPoints', () => {
  it('counts and sums every shown point once, at every zoom', () => {
    fc.assert(
      fc.property(places, places, fc.integer({ min: 0, max: 18 }), (first, second, zoom) => {
        const sets = [aSet(first), aSet(second)];
        const clusters = clusterPoints(sets, whole, zoom);
        expect(sumOf(clusters.counts)).toBe(shownOf(sets[0]!) + shownOf(sets[1]!));
        const expected = sets.reduce((sum, set) => {
          set.classes.forEach((index, row) => (sum += index === 0 ? 0 : set.values![row]!));
          return sum;
        }, 0);
        expect(sumOf(clusters.values)).toBe(expected);
      }),
    );
  });

  it('makes the same clusters wherever the view ends', () => {
    const town = aTown();
    const key = (clusters: ReturnType<typeof clusterPoints>, index: number) =>
      `${clusters.positions[index * 2]} ${clusters.positions[index * 2 + 1]}`;
    const all = clusterPoints([town], whole, 12);
    const known = new Map(
      Array.from(all.counts, (count, index) => [key(all, index), count] as const),
    );
    const box = {
      west: 2_200_700_000,
      north: 1_400_900_000,
      east: 2_202_000_000,
      south: 1_402_300_000,
    };
    const part = clusterPoints([town], box, 12);
    expect(part.length).toBeGreaterThan(20);
    part.counts.forEach((count, index) => expect(known.get(key(part, index))).toBe(count));
  });
});

describe('heatGrid', () => {
  it('spreads each point without losing any of it', () => {
    const town = aTown();
    const size = 4_800_000;
    const box = {
      west: 2_200_000_000 - 400_000,
      north: 1_400_000_000 - 400_000,
      east: 2_200_000_000 - 400_000 + size,
      south: 1_400_000_000 - 400_000 + size,
    };
    const counted = { ...town, values: null };
    const grid = heatGrid([counted], { box, width: 240, height: 240, radius: 6 });
    expect(grid.count).toBe(shownOf(town));
    const total = grid.densities.reduce((sum, density) => sum + density, 0);
    expect(total / grid.count).toBeCloseTo(1, 2);
    const image = heatImage(grid, Uint8Array.from([1, 2, 3, 0, 9, 8, 7, 255]), grid.densest);
    expect([...image.subarray(0, 4)]).toEqual([1, 2, 3, 0]);
  });
});

describe('nearestPoint', () => {
  it('finds what a search of all points finds', () => {
    fc.assert(
      fc.property(places, place, (list, [x, y]) => {
        const set = aSet(list);
        let best = Infinity;
        forEachInBox(
          set,
          whole,
          (_, px, py) => (best = Math.min(best, Math.hypot(px - x, py - y))),
        );
        const found = nearestPoint([set], { x, y }, worldSize * 2);
        if (best === Infinity) expect(found).toBeNull();
        else expect(Math.hypot(found!.x - x, found!.y - y)).toBe(best);
      }),
    );
  });

  it('counts those at the same position and leaves out the hidden', () => {
    const set = aSet(Array.from({ length: 7 }, () => [500, 500] as const));
    expect(nearestPoint([set], { x: 510, y: 500 }, 20)?.count).toBe(6);
    expect(nearestPoint([set], { x: 600, y: 500 }, 20)).toBeNull();
  });
});

describe('classes of points', () => {
  it('are exact in number, with none and the rest told apart', () => {
    const codes = Uint8Array.from([1, 1, 2, 0, 200, 255, 1]);
    const bits = Uint8Array.from([0b0111111]);
    const counts = countClasses([classesOf(bits, codes, codes.length)]);
    expect(counts[noneClass]).toBe(1);
    expect(counts[otherClass]).toBe(2);
    expect(
      describeClasses(counts, ['a', 'b'], null).map(({ value, count }) => [value, count]),
    ).toEqual([
      ['a', 2],
      ['b', 1],
      [null, 2],
      [null, 1],
    ]);
  });
});
