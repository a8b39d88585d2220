import { describe, expect, it } from 'vitest';
import type { AccountMark } from '../../../../src/map/account-drawing.js';
import type { Choropleth } from '../../../../src/map/contract.js';
import { hoverCard } from '../../../../src/map/hover-card.js';
import type { Hit } from '../../../../src/map/picking.js';

const choropleth: Choropleth = {
  level: 2,
  parentId: null,
  values: new Map([
    [1, 12.5],
    [2, null],
  ]),
  breaks: [],
  ramp: 'teal',
  middle: null,
  hidden: [],
  format: (value) => `€ ${value}`,
};

const cardOf = (hit: Hit) => hoverCard({ hit, choropleth, formatCount: String });
const region = (id: number): Hit => ({ kind: 'region', id, properties: { name: 'Jordaan' } });

describe('hoverCard', () => {
  it('names a region with its value', () => {
    expect(cardOf(region(1))).toEqual({ title: 'Jordaan', lines: ['€ 12.5'] });
    expect(cardOf(region(2))).toEqual({ title: 'Jordaan', lines: ['No data'] });
    expect(cardOf(region(3))).toEqual({ title: 'Jordaan', lines: [] });
  });

  it('tells one account, a stack and a cell apart', () => {
    const mark: AccountMark = {
      kind: 'point',
      row: 0,
      lon: 4.86,
      lat: 52.36,
      count: 1,
      value: null,
      code: { category: 'lifecycle', value: 'lead', label: null },
      radiusPixels: 3,
      idOf: null,
    };
    const titleOf = (patch: Partial<AccountMark>) =>
      cardOf({ kind: 'account', mark: { ...mark, ...patch } })?.title;
    expect(titleOf({})).toBe('Lead');
    expect(titleOf({ code: { category: 'owner', value: 'u7', label: 'Ans' } })).toBe('Ans');
    expect(titleOf({ code: { category: 'segment', value: 'Retail', label: null } })).toBe('Retail');
    expect(titleOf({ count: 3 })).toBe('3 accounts at this place');
    expect(titleOf({ kind: 'group', count: 214 })).toBe('214 accounts');
    const { lines } = cardOf({ kind: 'account', mark: { ...mark, value: 1234.4 } })!;
    expect(lines).toEqual(['Revenue: 1234']);
  });

  it('describes a building by its housing type when it has no name', () => {
    const properties = { housing_type: 'terrace', year: 1931 };
    expect(cardOf({ kind: 'feature', layer: 'buildings', id: 1, properties })).toEqual({
      title: 'Terraced',
      lines: ['Built in 1931'],
    });
  });
});
