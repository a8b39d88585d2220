import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sortedOrder, toZOrderWords } from '../../../../server/column-store/sort.js';
import { atOnce } from '../../../../server/column-store/breathe.js';
import {
  isBefore,
  maxTileZoom,
  tileOf,
  tileRun,
  toLonLat,
  toWorld,
  worldSize,
} from '../../../../server/column-store/world.js';

const lonLat = fc.tuple(
  fc.double({ min: -180, max: 180, noNaN: true }),
  fc.double({ min: -90, max: 90, noNaN: true }),
);
const coordinate = fc.integer({ min: 0, max: worldSize - 1 });

describe('a world position', () => {
  it('is inside the square for every point of the earth, poles and date line included', () => {
    fc.assert(
      fc.property(lonLat, ([lon, lat]) => {
        const { x, y } = toWorld(lon, lat);
        for (const value of [x, y]) {
          expect(Number.isInteger(value) && value >= 0 && value < worldSize).toBe(true);
        }
      }),
    );
  });

  it('is within a centimetre or so of its point', () => {
    const mapped = fc.tuple(
      fc.double({ min: -179.9, max: 179.9, noNaN: true }),
      fc.double({ min: -85, max: 85, noNaN: true }),
    );
    fc.assert(
      fc.property(mapped, ([lon, lat]) => {
        const { x, y } = toWorld(lon, lat);
        const [backLon, backLat] = toLonLat(x, y);
        expect(Math.abs(backLon - lon)).toBeLessThan(1e-7);
        expect(Math.abs(backLat - lat)).toBeLessThan(1e-7);
      }),
    );
  });
});

describe('rows sorted along the Z-order curve', () => {
  const positions = fc.array(fc.tuple(coordinate, coordinate), { minLength: 1, maxLength: 60 });

  it('stand in the order that isBefore tells', async () => {
    await fc.assert(
      fc.asyncProperty(positions, async (rows) => {
        const { xs, ys } = await sorted(rows);
        for (let i = 1; i < rows.length; i++) {
          expect(isBefore(xs[i]!, ys[i]!, xs[i - 1]!, ys[i - 1]!)).toBe(false);
        }
      }),
    );
  });

  it('of a tile are exactly one run', async () => {
    const zoom = fc.integer({ min: 0, max: maxTileZoom });
    await fc.assert(
      fc.asyncProperty(positions, zoom, async (rows, z) => {
        const { xs, ys } = await sorted(rows);
        const tile = { z, x: tileOf(rows[0]![0], z), y: tileOf(rows[0]![1], z) };
        const { start, end } = tileRun(xs, ys, rows.length, tile);
        for (let i = 0; i < rows.length; i++) {
          const isInside = tileOf(xs[i]!, z) === tile.x && tileOf(ys[i]!, z) === tile.y;
          expect(isInside).toBe(i >= start && i < end);
        }
      }),
    );
  });
});

async function sorted(rows: [number, number][]): Promise<{ xs: Uint32Array; ys: Uint32Array }> {
  const xs = Uint32Array.from(rows, ([x]) => x);
  const ys = Uint32Array.from(rows, ([, y]) => y);
  const order = atOnce(sortedOrder(toZOrderWords(xs, ys, rows.length), rows.length));
  return { xs: xs.map((_, i) => xs[order[i]!]!), ys: ys.map((_, i) => ys[order[i]!]!) };
}
