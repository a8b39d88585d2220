import fc from 'fast-check';
import { cellToParent, latLngToCell } from 'h3-js';
import { expect, it } from 'vitest';
import { cellKeyAt, parentKey, toH3Index } from '../../../../server/column-store/h3.js';

it('a cell key and its parents spell the cells that H3 itself gives', () => {
  const point = fc.tuple(
    fc.double({ min: -180, max: 180, noNaN: true }),
    fc.double({ min: -90, max: 90, noNaN: true }),
  );
  fc.assert(
    fc.property(point, fc.integer({ min: 0, max: 10 }), ([lon, lat], resolution) => {
      const cell = latLngToCell(lat, lon, 10);
      const key = parentKey(cellKeyAt(lon, lat), resolution);
      expect(toH3Index(key, resolution)).toBe(cellToParent(cell, resolution));
    }),
  );
});
