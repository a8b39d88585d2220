import { describe, expect, test } from 'vitest';
import { assemblePolygons, type Ring } from '../../../../geodata/osm/assemble-polygons.js';
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

  test('a hole goes to the smallest outer ring around it', () => {
    const hole = square(2, 2, 1);
    const small = square(1, 1, 3);
    const { polygons, strayHoles } = assemblePolygons([square(0, 0, 10), small], [hole]);
    expect(strayHoles).toBe(0);
    expect(polygons.find(([outer]) => outer === small)).toEqual([small, hole]);
  });

  test('a hole that touches its outer ring is still inside', () => {
    const { polygons, strayHoles } = assemblePolygons([square(0, 0, 4)], [square(0, 1, 1)]);
    expect(strayHoles).toBe(0);
    expect(polygons[0]).toHaveLength(2);
  });

  test('a hole in no outer ring is counted', () => {
    expect(assemblePolygons([square(0, 0, 1)], [square(5, 5, 1)]).strayHoles).toBe(1);
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
