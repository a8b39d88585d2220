import { describe, expect, it } from 'vitest';
import {
  cellHalfWidthMeters,
  marksOf,
  metersPerPixel,
  pointRadiusPixels,
} from '../../../../src/map/account-marks.js';
import { roundUp } from '../../../../src/map/round-up.js';
import { decodeAccounts, noAccounts } from '../../../../src/map/account-tiles.js';
import { hexagonRings } from '../../../../src/map/hexagons.js';
import {
  accountLayers,
  labelledRows,
  radiusPixels,
  type AccountLayerState,
} from '../../../../src/map/layers/accounts.js';
import { lifecycleColours, toRgba } from '../../../../src/map/palette.js';
import { accountsTile, cellsTile } from '../../../support/account-tile.js';

const tile = { z: 12, x: 2103, y: 1346 };
const points = decodeAccounts(
  accountsTile(tile, [
    { lon: 4.86, lat: 52.36, id: 1, kind: 'customer', count: 1, value: 100 },
    { lon: 4.87, lat: 52.36, id: 2, kind: 'lead', count: 3, value: 0 },
  ]),
  tile,
);
const cells = decodeAccounts(
  cellsTile(tile, [
    { lon: 4.86, lat: 52.36, cell: '871969495ffffff', count: 400 },
    { lon: 4.87, lat: 52.37, cell: '871969494ffffff', count: 4 },
  ]),
  tile,
);
const options = { theme: 'light', measure: 'count', cellShape: 'circles' } as const;

const aState = (state: Partial<AccountLayerState> = {}): AccountLayerState => ({
  marks: marksOf(points, options),
  rings: null,
  theme: 'light',
  opacity: 1,
  zoom: 15,
  lat: 52.36,
  formatCount: String,
  ...state,
});

const idsOf = (state: AccountLayerState) =>
  accountLayers(state).flatMap((layer) => (layer && 'id' in layer ? [layer.id] : []));

describe('marksOf', () => {
  it('colours points by lifecycle and makes stacks larger', () => {
    const marks = marksOf(points, options);
    expect([...marks.colours.subarray(0, 4)]).toEqual(toRgba(lifecycleColours.light['customer']!));
    expect([...marks.colours.subarray(4, 8)]).toEqual(toRgba(lifecycleColours.light['lead']!));
    expect(marks.radii[1]).toBeGreaterThan(marks.radii[0]!);
  });

  it('sizes points by revenue when that is the measure', () => {
    const byRevenue = marksOf(points, { ...options, measure: 'revenue' });
    expect(byRevenue.radii[0]).toBeGreaterThan(marksOf(points, options).radii[0]!);
  });

  it('makes circles that stay inside their cell, larger where more accounts are', () => {
    const { radii } = marksOf(cells, options);
    expect(radii[0]).toBeLessThan(cellHalfWidthMeters('871969495ffffff'));
    expect(radii[1]).toBeLessThan(radii[0]!);
  });
});

describe('sizes', () => {
  it('knows the width of cells', () => {
    expect(cellHalfWidthMeters('871969495ffffff')).toBeGreaterThan(1_150);
    expect(cellHalfWidthMeters('871969495ffffff')).toBeLessThan(1_300);
    expect(cellHalfWidthMeters('')).toBe(0);
  });

  it('rounds scales to 1, 2 and 5, so that panning does not resize everything', () => {
    expect([0, 1, 3, 17, 51, 180].map(roundUp)).toEqual([1, 1, 5, 20, 100, 200]);
  });

  it('grows points with the zoom', () => {
    const radii = [2, 8, 11, 13, 15, 18, 20].map(pointRadiusPixels);
    expect([...radii].sort((a, b) => a - b)).toEqual(radii);
    expect(radii[0]).toBeGreaterThan(1);
    expect(radii.at(-1)).toBeLessThanOrEqual(8);
  });

  it('measures pixels on the ground', () => {
    expect(metersPerPixel(0, 0)).toBeCloseTo(78_271.5, 0);
    expect(metersPerPixel(60, 0)).toBeCloseTo(39_135.8, 0);
  });
});

describe('accountLayers', () => {
  it('draws nothing without accounts or when the layer is hidden', () => {
    expect(accountLayers(aState({ marks: marksOf(noAccounts, options) }))).toEqual([]);
    expect(accountLayers(aState({ opacity: 0 }))).toEqual([]);
  });

  it('draws points and counts of stacks', () => {
    expect(idsOf(aState({ zoom: 17 }))).toEqual(['accounts-circles', 'accounts-counts']);
  });

  it('writes the count of stacks only', () => {
    expect(labelledRows(aState({ zoom: 18 }))).toEqual([1]);
    expect(labelledRows(aState({ zoom: 8 }))).toEqual([]);
  });

  it('writes the count of cells that have room for it', () => {
    const marks = marksOf(cells, options);
    const state = aState({ marks, zoom: 10 });
    expect(labelledRows(state)).toEqual([0]);
    expect(radiusPixels(state, 0)).toBeGreaterThan(radiusPixels(state, 1));
  });

  it('draws hexagons once their corners are known', () => {
    const marks = marksOf(cells, { ...options, cellShape: 'hexagons' });
    const rings = hexagonRings(marks, () => [
      [0, 0],
      [1, 0],
      [0, 1],
      [0, 0],
    ]);
    expect([...rings.starts]).toEqual([0, 4, 8]);
    expect(rings.colours).toHaveLength(8 * 4);
    expect(idsOf(aState({ marks, rings }))).toContain('accounts-hexagons');
  });
});
