import { beforeAll, describe, expect, it } from 'vitest';
import { Random } from '../../../../geodata/demo/plane/random.js';
import { ColumnStore } from '../../../../server/column-store/column-store.js';
import type { RowSource } from '../../../../server/column-store/row-source.js';
import type { StoreRow } from '../../../../server/column-store/row-table.js';
import type { Selection } from '../../../../server/column-store/view.js';
import { toLonLat, toWorld } from '../../../../server/column-store/world.js';
import type { Database } from '../../../../server/db/database.js';

type Point = readonly [lon: number, lat: number];

const everything: Selection = { key: 'everything', testOf: () => undefined };
const fives: Selection = {
  key: 'fives',
  testOf: (table) => (row) => table.category(0, row) === 'five',
};
const queries = 10_000;
const rowCount = 1500;

/** Towns, heaps of equal points, both sides of the antimeridian, and the far north. */
function somePoints(random: Random): Point[] {
  return Array.from({ length: rowCount }, (_, row): Point => {
    const kind = row % 5;
    if (kind === 0) return [4.9 + random.normal(0, 0.05), 52.4 + random.normal(0, 0.03)];
    if (kind === 1) return [4.9 + random.int(0, 3) / 10, 52.3 + random.int(0, 3) / 10];
    if (kind === 2) return [random.chance(0.5) ? 179.9 : -179.9, random.range(-20, -10)];
    if (kind === 3) return [random.range(-180, 180), random.range(60, 85)];
    return [random.range(-180, 180), random.range(-80, 80)];
  });
}

let rows: StoreRow[];
let store: ColumnStore;
let random: Random;

beforeAll(async () => {
  random = new Random(7);
  const categories = (id: number) => [id % 5 === 0 ? 'five' : 'other'];
  rows = somePoints(random).map((position, id) => ({
    id,
    position: id % 97 === 0 ? null : position,
    cell: null,
    categories: categories(id),
    values: [],
    texts: [],
  }));
  const source: RowSource = {
    layer: 'accounts',
    schema: { categories: ['kind'], values: [], texts: [] },
    fill: async (_database, table) => {
      for (const row of rows.slice(0, -50)) table.append(row);
    },
    readByIds: async (_database, ids) => rows.filter(({ id }) => ids.includes(id)),
  };
  store = new ColumnStore({} as Database, source);
  await store.load();
  // The last ones came after the store was read, and one of the first went.
  await store.refresh(rows.slice(-50).map(({ id }) => id));
  rows = rows.filter(({ id }) => id !== 1);
  await store.refresh([1]);
});

type Placed = { readonly id: number; readonly lon: number; readonly lat: number };

const radians = Math.PI / 180;

function placedRows(): Placed[] {
  return rows.flatMap(({ id, position }) => {
    if (position === null) return [];
    const { x, y } = toWorld(...position);
    const [lon, lat] = toLonLat(x, y);
    return [{ id, lon, lat }];
  });
}

/** Ids in order of the plain haversine to every row, equal distances by id. */
function bruteForce(placed: readonly Placed[], [lon, lat]: Point, limit: number): number[] {
  const best: { id: number; key: number }[] = [];
  for (const row of placed) {
    const north = Math.sin(((row.lat - lat) * radians) / 2);
    const east = Math.sin(((row.lon - lon) * radians) / 2);
    const cosines = Math.cos(lat * radians) * Math.cos(row.lat * radians);
    const key = north * north + cosines * east * east;
    if (best.length === limit && key > best[limit - 1]!.key) continue;
    best.push({ id: row.id, key });
    best.sort((a, b) => a.key - b.key || a.id - b.id);
    best.length = Math.min(best.length, limit);
  }
  return best.map(({ id }) => id);
}

function anywhere(): Point {
  if (random.chance(0.3)) return [4.9 + random.int(0, 30) / 100, 52.3 + random.int(0, 30) / 100];
  if (random.chance(0.3)) return [random.chance(0.5) ? 180 : -180, random.range(-25, 0)];
  return [random.range(-180, 180), random.range(-90, 90)];
}

describe('the nearest rows', () => {
  it(`are those of looking at every row, for ${queries} points with ties and across the antimeridian`, () => {
    const placed = placedRows();
    for (let query = 0; query < queries; query++) {
      const from = anywhere();
      const found = store.nearest(everything, from, 10).map(({ id }) => id);
      const expected = bruteForce(placed, from, 10);
      if (found.join() !== expected.join()) expect(found, from.join()).toEqual(expected);
    }
  });

  it('are those of the selection', () => {
    const from: Point = [4.95, 52.35];
    const found = store.nearest(fives, from, 40).map(({ id }) => id);

    const chosen = placedRows().filter(({ id }) => id % 5 === 0);
    expect(found).toEqual(bruteForce(chosen, from, 40));
  });

  it('are as many as there are where fewer are placed than asked for', () => {
    const placed = rows.filter(({ position }) => position !== null).length;

    expect(store.nearest(everything, [0, 0], rowCount * 2)).toHaveLength(placed);
  });

  it('say how far away they are in metres', () => {
    const [first] = store.nearest(everything, [179.95, -15], 1);

    expect(first!.distanceM).toBeGreaterThan(0);
    expect(first!.distanceM).toBeLessThan(30_000);
  });
});
