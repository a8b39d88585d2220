import { addProtocol, removeProtocol } from 'maplibre-gl';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Choropleth, MapCatalog } from '../../../src/map/contract.js';
import '../../../src/map/ct-map.js';
import type { CtMap } from '../../../src/map/ct-map.js';
import { defaultLayers } from '../../../src/map/layer-state.js';
import { eventually } from '../../support/patience.js';
import { accountsTile, areaTile } from '../../support/account-tile.js';

const centre = { lon: 4.9, lat: 52.37 };
const world = [-179, -80, 179, 80] as const;

/** Answers every tile in memory; addresses start with `stub:`, so that nothing leaves the page. */
const stub = {
  requests: [] as string[],
  isBroken: new Set<string>(),
};

const catalog: MapCatalog = {
  layers: (['regions', 'accounts'] as const).map((id) => ({
    id,
    version: '1',
    minzoom: 0,
    maxzoom: 14,
    tiles: `stub://tiles/${id}/{z}/{x}/{y}.mvt`,
  })),
};

const choropleth: Choropleth = {
  level: 1,
  parentId: null,
  values: new Map([[7, 12]]),
  breaks: [10],
  ramp: 'teal',
  middle: null,
  hidden: [],
  format: (value) => `${value} per household`,
};

function answer(address: string): ArrayBuffer | null {
  stub.requests.push(address);
  const [, layer = '', z, x, y] = /tiles\/(\w+)\/(\d+)\/(\d+)\/(\d+)/.exec(address) ?? [];
  if (stub.isBroken.has(layer)) return null;
  const tile = { z: Number(z), x: Number(x), y: Number(y) };
  if (layer === 'regions') {
    const tags = { region_id: 7, level: 1, name: 'Amstelland' };
    return areaTile('regions', tile, [{ id: 7, bbox: world, tags }]);
  }
  const rows = [{ ...centre, id: 42, kind: 'customer', count: 1, value: 0 }];
  return accountsTile(tile, isInside(tile) ? rows : []);
}

function isInside({ z, x, y }: { z: number; x: number; y: number }): boolean {
  const column = Math.floor(((centre.lon + 180) / 360) * 2 ** z);
  const height = Math.asinh(Math.tan((centre.lat * Math.PI) / 180));
  return x === column && y === Math.floor(((1 - height / Math.PI) / 2) * 2 ** z);
}

beforeEach(() => {
  stub.requests = [];
  stub.isBroken.clear();
  addProtocol('stub', async ({ url }) => {
    const data = answer(url);
    if (!data) throw new Error('The tile server is down.');
    return { data };
  });
  const realFetch = globalThis.fetch;
  vi.spyOn(globalThis, 'fetch').mockImplementation(async (address, init) => {
    if (!String(address).startsWith('stub:')) return realFetch(address, init);
    const data = answer(String(address));
    return data ? new Response(data) : new Response('down', { status: 503 });
  });
});

afterEach(() => {
  document.body.replaceChildren();
  removeProtocol('stub');
  vi.restoreAllMocks();
});

function aMap(properties: Partial<CtMap> = {}): CtMap {
  const map = document.createElement('ct-map');
  map.style.cssText = 'position:fixed;left:0;top:0;width:320px;height:240px';
  Object.assign(map, {
    catalog,
    choropleth,
    layers: defaultLayers.map((layer) => ({ ...layer, visible: true, opacity: 1 })),
    viewport: { ...centre, zoom: 13 },
    ...properties,
  });
  return map;
}

function nextEvent<K extends keyof HTMLElementEventMap>(
  map: CtMap,
  type: K,
  isWanted: (event: HTMLElementEventMap[K]) => boolean = () => true,
): Promise<HTMLElementEventMap[K]> {
  return new Promise((resolve) => {
    const listener = (event: HTMLElementEventMap[K]) => {
      if (!isWanted(event)) return;
      map.removeEventListener(type, listener);
      resolve(event);
    };
    map.addEventListener(type, listener);
  });
}

async function aReadyMap(properties: Partial<CtMap> = {}): Promise<CtMap> {
  const map = aMap(properties);
  const ready = nextEvent(map, 'ct-map-ready');
  const summary = nextEvent(map, 'ct-visible-summary', (event) => event.summary.accounts > 0);
  document.body.append(map);
  await Promise.all([ready, summary]);
  return map;
}

function press(map: CtMap, x: number, y: number, types: readonly string[]): void {
  const canvas = map.shadowRoot?.querySelector('.maplibregl-canvas');
  for (const type of types) {
    canvas?.dispatchEvent(
      new MouseEvent(type, { clientX: x, clientY: y, bubbles: true, cancelable: true }),
    );
  }
}

const click = ['mousedown', 'mouseup', 'click'];

describe('<ct-map>', () => {
  it('draws tiles, counts what is in view and asks no outside host', async () => {
    const map = aMap();
    const summary = nextEvent(map, 'ct-visible-summary', (event) => event.summary.accounts > 0);
    const ready = nextEvent(map, 'ct-map-ready');
    document.body.append(map);
    expect((await summary).summary).toEqual({ accounts: 1, cells: 0, mode: 'points' });
    await ready;
    const hosts = performance
      .getEntriesByType('resource')
      .map((entry) => new URL(entry.name))
      .filter((url) => url.protocol.startsWith('http'))
      .map((url) => url.hostname);
    expect(new Set(hosts)).toEqual(new Set([location.hostname]));
  });

  it('tells which account was clicked', async () => {
    const map = await aReadyMap();
    const clicked = nextEvent(map, 'ct-account-click');
    press(map, 160, 120, click);
    expect((await clicked).id).toBe(42);
  });

  it('tells which region was clicked beside the accounts, and which is hovered', async () => {
    const map = await aReadyMap();
    const hovered = nextEvent(map, 'ct-region-hover');
    press(map, 60, 60, ['mousemove']);
    expect((await hovered).id).toBe(7);
    await eventually(() => {
      expect(map.shadowRoot?.querySelector('.card')?.textContent).toContain('12 per household');
    });
    const clicked = nextEvent(map, 'ct-region-click');
    press(map, 60, 60, click);
    expect((await clicked).id).toBe(7);
  });

  it('changes the theme without asking for a tile again', async () => {
    const map = await aReadyMap();
    const before = stub.requests.length;
    map.theme = 'dark';
    await map.updateComplete;
    const clicked = nextEvent(map, 'ct-region-click');
    press(map, 60, 60, click);
    await clicked;
    expect(stub.requests).toHaveLength(before);
  });

  it('asks for accounts anew when the filter changes, and for them only', async () => {
    const map = await aReadyMap();
    const before = stub.requests.length;
    map.accountFilter = 'lifecycle=lead';
    await eventually(() => expect(stub.requests.length).toBeGreaterThan(before));
    const asked = stub.requests.slice(before);
    expect(asked.every((address) => address.includes('/accounts/'))).toBe(true);
    expect(asked[0]).toContain('lifecycle=lead');
  });

  it('tells of failing layers and recovers when the network is back', async () => {
    stub.isBroken.add('accounts').add('regions');
    const map = aMap();
    const accounts = nextEvent(map, 'ct-map-error', (event) => event.layer === 'accounts');
    const regions = nextEvent(map, 'ct-map-error', (event) => event.layer === 'regions');
    document.body.append(map);
    expect((await accounts).message).toContain('503');
    expect((await regions).message).toContain('down');
    stub.isBroken.clear();
    const summary = nextEvent(map, 'ct-visible-summary', (event) => event.summary.accounts > 0);
    dispatchEvent(new Event('online'));
    expect((await summary).summary.accounts).toBe(1);
  });

  it('reports where it looks and leaves alone what it reported', async () => {
    const map = await aReadyMap();
    const moved = nextEvent(map, 'ct-viewport-change');
    map.viewport = { lon: 4.8, lat: 52.3, zoom: 12 };
    map.flyTo({ lon: 4.81, lat: 52.31, zoom: 12.5 });
    const { viewport, bounds } = await moved;
    expect(bounds[0]).toBeLessThan(viewport.lon);
    let changes = 0;
    map.addEventListener('ct-viewport-change', () => (changes += 1));
    map.viewport = viewport;
    await map.updateComplete;
    expect(changes).toBe(0);
  });

  it('can be reached by keyboard and names its buttons', async () => {
    const map = await aReadyMap();
    const canvas = map.shadowRoot?.querySelector<HTMLElement>('.maplibregl-canvas');
    expect(canvas?.tabIndex).toBe(0);
    expect(canvas?.getAttribute('aria-label')).toContain('Map');
    const button = map.shadowRoot?.querySelector('.maplibregl-ctrl-geolocate');
    expect(button?.getAttribute('aria-label')).toBe('Show where I am');
  });
});
