import { describe, expect, it } from 'vitest';
import {
  defaultLayers,
  isWithinZooms,
  layerOf,
  moveLayer,
  parseLayers,
  printLayers,
  showAllClasses,
  toggleClass,
  type LayerState,
} from '../../../../src/map/layer-state.js';

const order = (layers: readonly LayerState[]) => layers.map(({ id }) => id);

describe('layers in an address', () => {
  it('are left out where they are the usual ones', () => {
    expect(printLayers(defaultLayers)).toBeNull();
    expect(parseLayers(null)).toEqual(defaultLayers);
  });

  it('show those that are named, at their usual places', () => {
    const layers = parseLayers('regions*0.5,accounts');
    expect(order(layers)).toEqual(order(defaultLayers));
    expect(layers.filter(({ visible }) => visible).map(({ id }) => id)).toEqual([
      'regions',
      'accounts',
    ]);
    expect(layerOf(layers, 'regions').opacity).toBe(0.5);
  });

  it('keep their order, with accounts on top', () => {
    const layers = parseLayers('accounts,roads,buildings,regions');
    expect(order(layers).at(-1)).toBe('accounts');
    expect(order(layers).indexOf('roads')).toBeLessThan(order(layers).indexOf('buildings'));
    expect(order(layers)).toHaveLength(defaultLayers.length);
  });

  it('keep hidden classes, zooms and names', () => {
    const roads = layerOf(parseLayers('roads*1*hide.track.path*z8-14.5*unnamed'), 'roads');
    expect(roads).toMatchObject({
      hidden: ['track', 'path'],
      zooms: { min: 8, max: 14.5 },
      labels: false,
    });
  });

  it.each(['roads*1*z14-8', 'roads*1*z8-99', 'roads*1*z8'])('show at every zoom: %s', (text) => {
    expect(layerOf(parseLayers(text), 'roads').zooms).toEqual({ min: 0, max: 22 });
  });
});

describe('moveLayer', () => {
  it('moves a layer to a place from the ground', () => {
    expect(order(moveLayer(defaultLayers, 'roads', 0))[0]).toBe('roads');
  });

  it('lets nothing above the accounts, and leaves them where they are', () => {
    expect(order(moveLayer(defaultLayers, 'roads', 99)).slice(-2)).toEqual(['roads', 'accounts']);
    expect(moveLayer(defaultLayers, 'accounts', 0)).toBe(defaultLayers);
  });
});

describe('hidden classes', () => {
  it('are hidden by one press and shown by the next', () => {
    const once = toggleClass(defaultLayers, 'roads', 'track');
    expect(layerOf(once, 'roads').hidden).toEqual(['track']);
    expect(layerOf(once, 'buildings').hidden).toEqual([]);
    expect(toggleClass(once, 'roads', 'track')).toEqual(defaultLayers);
    expect(showAllClasses(once, 'roads')).toEqual(defaultLayers);
  });
});

describe('isWithinZooms', () => {
  it('holds from the first zoom up to the last', () => {
    const layer = { ...layerOf(defaultLayers, 'roads'), zooms: { min: 8, max: 14 } };
    expect([7.9, 8, 13.9, 14].map((zoom) => isWithinZooms(layer, zoom))).toEqual([
      false,
      true,
      true,
      false,
    ]);
  });
});
