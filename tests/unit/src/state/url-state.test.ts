import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  defaultState,
  filterNames,
  parseUrl,
  printUrl,
  screens,
  type UrlState,
} from '../../../../src/state/url-state.js';
import { parseClasses } from '../../../../src/map/class-settings.js';
import { defaultLayers, everyZoom, moveLayer } from '../../../../src/map/layer-state.js';
import { parseDisplay } from '../../../../src/map/account-display.js';
import { defaultTable, tableColumns, type TableState } from '../../../../src/state/table-url.js';

const month = fc
  .tuple(fc.integer({ min: 1990, max: 2099 }), fc.integer({ min: 1, max: 12 }))
  .map(([year, number]) => `${year}-${String(number).padStart(2, '0')}`);
const period = fc
  .tuple(month, month)
  .map(([a, b]) => (a <= b ? { first: a, last: b } : { first: b, last: a }));
const id = fc.integer({ min: 1, max: 1_000_000_000 });
const item = fc
  .string({ minLength: 1, maxLength: 12 })
  .map((text) => text.replaceAll(',', '').trim())
  .filter((text) => text !== '');
const filters = fc
  .uniqueArray(fc.constantFrom(...filterNames))
  .chain((names) =>
    fc
      .tuple(...names.map(() => fc.uniqueArray(item, { minLength: 1, maxLength: 4 })))
      .map((lists) => Object.fromEntries(names.map((name, index) => [name, lists[index] ?? []]))),
  );
const layersInUsualOrder = fc.tuple(
  ...defaultLayers.map(({ id: layer }) =>
    fc.record({
      id: fc.constant(layer),
      visible: fc.boolean(),
      opacity: fc.integer({ min: 0, max: 20 }).map((step) => step / 20),
      hidden: fc.uniqueArray(fc.constantFrom('c1', 'none', 'semi_detached'), { maxLength: 3 }),
      zooms: fc.constantFrom(everyZoom, { min: 8, max: 14 }, { min: 0, max: 10.5 }),
      labels: fc.boolean(),
    }),
  ),
);
const layers = fc
  .tuple(layersInUsualOrder, fc.constantFrom('roads' as const, 'regions' as const), fc.nat(7))
  .map(([list, moved, place]) => moveLayer(list, moved, place));
const viewport = fc.record({
  lon: fc.integer({ min: -17_999_999, max: 17_999_999 }).map((value) => value / 1e5),
  lat: fc.integer({ min: -8_500_000, max: 8_500_000 }).map((value) => value / 1e5),
  zoom: fc.integer({ min: 0, max: 2200 }).map((value) => value / 100),
});

const table: fc.Arbitrary<TableState> = fc.record({
  find: fc.constantFrom('', 'de boer & zn', 'Élan'),
  sort: fc.constantFrom('name' as const, '-revenue' as const),
  group: fc.option(fc.constantFrom('segment' as const, 'region2' as const)),
  columns: fc.option(fc.subarray([...tableColumns])),
  inMap: fc.boolean(),
});

const plainState: fc.Arbitrary<UrlState> = fc.record({
  table: fc.constant(defaultTable),
  screen: fc.constantFrom(...screens),
  section: fc.option(fc.constantFrom('tokens', 'people', '17')),
  region: fc.option(id),
  measure: fc.constantFrom('sales.revenue', 'accounts.accounts', 'geography.area_km2'),
  period: fc.option(period),
  filters,
  layers,
  classes: fc
    .constantFrom(
      'quantile:5:teal',
      'natural:9:grey',
      'deviation:4:blue-red:zero',
      'equal:2:teal-brown:-12.5',
      'manual:-3/0/1e-7/2.5:purple-orange:mean',
    )
    .map(parseClasses),
  roadColour: fc.constantFrom('class' as const, 'condition' as const),
  accountDisplay: fc
    .constantFrom(
      'auto',
      'points:segment',
      'size:owner',
      'clusters',
      'heat:revenue',
      'columns:mean',
    )
    .map(parseDisplay),
  account: fc.option(id),
  feature: fc.option(
    fc.record({ layer: fc.constantFrom('roads' as const, 'places' as const), id }),
  ),
  here: fc.option(
    fc.record({
      lon: fc.integer({ min: -180_000_000, max: 180_000_000 }).map((value) => value / 1e6),
      lat: fc.integer({ min: -90_000_000, max: 90_000_000 }).map((value) => value / 1e6),
    }),
  ),
  viewport: fc.option(viewport),
});

/** Only the screen of accounts says in its address how its table is looked at. */
const anyState = fc
  .tuple(plainState, table)
  .map(([state, seen]) => (state.screen === 'accounts' ? { ...state, table: seen } : state));

function readBack(address: string): UrlState {
  const { pathname, search } = new URL(address, 'http://catchment.test');
  return parseUrl(pathname, search);
}

describe('the state in the address', () => {
  it('is read back as it was printed', () => {
    fc.assert(
      fc.property(anyState, (state) => {
        expect(readBack(printUrl(state))).toEqual(state);
      }),
    );
  });

  it('is short while everything has its default', () => {
    expect(printUrl(defaultState)).toBe('/explore');
  });

  it('takes the default for whatever is malformed', () => {
    const address = '/nowhere?region=-1&measure=drop%20table&period=2026-13..x&at=999/0/1&layers=';
    const state = readBack(address);
    expect(state).toMatchObject({
      screen: 'explore',
      region: null,
      measure: defaultState.measure,
      period: null,
      viewport: null,
    });
    expect(state.layers.every(({ visible }) => !visible)).toBe(true);
  });

  it('never throws, whatever the query is', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (pathname, search) => {
        parseUrl(pathname, search);
      }),
    );
  });
});
