import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Area, INSIDE, ON_BORDER, OUTSIDE } from '../../../../server/column-store/areas/area.js';
import { toLonLat, toWorld } from '../../../../server/column-store/world.js';

type LonLat = [number, number];

const square: LonLat[] = [
  [4, 52],
  [5, 52],
  [5, 53],
  [4, 53],
  [4, 52],
];
const hole: LonLat[] = [
  [4.4, 52.4],
  [4.6, 52.4],
  [4.6, 52.6],
  [4.4, 52.6],
  [4.4, 52.4],
];

function sideOf(area: Area, lon: number, lat: number) {
  const { x, y } = toWorld(lon, lat);
  return area.at(x, y);
}

describe('an area', () => {
  const area = new Area([[square, hole]]);

  it('tells inside, outside and holes', () => {
    expect(sideOf(area, 4.1, 52.1)).toBe(INSIDE);
    expect(sideOf(area, 4.5, 52.5)).toBe(OUTSIDE);
    expect(sideOf(area, 5.1, 52.5)).toBe(OUTSIDE);
    expect(sideOf(area, -170, -80)).toBe(OUTSIDE);
  });

  it('leaves open what is on an edge or nearer than positions are kept', () => {
    expect(sideOf(area, 4, 52.5)).toBe(ON_BORDER);
    expect(sideOf(area, 5.00000005, 52.5)).toBe(ON_BORDER);
    expect(sideOf(area, 4.4, 52.6)).toBe(ON_BORDER);
    expect(sideOf(area, 5.000001, 52.5)).toBe(OUTSIDE);
  });

  it('leaves open what is beyond the edge of the map', () => {
    const world: LonLat[] = [
      [-180, -90],
      [180, -90],
      [180, 90],
      [-180, 90],
      [-180, -90],
    ];
    expect(sideOf(new Area([[world]]), 10, 89)).toBe(ON_BORDER);
    expect(sideOf(new Area([[world]]), 10, 80)).toBe(INSIDE);
  });

  it('agrees with looking at every edge, wherever it decides', () => {
    const coordinate = fc.tuple(
      fc.double({ min: 4, max: 5, noNaN: true }),
      fc.double({ min: 52, max: 53, noNaN: true }),
    );
    fc.assert(
      fc.property(
        fc.array(coordinate, { minLength: 3, maxLength: 60 }),
        fc.array(coordinate, { minLength: 30, maxLength: 30 }),
        (corners, points) => {
          const ring = [...corners, corners[0]!];
          const prepared = new Area([[ring]]);
          for (const [lon, lat] of points) {
            const { x, y } = toWorld(lon, lat);
            const side = prepared.at(x, y);
            if (side === ON_BORDER) continue;
            expect(side === INSIDE).toBe(isInside(toLonLat(x + 0.5, y + 0.5), ring));
          }
        },
      ),
      { numRuns: 300 },
    );
  });
});

function isInside([lon, lat]: LonLat, ring: readonly LonLat[]): boolean {
  let inside = false;
  for (let n = 1; n < ring.length; n++) {
    const [[x1, y1], [x2, y2]] = [ring[n - 1]!, ring[n]!];
    if (y1 > lat !== y2 > lat && lon < x1 + ((x2 - x1) * (lat - y1)) / (y2 - y1)) inside = !inside;
  }
  return inside;
}
