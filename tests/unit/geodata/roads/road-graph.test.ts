import { describe, expect, test } from 'vitest';
import { connectivity, strongComponents } from '../../../../geodata/roads/connectivity.js';
import { MinHeap } from '../../../../geodata/roads/min-heap.js';
import { restrictionPath } from '../../../../geodata/roads/restriction-path.js';
import { toTurnRestriction } from '../../../../geodata/roads/turn-restriction.js';
import { TurnStates } from '../../../../geodata/roads/turn-states.js';
import type { OsmMember } from '../../../../geodata/osm/elements.js';

describe('components', () => {
  function graph(nodes: number, pairs: readonly (readonly [number, number])[]) {
    const sorted = [...pairs].sort((a, b) => a[0] - b[0]);
    const firstEdge = new Int32Array(nodes + 1);
    for (const [from] of sorted) firstEdge[from + 1] = (firstEdge[from + 1] ?? 0) + 1;
    for (let i = 0; i < nodes; i += 1)
      firstEdge[i + 1] = (firstEdge[i + 1] ?? 0) + (firstEdge[i] ?? 0);
    return {
      firstEdge,
      fromNode: Int32Array.from(sorted, ([from]) => from),
      toNode: Int32Array.from(sorted, ([, to]) => to),
    };
  }

  test('nodes that reach each other are one component', () => {
    const components = strongComponents(
      graph(6, [
        [0, 1],
        [1, 2],
        [2, 0],
        [2, 3],
        [3, 4],
        [4, 3],
      ]),
    );
    expect(components[0]).toBe(components[1]);
    expect(components[0]).toBe(components[2]);
    expect(components[3]).toBe(components[4]);
    expect(new Set(components).size).toBe(3);
  });

  test('the share is that of the edges in the largest component', () => {
    const found = connectivity(
      graph(5, [
        [0, 1],
        [1, 2],
        [2, 0],
        [2, 3],
        [3, 4],
        [4, 3],
      ]),
    );
    expect(found).toEqual({ edges: 6, largestShare: 0.5 });
    expect(connectivity(graph(2, []))).toEqual({ edges: 0, largestShare: 0 });
  });

  test('a line of many thousand nodes does not exhaust the stack', () => {
    const line = Array.from({ length: 50_000 }, (_, i) => [i, i + 1] as const);
    expect(new Set(strongComponents(graph(50_001, line))).size).toBe(50_001);
  });
});

test('the heap gives the smallest first', () => {
  const heap = new MinHeap();
  const keys = [5, 3, 9, 1, 1, 7, 0, 4];
  keys.forEach((key, item) => heap.push(key, item));
  const sorted = keys.map(() => heap.pop()?.key);
  expect(sorted).toEqual([0, 1, 1, 3, 4, 5, 7, 9]);
  expect(heap.pop()).toBeUndefined();
});

describe('turns', () => {
  const states = (...sequences: number[][]) => new TurnStates(10, { sequences, unresolved: 0 });

  test('a forbidden pair is not made, others are', () => {
    const turns = states([1, 2]);
    expect(turns.next(1, 2)).toBeUndefined();
    expect(turns.next(1, 3)).toBe(3);
    expect(turns.next(3, 2)).toBe(2);
  });

  test('a forbidden sequence is not completed, but its parts may be travelled', () => {
    const turns = states([1, 2, 3]);
    const second = turns.next(1, 2)!;
    expect(turns.edgeOf(second)).toBe(2);
    expect(second).toBeGreaterThanOrEqual(10);
    expect(turns.next(second, 3)).toBeUndefined();
    expect(turns.next(second, 4)).toBe(4);
    expect(turns.next(turns.next(5, 2)!, 3)).toBe(3);
  });

  test('sequences that begin within each other are told apart', () => {
    const turns = states([1, 2, 3, 4], [2, 3, 5]);
    const second = turns.next(1, 2)!;
    const third = turns.next(second, 3)!;
    expect(turns.next(third, 4)).toBeUndefined();
    expect(turns.next(third, 5)).toBeUndefined();
    expect(turns.next(turns.next(2, 3)!, 4)).toBe(4);
  });
});

describe('turn restrictions', () => {
  const member = (type: OsmMember['type'], ref: number, role: string) => ({ type, ref, role });
  const members = [member('way', 1, 'from'), member('node', 5, 'via'), member('way', 2, 'to')];
  const of = (tags: Record<string, string>, list: readonly OsmMember[] = members) =>
    toTurnRestriction({
      type: 'relation',
      id: 9,
      tags: { type: 'restriction', ...tags },
      members: list,
    });

  test('one over a node', () => {
    expect(of({ restriction: 'no_left_turn', except: 'psv; bicycle' })).toEqual({
      status: 'found',
      restriction: {
        ...{ id: 9, restriction: 'no_left_turn', isOnly: false, modes: 1 },
        ...{ from: [1], via: { node: 5 }, to: [2] },
      },
    });
  });

  test.each([
    [{ restriction: 'only_straight_on' }, { isOnly: true, modes: 3 }],
    [{ 'restriction:bicycle': 'no_left_turn' }, { isOnly: false, modes: 2 }],
    [{ 'restriction:motorcar': 'no_u_turn' }, { isOnly: false, modes: 1 }],
  ])('%j', (tags, expected) => {
    expect(of(tags)).toMatchObject({ status: 'found', restriction: expected });
  });

  test.each([
    [{ 'restriction:hgv': 'no_left_turn' }, false],
    [{ 'restriction:conditional': 'no_left_turn @ (7:00-9:00)' }, false],
    [{ restriction: 'no_left_turn', day_on: 'Monday' }, false],
    [{ restriction: 'no_sideways' }, true],
    [{}, true],
  ])('%j is left out', (tags, isBroken) => {
    expect(of(tags)).toMatchObject({ status: 'left-out', isBroken });
  });

  test('other relations are none', () => {
    expect(toTurnRestriction({ type: 'relation', id: 1, members })).toBeUndefined();
  });

  const refs = new Map([
    [1, [1, 2, 3]],
    [2, [5, 4, 3]],
    [3, [5, 6]],
    [4, [6, 7]],
    [5, [9, 10]],
  ]);
  const path = (via: { node: number } | { ways: number[] }, from: number, to: number) =>
    restrictionPath(via, from, to, (way) => refs.get(way));

  test('ways in between are followed in either order and direction', () => {
    const nodes = [3, 4, 5, 6];
    expect(path({ ways: [2, 3] }, 1, 4)).toEqual({ nodes });
    expect(path({ ways: [3, 2] }, 1, 4)).toEqual({ nodes });
    expect(path({ node: 3 }, 1, 2)).toEqual({ nodes: [3] });
  });

  test.each([
    [{ ways: [2, 5] }, 1, 4, 'its ways do not follow each other'],
    [{ ways: [8] }, 1, 4, 'way 8 is not among the roads'],
    [{ node: 3 }, 1, 99, 'way 99 is not among the roads'],
    [{ node: 4 }, 1, 2, 'node 4 is not on both ways'],
  ])('%j from %i to %i: %s', (via, from, to, problem) => {
    expect(path(via, from, to)).toEqual({ problem });
  });
});
