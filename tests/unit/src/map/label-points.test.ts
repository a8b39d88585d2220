import type { Polygon } from 'geojson';
import { describe, expect, it } from 'vitest';
import {
  interiorPoint,
  isSameLabels,
  labelPoints,
  type NamedPiece,
} from '../../../../src/map/label-points.js';

const box = (west: number, south: number, east: number, north: number): Polygon => ({
  type: 'Polygon',
  coordinates: [
    [
      [west, south],
      [east, south],
      [east, north],
      [west, north],
      [west, south],
    ],
  ],
});

const aPiece = (id: number, geometry: Polygon): NamedPiece => ({
  layer: 'regions',
  id,
  name: `Region ${id}`,
  kind: null,
  geometry,
});

describe('labelPoints', () => {
  it('gives a shape that tiles cut one label, in its largest piece', () => {
    const { features } = labelPoints(
      [aPiece(1, box(0, 0, 1, 1)), aPiece(1, box(1, 0, 4, 1)), aPiece(2, box(0, 2, 1, 3))],
      0,
    );
    expect(features.map((feature) => feature.properties.id)).toEqual([1, 2]);
    const [lon] = features[0]!.geometry.coordinates;
    expect(lon).toBeCloseTo(2.5);
  });

  it('leaves out shapes too narrow for a name', () => {
    expect(labelPoints([aPiece(1, box(0, 0, 0.1, 5))], 1).features).toEqual([]);
  });
});

describe('interiorPoint', () => {
  it('lies inside a horseshoe, not in its opening', () => {
    const horseshoe = [
      [
        [0, 0],
        [10, 0],
        [10, 10],
        [7, 10],
        [7, 3],
        [3, 3],
        [3, 10],
        [0, 10],
        [0, 0],
      ],
    ];
    const [x, y] = interiorPoint(horseshoe);
    expect(y < 3 || x < 3 || x > 7).toBe(true);
  });

  it('avoids a hole', () => {
    const outer = box(0, 0, 10, 10).coordinates[0]!;
    const hole = box(3, 3, 9, 9).coordinates[0]!;
    const [x, y] = interiorPoint([outer, hole]);
    expect(x > 3 && x < 9 && y > 3 && y < 9).toBe(false);
  });
});

describe('isSameLabels', () => {
  it('tells equal collections from moved ones', () => {
    const first = labelPoints([aPiece(1, box(0, 0, 1, 1))], 0);
    expect(isSameLabels(first, labelPoints([aPiece(1, box(0, 0, 1, 1))], 0))).toBe(true);
    expect(isSameLabels(first, labelPoints([aPiece(1, box(0, 0, 2, 1))], 0))).toBe(false);
  });
});
