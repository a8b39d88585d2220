import { describe, expect, it } from 'vitest';
import {
  coveringTiles,
  decodeAccounts,
  mergeAccounts,
  nearestRow,
  noAccounts,
  summarise,
} from '../../../../src/map/account-tiles.js';
import { accountsTile, cellsTile } from '../../../support/account-tile.js';

const tile = { z: 12, x: 2103, y: 1346 };

describe('decodeAccounts', () => {
  it('reads points with id, lifecycle, count and value', () => {
    const body = accountsTile(tile, [
      { lon: 4.86, lat: 52.36, id: 17, kind: 'lead', count: 3, value: 12.5 },
    ]);
    const set = decodeAccounts(body, tile);
    expect(set.mode).toBe('points');
    expect(set.length).toBe(1);
    expect(set.positions[0]).toBeCloseTo(4.86, 4);
    expect(set.positions[1]).toBeCloseTo(52.36, 4);
    expect([set.ids[0], set.counts[0], set.values[0], set.lifecycles[0]]).toEqual([17, 3, 12.5, 2]);
  });

  it('reads cells with their index', () => {
    const body = cellsTile(tile, [{ lon: 4.86, lat: 52.36, cell: '881969495bfffff', count: 40 }]);
    const set = decodeAccounts(body, tile);
    expect(set).toMatchObject({ mode: 'cells', length: 1, cells: ['881969495bfffff'] });
    expect(set.counts[0]).toBe(40);
  });

  it('takes an empty answer for no accounts', () => {
    expect(decodeAccounts(new ArrayBuffer(0), tile)).toBe(noAccounts);
    expect(decodeAccounts(accountsTile(tile, []), tile)).toBe(noAccounts);
  });
});

describe('mergeAccounts', () => {
  const points = decodeAccounts(
    accountsTile(tile, [
      { lon: 4.86, lat: 52.36, id: 1, kind: 'customer', count: 1, value: 0 },
      { lon: 4.87, lat: 52.37, id: 2, kind: 'customer', count: 2, value: 0 },
    ]),
    tile,
  );
  const cells = decodeAccounts(
    cellsTile(tile, [{ lon: 4.85, lat: 52.35, cell: '881969495bfffff', count: 40 }]),
    tile,
  );

  it('keeps every row and the sum of counts', () => {
    const merged = mergeAccounts([points, noAccounts, points]);
    expect(merged.length).toBe(4);
    expect([...merged.ids]).toEqual([1, 2, 1, 2]);
    expect(merged.counts.reduce((sum, count) => sum + count, 0)).toBe(6);
  });

  it('keeps cells beside their rows when tiles differ in mode', () => {
    const merged = mergeAccounts([points, cells]);
    expect(merged.mode).toBe('cells');
    expect(merged.cells).toEqual(['', '', '881969495bfffff']);
  });

  it('answers with nothing for nothing', () => {
    expect(mergeAccounts([])).toBe(noAccounts);
  });
});

describe('summarise', () => {
  const set = decodeAccounts(
    accountsTile(tile, [
      { lon: 4.86, lat: 52.36, id: 1, kind: 'customer', count: 1, value: 0 },
      { lon: 4.87, lat: 52.37, id: 2, kind: 'customer', count: 4, value: 0 },
    ]),
    tile,
  );

  it('counts what is inside the box only', () => {
    expect(summarise(set, [4.8, 52.3, 4.9, 52.4])).toEqual({
      accounts: 5,
      cells: 0,
      mode: 'points',
    });
    expect(summarise(set, [4.865, 52.3, 4.9, 52.4]).accounts).toBe(4);
    expect(summarise(noAccounts, [4.8, 52.3, 4.9, 52.4]).accounts).toBe(0);
  });
});

describe('nearestRow', () => {
  const set = decodeAccounts(
    accountsTile(tile, [
      { lon: 4.86, lat: 52.36, id: 1, kind: 'customer', count: 1, value: 0 },
      { lon: 4.861, lat: 52.36, id: 2, kind: 'customer', count: 1, value: 0 },
    ]),
    tile,
  );

  it('finds the nearest row within reach, none beyond it', () => {
    expect(nearestRow(set, { lon: 4.8608, lat: 52.36 }, 14, () => 20)).toBe(1);
    expect(nearestRow(set, { lon: 4.8602, lat: 52.36 }, 14, () => 20)).toBe(0);
    expect(nearestRow(set, { lon: 4.9, lat: 52.36 }, 14, () => 20)).toBe(-1);
  });
});

describe('coveringTiles', () => {
  it('covers a box and stays inside the world', () => {
    expect(coveringTiles([-180, -85, 180, 85], 1)).toHaveLength(4);
    expect(coveringTiles([4.86, 52.36, 4.861, 52.361], 12)).toEqual([tile]);
    expect(coveringTiles([-400, -90, 400, 90], 0)).toEqual([{ z: 0, x: 0, y: 0 }]);
  });
});
