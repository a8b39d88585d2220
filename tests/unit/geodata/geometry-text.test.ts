import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toGeometryText } from '../../../geodata/values/geometry-text.js';

describe('toGeometryText', () => {
  it('closes rings and leaves heights out', () => {
    const open = {
      type: 'Polygon',
      coordinates: [
        [
          [0, 0, 9],
          [1, 0, 9],
          [1, 1, 9],
        ],
      ],
    };
    expect(toGeometryText(open)).toEqual({
      ok: true,
      value: '{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1],[0,0]]]}',
    });
  });

  it.each([
    [
      {
        type: 'Polygon',
        coordinates: [
          [
            [0, 0],
            [1, 1],
          ],
        ],
      },
    ],
    [{ type: 'Point', coordinates: ['4', 5] }],
    [{ type: 'LineString', coordinates: [[0, 0]] }],
    [{ type: 'MultiPolygon', coordinates: [] }],
    [{ type: 'Circle', coordinates: [0, 0] }],
    [null],
  ])('refuses %j', (geometry) => {
    expect(toGeometryText(geometry).ok).toBe(false);
  });

  it('never throws, whatever a file holds', () => {
    fc.assert(
      fc.property(fc.anything(), (value) => {
        toGeometryText(value);
        toGeometryText({ type: 'Polygon', coordinates: value });
      }),
    );
  });
});
