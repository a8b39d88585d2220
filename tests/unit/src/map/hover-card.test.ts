import { describe, expect, it } from 'vitest';
import { decodeAccounts, noAccounts } from '../../../../src/map/account-tiles.js';
import type { Choropleth } from '../../../../src/map/contract.js';
import { hoverCard } from '../../../../src/map/hover-card.js';
import type { Hit } from '../../../../src/map/picking.js';
import { accountsTile, cellsTile } from '../../../support/account-tile.js';

const tile = { z: 12, x: 2103, y: 1346 };
const choropleth: Choropleth = {
  level: 2,
  parentId: null,
  values: new Map([
    [1, 12.5],
    [2, null],
  ]),
  breaks: [],
  ramp: 'sequential',
  format: (value) => `€ ${value}`,
};

const cardOf = (hit: Hit, accounts = noAccounts) =>
  hoverCard({ hit, accounts, choropleth, formatCount: String });
const region = (id: number): Hit => ({ kind: 'region', id, properties: { name: 'Jordaan' } });

describe('hoverCard', () => {
  it('names a region with its value', () => {
    expect(cardOf(region(1))).toEqual({ title: 'Jordaan', lines: ['€ 12.5'] });
    expect(cardOf(region(2))).toEqual({ title: 'Jordaan', lines: ['No data'] });
    expect(cardOf(region(3))).toEqual({ title: 'Jordaan', lines: [] });
  });

  it('tells one account, a stack and a cell apart', () => {
    const points = decodeAccounts(
      accountsTile(tile, [
        { lon: 4.86, lat: 52.36, id: 1, kind: 'lead', count: 1, value: 0 },
        { lon: 4.87, lat: 52.36, id: 2, kind: 'lead', count: 3, value: 0 },
      ]),
      tile,
    );
    const cells = decodeAccounts(
      cellsTile(tile, [{ lon: 4.86, lat: 52.36, cell: '871969495ffffff', count: 214 }]),
      tile,
    );
    expect(cardOf({ kind: 'account', row: 0 }, points)?.title).toBe('Lead');
    expect(cardOf({ kind: 'account', row: 1 }, points)?.title).toBe('3 accounts at this place');
    expect(cardOf({ kind: 'account', row: 0 }, cells)?.title).toBe('214 accounts');
  });

  it('describes a building by its housing type when it has no name', () => {
    const properties = { housing_type: 'terrace', year: 1931 };
    expect(cardOf({ kind: 'feature', layer: 'buildings', id: 1, properties })).toEqual({
      title: 'Terraced',
      lines: ['Built in 1931'],
    });
  });
});
