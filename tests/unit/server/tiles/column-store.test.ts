import { VectorTile } from '@mapbox/vector-tile';
import { PbfReader } from 'pbf';
import { beforeAll, describe, expect, it } from 'vitest';
import { accountCategories } from '../../../../server/column-store/accounts.source.js';
import { ColumnStore } from '../../../../server/column-store/column-store.js';
import { maxPositionsInTile } from '../../../../server/column-store/crowding.js';
import { resolutionAt } from '../../../../server/column-store/h3.js';
import type { StoreRow } from '../../../../server/column-store/row-table.js';
import type { Selection } from '../../../../server/column-store/view.js';
import {
  maxTileZoom,
  tileOf,
  toWorld,
  type TileId,
  type WorldPosition,
} from '../../../../server/column-store/world.js';
import type { Database } from '../../../../server/db/database.js';
import { accountTile } from '../../../../server/modules/tiles/point-tiles.js';
import { maxTileBytes } from '../../../../server/modules/tiles/shape-tile.js';

const rowCount = 100_000;
const everything: Selection = { key: 'everything', testOf: () => undefined };

/** A dense town: 100,000 rows in 20 by 20 km, one in ten at one of 50 heaps. */
function makeRows(): StoreRow[] {
  let state = 1;
  const random = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  return Array.from({ length: rowCount }, (_, id) => {
    const isInHeap = random() < 0.1;
    const at = () => (isInHeap ? Math.floor(random() * 7) / 7 : random());
    return {
      id,
      position: [4.8 + 0.3 * at(), 52.3 + 0.18 * at()],
      cell: null,
      categories: accountCategories.map((name) => (name === 'segment' ? `segment ${id % 7}` : 'x')),
      values: [Math.floor(random() * 1_000_000), 0],
      texts: [],
    };
  });
}

let rows: StoreRow[];
let store: ColumnStore;
let positions: WorldPosition[];

beforeAll(async () => {
  rows = makeRows();
  positions = rows.map((row) => toWorld(row.position![0], row.position![1]));
  store = new ColumnStore({} as Database, {
    layer: 'accounts',
    schema: { categories: accountCategories, values: ['revenue', 'revenue_12m'], texts: [] },
    fill: async (_database, table) => {
      for (const row of rows) table.append(row);
    },
    readByIds: async (_database, ids) => rows.filter((row) => ids.includes(row.id)),
  });
  await store.load();
});

/** Tiles that hold a row, and below zoom 14 their neighbours, where the centre of its cell may be. */
function tilesWithMargin(z: number): TileId[] {
  const size = 2 ** z;
  const held = new Set<number>();
  for (const { x, y } of positions) held.add(tileOf(x, z) * size + tileOf(y, z));
  const reach = z < 14 ? 1 : 0;
  const keys = new Set<number>();
  for (const key of held) {
    for (let dx = -reach; dx <= reach; dx++) {
      for (let dy = -reach; dy <= reach; dy++) {
        const x = Math.min(size - 1, Math.max(0, Math.floor(key / size) + dx));
        const y = Math.min(size - 1, Math.max(0, (key % size) + dy));
        keys.add(x * size + y);
      }
    }
  }
  return [...keys].map((key) => ({ z, x: Math.floor(key / size), y: key % size }));
}

describe('a store of 100,000 rows', () => {
  it('has tiles of at most 500 KB and 5,000 features that sum to all rows at every zoom', () => {
    const cents = rows.reduce((sum, row) => sum + row.values[0]!, 0);
    const pointZoom = store.pointZoom(everything);
    expect(pointZoom).toBeLessThan(14);
    for (let z = 0; z <= maxTileZoom; z++) {
      const sums = { z, count: 0, cents: 0 };
      for (const tile of tilesWithMargin(z)) {
        const bytes = accountTile(store, everything, tile, { measure: 'revenue' });
        expect(bytes.length).toBeLessThanOrEqual(maxTileBytes);
        const layer = new VectorTile(new PbfReader(bytes)).layers['accounts'];
        expect(layer?.length ?? 0).toBeLessThanOrEqual(maxPositionsInTile);
        for (let i = 0; i < (layer?.length ?? 0); i++) {
          const { properties } = layer!.feature(i);
          sums.count += Number(properties['count']);
          sums.cents += Math.round(Number(properties['value']) * 100);
        }
      }
      expect(sums).toEqual({ z, count: rowCount, cents });
    }
  });

  it('switches to points at the first zoom whose fullest tile holds few enough positions', () => {
    const pointZoom = store.pointZoom(everything);
    const fullest = (z: number) => {
      const byTile = new Map<number, Set<string>>();
      for (const { x, y } of positions) {
        const tile = tileOf(x, z) * 2 ** z + tileOf(y, z);
        byTile.set(tile, (byTile.get(tile) ?? new Set()).add(`${x} ${y}`));
      }
      return Math.max(...[...byTile.values()].map((set) => set.size));
    };
    expect(fullest(pointZoom)).toBeLessThanOrEqual(maxPositionsInTile);
    expect(fullest(pointZoom - 1)).toBeGreaterThan(maxPositionsInTile);
  });

  it('keeps its cells a readable size: coarser where the map shows more', () => {
    const resolutions = Array.from({ length: maxTileZoom + 1 }, (_, z) => resolutionAt(z));
    expect([...resolutions].sort((a, b) => a - b)).toEqual(resolutions);
  });
});
