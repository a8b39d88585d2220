import { describe, expect, it } from 'vitest';
import { handlesOf, moveHandle, removeCorner } from '../../../../../src/map/draw/handles.js';
import {
  addPoint,
  dropPoint,
  extendStroke,
  keptCorners,
  startSketch,
  toLeaf,
} from '../../../../../src/map/draw/sketch.js';

describe('a sketch', () => {
  it('of a box holds from corner to corner, in whatever direction', () => {
    const sketch = extendStroke(startSketch('box', [5, 52]), [4, 53]);
    expect(toLeaf(sketch)).toEqual({ kind: 'box', bounds: [4, 52, 5, 53] });
    expect(toLeaf(sketch, true)).toBeNull();
  });

  it('of a circle reaches to the pointer, or 500 m after a click', () => {
    const sketch = extendStroke(startSketch('circle', [4, 52]), [4, 52.01]);
    expect(toLeaf(sketch)).toMatchObject({ kind: 'circle', radiusMeters: 1113 });
    expect(toLeaf(startSketch('circle', [4, 52]), true)).toMatchObject({ radiusMeters: 500 });
  });

  it('of a polygon needs three corners, and takes a double click as one', () => {
    let sketch = startSketch('polygon', [4, 52]);
    for (const point of [
      [5, 52],
      [5, 52],
    ] as const) {
      sketch = addPoint(sketch, point);
    }
    expect(toLeaf(sketch)).toBeNull();
    sketch = addPoint(sketch, [5, 53]);
    expect(toLeaf(sketch)).toMatchObject({ kind: 'polygon', ring: { length: 3 } });
    expect(toLeaf(dropPoint(sketch)!)).toBeNull();
  });

  it('that measures selects nothing', () => {
    expect(toLeaf(addPoint(startSketch('distance', [4, 52]), [5, 52]))).toBeNull();
  });

  it('forgets its last corner, and then itself', () => {
    expect(dropPoint(startSketch('corridor', [4, 52]))).toBeNull();
  });
});

describe('a lasso', () => {
  it('keeps the corners that make its course', () => {
    const line = [
      { x: 0, y: 0 },
      { x: 5, y: 0.4 },
      { x: 10, y: 0 },
      { x: 10, y: 10 },
    ];
    expect(keptCorners(line, 1.5)).toEqual([0, 2, 3]);
  });
});

describe('handles', () => {
  const polygon = {
    kind: 'polygon' as const,
    ring: [
      [0, 0],
      [2, 0],
      [2, 2],
    ] as [number, number][],
  };

  it('are corners and what lies between them', () => {
    const handles = handlesOf(polygon);
    expect(handles.map(({ kind }) => kind)).toEqual([
      ...Array(3).fill('corner'),
      ...Array(3).fill('middle'),
    ]);
    expect(handles[3]?.at).toEqual([1, 0]);
  });

  it('move a corner, and make one of a middle', () => {
    const [first, , , middle] = handlesOf(polygon);
    expect(moveHandle(polygon, first!, [9, 9])).toMatchObject({
      ring: [
        [9, 9],
        [2, 0],
        [2, 2],
      ],
    });
    expect(moveHandle(polygon, middle!, [1, -1])).toMatchObject({
      ring: [
        [0, 0],
        [1, -1],
        [2, 0],
        [2, 2],
      ],
    });
  });

  it('leave the opposite corner of a box where it is', () => {
    const box = { kind: 'box' as const, bounds: [0, 0, 2, 2] as [number, number, number, number] };
    const [northWest] = handlesOf(box);
    expect(moveHandle(box, northWest!, [1, 5])).toMatchObject({ bounds: [1, 0, 2, 5] });
  });

  it('set the radius of a circle in metres', () => {
    const circle = {
      kind: 'circle' as const,
      center: [4, 52] as [number, number],
      radiusMeters: 5,
    };
    const [, radius] = handlesOf(circle);
    expect(moveHandle(circle, radius!, [4, 52.01])).toMatchObject({ radiusMeters: 1113 });
  });

  it('are removed while enough are left', () => {
    const [first] = handlesOf(polygon);
    expect(removeCorner(polygon, first!)).toBe(polygon);
    const square = { ...polygon, ring: [...polygon.ring, [0, 2] as [number, number]] };
    expect(removeCorner(square, first!)).toMatchObject({ ring: { length: 3 } });
  });
});
