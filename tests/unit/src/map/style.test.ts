import { validateStyleMin } from '@maplibre/maplibre-gl-style-spec';
import { describe, expect, it } from 'vitest';
import { layerIds, type LayerState, type MapCatalog } from '../../../../src/map/contract.js';
import { defaultLayers, moveLayer } from '../../../../src/map/layer-state.js';
import { regionLevelsOf } from '../../../../src/map/layers/regions.js';
import { legendFor } from '../../../../src/map/legend.js';
import type { StyleInput } from '../../../../src/map/layers/style-input.js';
import { palettes } from '../../../../src/map/palette.js';
import { layerOfSource, shapeSources, tileUrl } from '../../../../src/map/sources.js';
import { buildStyle } from '../../../../src/map/style.js';

const catalog: MapCatalog = {
  layers: layerIds.map((id) => ({
    id,
    version: '12',
    minzoom: 0,
    maxzoom: 14,
    attribution: id === 'roads' ? '© OpenStreetMap <b>contributors</b>' : null,
  })),
};

const shown = (ids: readonly string[]): LayerState[] =>
  defaultLayers.map((layer) => ({
    ...layer,
    visible: ids.includes(layer.id),
    opacity: 0.5,
  }));

/** The first class of each layer's legend is hidden. */
const withHidden = shown(layerIds).map((layer) => ({
  ...layer,
  hidden: legendFor(layer.id, 'light')
    .slice(0, 1)
    .map(({ key }) => key),
}));

const anInput = (input: Partial<StyleInput> = {}): StyleInput => ({
  theme: 'light',
  palette: palettes[input.theme ?? 'light'],
  layers: shown(layerIds),
  choropleth: { level: 2, parentId: 3, colours: ['#111111', '#222222'], isMissingHidden: false },
  selectedRegionId: 3,
  roadColour: 'class',
  ...input,
});

const styleOf = (input: StyleInput, from = catalog) =>
  buildStyle(
    input,
    shapeSources({
      catalog: from,
      regionLevels: regionLevelsOf(input.choropleth),
      origin: 'http://localhost',
    }),
  );

describe('buildStyle', () => {
  it.each([
    ['light with a choropleth', anInput()],
    ['dark', anInput({ theme: 'dark' })],
    ['without a choropleth', anInput({ choropleth: null, selectedRegionId: null })],
    ['with roads by condition', anInput({ roadColour: 'condition' })],
    ['with hidden classes', anInput({ layers: withHidden })],
    ['with every layer hidden', anInput({ layers: shown([]) })],
  ])('is a valid style: %s', (_, input) => {
    expect(validateStyleMin(styleOf(input))).toEqual([]);
  });

  it('filters hidden classes out of shapes and names alike', () => {
    const filters = (layer: string) =>
      styleOf(anInput({ layers: withHidden })).layers.flatMap((entry) =>
        'source' in entry && entry.source === layer && 'filter' in entry
          ? [JSON.stringify(entry.filter)]
          : [],
      );
    for (const [layer, key] of [
      ['buildings', 'detached'],
      ['roads', 'motorway'],
      ['business_zones', 'industrial'],
      ['places', 'shop'],
    ] as const) {
      expect(filters(layer).length).toBeGreaterThan(1);
      expect(filters(layer).every((text) => text.includes(`["literal",["${key}"]]`))).toBe(true);
    }
  });

  const idsOf = (input: StyleInput) => styleOf(input).layers.map(({ id }) => id);

  it('draws layers in the order they are given', () => {
    const usual = idsOf(anInput());
    expect(usual.indexOf('buildings-fill')).toBeLessThan(usual.indexOf('roads-line-motorway'));
    const moved = idsOf(anInput({ layers: moveLayer(shown(layerIds), 'buildings', 4) }));
    expect(moved.indexOf('buildings-fill')).toBeGreaterThan(moved.indexOf('roads-line-motorway'));
    expect([...moved].sort()).toEqual([...usual].sort());
  });

  it('keeps layers and their names to the zooms that were chosen', () => {
    const layers = shown(layerIds).map((layer) =>
      layer.id === 'roads' ? { ...layer, zooms: { min: 9, max: 13 } } : layer,
    );
    const style = styleOf(anInput({ layers }));
    expect(validateStyleMin(style)).toEqual([]);
    const roads = style.layers.filter((layer) => 'source' in layer && layer.source === 'roads');
    expect(roads.length).toBeGreaterThan(1);
    for (const { minzoom = 0, maxzoom = 24 } of roads) {
      expect(minzoom).toBeGreaterThanOrEqual(9);
      expect(maxzoom).toBe(13);
    }
    expect(roads.map(({ id }) => id)).not.toContain('roads-line-path');
  });

  it('writes no names of a layer that wants none', () => {
    const layers = shown(layerIds).map((layer) => ({ ...layer, labels: layer.id !== 'roads' }));
    expect(idsOf(anInput({ layers }))).not.toContain('roads-label');
    expect(idsOf(anInput({ layers }))).toContain('regions-label');
  });

  it('asks no outside host and no glyph server', () => {
    const style = styleOf(anInput());
    expect(style.glyphs).toBeUndefined();
    expect(style.sprite).toBeUndefined();
    expect(JSON.stringify(style.sources).match(/https?:\/\/[^/"]+/g)).toSatisfy((hosts: string[]) =>
      hosts.every((host) => host === 'http://localhost'),
    );
  });

  it('hides the layers that are switched off, so that they load no tiles', () => {
    const style = styleOf(anInput({ layers: shown(['regions']) }));
    for (const layer of style.layers) {
      if (!('source' in layer) || layer.source.startsWith('regions')) continue;
      expect([layer.id, layer.layout?.visibility]).toEqual([layer.id, 'none']);
    }
  });

  it('keeps labels above all shapes', () => {
    const types = styleOf(anInput()).layers.map((layer) => layer.type === 'symbol');
    expect(types.indexOf(true)).toBeGreaterThan(types.lastIndexOf(false));
  });

  it('outlines the selected region in its own level and in the one above', () => {
    const ids = styleOf(anInput()).layers.map((layer) => layer.id);
    expect(ids).toContain('regions-selected-regions-1');
    expect(ids).toContain('regions-selected-regions-2');
  });

  it('leaves out layers that the catalog lacks', () => {
    const only = { layers: catalog.layers.filter((layer) => layer.id === 'regions') };
    const style = styleOf(anInput(), only);
    expect(validateStyleMin(style)).toEqual([]);
    expect(style.layers.some((layer) => layer.id.startsWith('roads'))).toBe(false);
  });

  it('changes nothing but paint between themes', () => {
    const withoutPaint = (theme: 'light' | 'dark') => {
      const style = styleOf(anInput({ theme, palette: palettes[theme] }));
      return [style.sources, style.layers.map((layer) => ({ ...layer, paint: null }))];
    };
    expect(withoutPaint('dark')).toEqual(withoutPaint('light'));
  });
});

describe('tile addresses', () => {
  it('carry the version and the query', () => {
    expect(tileUrl(catalog, 'accounts', [['lifecycle', 'lead,customer']])).toBe(
      '/tiles/accounts/{z}/{x}/{y}.mvt?v=12&lifecycle=lead%2Ccustomer',
    );
    expect(tileUrl({ layers: [] }, 'accounts')).toBeNull();
  });

  it('take the template of the catalog', () => {
    const layers = [{ id: 'roads', version: 3, minzoom: 0, maxzoom: 9, tiles: '/cdn/{z}/{x}/{y}' }];
    expect(tileUrl({ layers }, 'roads')).toBe('/cdn/{z}/{x}/{y}?v=3');
  });

  it('show attributions as text', () => {
    const { sources } = styleOf(anInput());
    expect(sources['roads']).toMatchObject({
      attribution: '© OpenStreetMap &#60;b&#62;contributors&#60;/b&#62;',
    });
    expect(sources['buildings']).not.toHaveProperty('attribution');
  });

  it('lead back to their layer', () => {
    expect(layerOfSource('regions-3')).toBe('regions');
    expect(layerOfSource('roads')).toBe('roads');
    expect(layerOfSource('elsewhere')).toBeNull();
  });
});
