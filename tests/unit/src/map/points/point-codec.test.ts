import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { atOnce } from '../../../../../server/column-store/breathe.js';
import { Dictionary } from '../../../../../server/column-store/dictionary.js';
import { Overlay } from '../../../../../server/column-store/overlay.js';
import { pointRowsOf, type PointRows } from '../../../../../server/column-store/point-rows.js';
import { RowTable } from '../../../../../server/column-store/row-table.js';
import { Snapshot } from '../../../../../server/column-store/snapshot.js';
import { View } from '../../../../../server/column-store/view.js';
import { otherCode } from '../../../../../server/contract/account-points.js';
import {
  encodeCategory,
  encodeFine,
  encodePositions,
  encodeValues,
} from '../../../../../server/modules/points/encode-points.js';
import { maskOf } from '../../../../../server/modules/points/point-mask.js';
import {
  decodePositions,
  decodeValues,
  refinePositions,
} from '../../../../../src/map/points/decode-points.js';

interface Row {
  readonly lon: number;
  readonly lat: number;
  readonly segment: string | null;
  readonly revenue: number;
}

const rowArbitrary = fc.record({
  lon: fc.double({ min: -180, max: 180, noNaN: true }),
  lat: fc.double({ min: -90, max: 90, noNaN: true }),
  segment: fc.option(fc.string({ maxLength: 3 })),
  revenue: fc.integer({ min: -1e12, max: 1e12 }),
});

async function pointsOf(rows: readonly Row[], gone: readonly number[] = []): Promise<PointRows> {
  const schema = { categories: ['segment'], values: ['revenue'], texts: [] };
  const table = new RowTable(schema, [new Dictionary()]);
  rows.forEach(({ lon, lat, segment, revenue }, id) => {
    const position = [lon, lat] as const;
    table.append({ id, position, cell: 1, categories: [segment], values: [revenue], texts: [] });
  });
  const snapshot = await Snapshot.of(table);
  const overlay = new Overlay(snapshot);
  for (const id of gone) overlay.remove(id);
  return pointRowsOf(new View({ key: '', testOf: () => undefined }, snapshot), overlay, 'e');
}

describe('points over the wire', () => {
  it('come back at 24 bits an axis, and at 28 with the fine column', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(rowArbitrary, { minLength: 1, maxLength: 60 }), async (rows) => {
        const points = await pointsOf(rows);
        const positions = decodePositions(atOnce(encodePositions(points)), rows.length);
        const { xs, ys } = points.table;
        for (let i = 0; i < rows.length; i++) {
          expect(positions[i * 2]! >>> 8).toBe(xs[i]! >>> 8);
          expect(positions[i * 2 + 1]! >>> 8).toBe(ys[i]! >>> 8);
        }
        refinePositions(positions, atOnce(encodeFine(points)));
        for (let i = 0; i < rows.length; i++) {
          expect(positions[i * 2]! >>> 4).toBe(xs[i]! >>> 4);
          expect(positions[i * 2 + 1]! >>> 4).toBe(ys[i]! >>> 4);
        }
      }),
    );
  });

  it('keep their category and their value', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(rowArbitrary, { minLength: 1, maxLength: 60 }), async (rows) => {
        const points = await pointsOf(rows);
        const { bytes, values } = atOnce(encodeCategory(points, 0));
        const numbers = decodeValues(atOnce(encodeValues(points, 0)), rows.length);
        points.rows.forEach((row, i) => {
          const original = rows[points.table.ids[row]!]!;
          expect(bytes[i] === 0 ? null : values[bytes[i]! - 1]).toBe(original.segment);
          expect(numbers[i]).toBe(original.revenue + 0);
        });
      }),
    );
  });

  it('name the most frequent values first and gather those beyond 254', async () => {
    const rows = Array.from({ length: 600 }, (_, i) => ({
      lon: i / 10,
      lat: 10,
      segment: i < 300 ? `rare ${i}` : 'often',
      revenue: 0,
    }));
    const { bytes, values } = atOnce(encodeCategory(await pointsOf(rows), 0));
    expect(values).toHaveLength(254);
    expect(values[0]).toBe('often');
    expect(bytes.filter((code) => code === 1)).toHaveLength(300);
    expect(bytes.filter((code) => code === otherCode)).toHaveLength(300 - 253);
  });

  it('tell nothing of a row that is gone, and leave its bit unset', async () => {
    const rows = Array.from({ length: 20 }, (_, i) => ({
      lon: i,
      lat: 10,
      segment: i === 7 ? 'secret' : 'open',
      revenue: i === 7 ? 42 : 1,
    }));
    const points = await pointsOf(rows, [7]);
    const number = points.rows.findIndex((row) => points.table.ids[row] === 7);
    const positions = decodePositions(atOnce(encodePositions(points)), rows.length);
    expect(positions[number * 2]).toBe(positions[number * 2 - 2]);
    expect(atOnce(encodeCategory(points, 0)).values).toEqual(['open']);
    expect(decodeValues(atOnce(encodeValues(points, 0)), rows.length)[number]).toBe(0);
    const mask = maskOf(points, undefined);
    expect((mask[number >> 3]! >> (number & 7)) & 1).toBe(0);
  });
});
