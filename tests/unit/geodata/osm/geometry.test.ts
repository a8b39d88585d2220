import { describe, expect, test } from 'vitest';
import {
  assemblePolygons,
  type Position,
  type Ring,
} from '../../../../geodata/osm/assemble-polygons.js';
import { assembleArea } from '../../../../geodata/osm/area-rings.js';
import { joinRings } from '../../../../geodata/osm/join-rings.js';
import { NodeIdList, NodeIndex } from '../../../../geodata/osm/node-index.js';
import { splitRoad } from '../../../../geodata/osm/split-road.js';

describe('rings', () => {
  /** The ring from its smallest node on, upwards: the same for every start and direction. */
  function canonical(ring: readonly number[]): number[] {
    const nodes = ring.slice(0, -1);
    const start = nodes.indexOf(Math.min(...nodes));
    const turned = [...nodes.slice(start), ...nodes.slice(0, start)];
    const [first = 0, second = 0] = turned;
    return second < (turned.at(-1) ?? 0) ? turned : [first, ...turned.slice(1).reverse()];
  }

  test('ways are joined whatever their order and direction', () => {
    const { rings, openEnds } = joinRings([
      [1, 2, 3],
      [5, 6, 1],
      [5, 4, 3],
    ]);
    expect(rings.map(canonical)).toEqual([[1, 2, 3, 4, 5, 6]]);
    expect(openEnds).toEqual([]);
  });

  test('a closed way is a ring by itself', () => {
    expect(joinRings([[1, 2, 3, 1]]).rings).toEqual([[1, 2, 3, 1]]);
  });

  test('rings that touch in a point stay apart', () => {
    const { rings } = joinRings([
      [1, 2, 3],
      [3, 4, 1],
      [3, 5, 6],
      [6, 7, 3],
    ]);
    expect(rings.map(canonical).sort()).toEqual([
      [1, 2, 3, 4],
      [3, 5, 6, 7],
    ]);
  });

  test('two rings of two ways each, interleaved', () => {
    const { rings } = joinRings([
      [1, 2, 3],
      [11, 12, 13],
      [13, 14, 11],
      [3, 4, 1],
    ]);
    expect(rings.map(canonical).sort()).toEqual([
      [1, 2, 3, 4],
      [11, 12, 13, 14],
    ]);
  });

  test('a ring with a gap is left out and its ends are told', () => {
    const { rings, openEnds } = joinRings([
      [1, 2, 3],
      [3, 4, 5],
      [10, 11, 12, 10],
    ]);
    expect(rings).toEqual([[10, 11, 12, 10]]);
    expect([...openEnds].sort()).toEqual([1, 5]);
  });

  test('a way back and forth is no ring', () => {
    expect(joinRings([[1, 2, 1]]).rings).toEqual([]);
  });
});

describe('polygons', () => {
  const square = (west: number, south: number, size: number): Ring => [
    [west, south],
    [west + size, south],
    [west + size, south + size],
    [west, south + size],
    [west, south],
  ];

  test('an island in a hole is an outer ring of its own', () => {
    const [lake, island] = [square(1, 1, 6), square(2, 2, 3)];
    const mainland = square(0, 0, 10);
    const { polygons, problems } = assemblePolygons([mainland, island], [lake]);
    expect(polygons).toEqual(expect.arrayContaining([[mainland, lake], [island]]));
    expect(problems).toEqual([]);
  });

  test('a hole that touches its outer ring is still inside', () => {
    const { polygons, problems } = assemblePolygons([square(0, 0, 4)], [square(0, 1, 1)]);
    expect(problems).toEqual([]);
    expect(polygons[0]).toHaveLength(2);
  });

  test('a hole in no outer ring is left out and told', () => {
    const { polygons, problems } = assemblePolygons([square(0, 0, 1)], [square(5, 5, 1)]);
    expect(polygons).toHaveLength(1);
    expect(problems).toEqual(['1 inner rings lie in no outer ring']);
  });

  test('an outer ring inside another is taken as a hole and told', () => {
    const [large, small] = [square(0, 0, 9), square(1, 1, 2)];
    const { polygons, problems } = assemblePolygons([large, small], []);
    expect(polygons).toEqual([[large, small]]);
    expect(problems).toEqual(['1 outer rings lie inside another and are taken as holes']);
  });

  test('a ring that is there twice counts once, wherever it begins', () => {
    const ring = square(0, 0, 1);
    const turned = [...ring.slice(2), ...ring.slice(1, 3)];
    const { polygons, problems } = assemblePolygons([ring, turned], []);
    expect(polygons).toEqual([[ring]]);
    expect(problems).toEqual(['1 rings are there twice']);
  });
});

describe('multipolygons', () => {
  const grid = new Map<number, Position>([
    ...([
      [1, [0, 0]],
      [2, [9, 0]],
      [3, [9, 9]],
      [4, [0, 9]],
    ] as [number, Position][]),
    ...([
      [5, [2, 2]],
      [6, [4, 2]],
      [7, [4, 4]],
      [8, [2, 4]],
    ] as [number, Position][]),
    ...([
      [9, [6, 2]],
      [10, [6, 4]],
    ] as [number, Position][]),
  ]);
  const ways = new Map<number, number[]>([
    [100, [1, 2, 3]],
    [101, [3, 4, 1]],
    [102, [5, 6, 7, 8, 5]],
    [103, [6, 9, 10, 7, 6]],
    [104, [5, 6, 77, 5]],
  ]);

  function assemble(...members: [way: number, role: string][]) {
    const relation = {
      ...{ id: 1, tags: { landuse: 'retail' } },
      members: members.map(([way, role]) => ({ way, role })),
    };
    return assembleArea(relation, {
      refsOf: (way) => ways.get(way),
      positionsOf: (refs) =>
        refs.map((ref) => grid.get(ref)).filter((found) => found !== undefined),
    });
  }

  const holes = ({ polygons }: { polygons: readonly (readonly unknown[])[] }) =>
    polygons.map((polygon) => polygon.length - 1);

  test('two outer ways and a hole', () => {
    const area = assemble([100, 'outer'], [101, 'outer'], [102, 'inner']);
    expect(holes(area)).toEqual([1]);
    expect(area.problems).toEqual([]);
  });

  test.each([
    [
      [
        [100, 'outer'],
        [101, 'outer'],
        [101, 'outer'],
      ],
      '1 member ways are there twice',
    ],
    [
      [
        [100, 'outer'],
        [101, 'label'],
      ],
      'role "label" is taken as outer',
    ],
    [
      [
        [100, 'outer'],
        [101, 'inner'],
      ],
      'rings close only over outer and inner ways together; roles are left aside',
    ],
    [
      [
        [100, 'outer'],
        [101, 'outer'],
        [999, 'inner'],
      ],
      '1 of 3 member ways are missing',
    ],
    [
      [
        [100, 'outer'],
        [101, 'outer'],
        [104, 'inner'],
      ],
      'a ring misses 1 nodes',
    ],
  ] as [[number, string][], string][])('%j: %s', (members, problem) => {
    const area = assemble(...members);
    expect(area.problems).toEqual([problem]);
    expect(holes(area)).toEqual([0]);
  });

  test('holes that touch along a line are told', () => {
    const area = assemble([100, 'outer'], [101, 'outer'], [102, 'inner'], [103, 'inner']);
    expect(area.problems).toEqual(['rings share 1 segments of their border']);
    expect(holes(area)).toEqual([2]);
  });

  test('an open ring is never closed by a guess', () => {
    const area = assemble([100, 'outer'], [102, 'inner']);
    expect(area.polygons).toEqual([]);
    expect(area.problems[0]).toBe('rings are open at nodes 1, 3');
  });
});

describe('junctions', () => {
  test('a way is split where it meets another, not at its plain nodes', () => {
    const parts = splitRoad([1, 2, 3, 4, 5], (id) => id === 3);
    expect(parts).toEqual([
      { first: 0, last: 2 },
      { first: 2, last: 4 },
    ]);
  });

  test('a way without junctions is one part, also where its ends are junctions', () => {
    expect(splitRoad([1, 2, 3], (id) => id !== 2)).toEqual([{ first: 0, last: 2 }]);
  });

  test('nodes used by two roads, or twice by one, are junctions', () => {
    const needed = new NodeIdList();
    const ofRoads = new NodeIdList();
    for (const id of [1, 2, 3, 3, 4, 2, 9_007_199_254_740]) {
      needed.add(id);
      ofRoads.add(id);
    }
    needed.add(4);
    const index = new NodeIndex(needed, ofRoads);
    expect([1, 2, 3, 4, 5].map((id) => index.isJunction(id))).toEqual([
      ...[false, true, true, false, false],
    ]);
    expect(index.size).toBe(5);
  });

  test('coordinates keep seven decimals, and only needed nodes are kept', () => {
    const needed = new NodeIdList();
    needed.add(7);
    const index = new NodeIndex(needed, new NodeIdList());
    index.set(7, -179.9999999, 51.1234567);
    index.set(8, 1, 1);
    expect(index.get(7)).toEqual([-179.9999999, 51.1234567]);
    expect(index.get(8)).toBeUndefined();
  });
});
