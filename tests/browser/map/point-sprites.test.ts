import { Deck, MapView } from '@deck.gl/core';
import { afterEach, describe, expect, it } from 'vitest';
import {
  PointSpritesLayer,
  type PointSpritesLayerProps,
} from '../../../src/map/layers/point-sprites-layer.js';
import { chunksOf } from '../../../src/map/points/point-set.js';
import { toWorld } from '../../../src/map/world-square.js';

const size = 200;
const centre = { lon: 4.9, lat: 52.37 };
const red = [255, 0, 0];
const blue = [0, 0, 255];

let deck: Deck<MapView> | undefined;
afterEach(() => {
  deck?.finalize();
  deck = undefined;
  document.body.replaceChildren();
});

interface Drawn {
  /** Red, green, blue and alpha at a place of the canvas, from its upper left corner. */
  at(x: number, y: number): number[];
  change(props: Partial<PointSpritesLayerProps>): Promise<void>;
}

/** Draws points on a canvas of 200 by 200 with the place in its middle. */
async function draw(
  places: readonly { lon: number; lat: number }[],
  zoom: number,
  props: Partial<PointSpritesLayerProps> = {},
): Promise<Drawn> {
  const canvas = document.createElement('canvas');
  canvas.width = size;
  canvas.height = size;
  canvas.style.cssText = `width:${size}px;height:${size}px`;
  document.body.append(canvas);
  const positions = Uint32Array.from(
    places.flatMap((place) => {
      const { x, y } = toWorld(place);
      return [x, y];
    }),
  );
  let given: PointSpritesLayerProps = {
    id: 'points',
    positions,
    chunks: chunksOf(positions),
    classes: Uint8Array.from(places, (_, index) => index + 1),
    sizes: null,
    palette: [[0, 0, 0], red, blue],
    ring: red,
    radius: 5,
    span: 0,
    pixelRatio: 1,
    ...props,
  };
  let gl!: WebGL2RenderingContext;
  let rendered = () => {};
  let pixels = new Uint8Array(0);
  const nextFrame = () => new Promise<void>((resolve) => (rendered = resolve));
  const first = nextFrame();
  deck = new Deck<MapView>({
    canvas,
    width: size,
    height: size,
    useDevicePixels: 1,
    views: new MapView({}),
    initialViewState: { longitude: centre.lon, latitude: centre.lat, zoom },
    layers: [new PointSpritesLayer(given)],
    onDeviceInitialized: (device) =>
      ({ gl } = device as unknown as typeof globalThis & { gl: typeof gl }),
    onAfterRender: () => {
      pixels = new Uint8Array(size * size * 4);
      gl.readPixels(0, 0, size, size, gl.RGBA, gl.UNSIGNED_BYTE, pixels);
      rendered();
    },
  });
  await first;
  await expect.poll(() => pixels.some((value) => value > 0)).toBe(true);
  return {
    at: (x, y) => [...pixels.subarray(((size - 1 - y) * size + x) * 4).subarray(0, 4)],
    change: async (patch) => {
      given = { ...given, ...patch };
      const next = nextFrame();
      deck?.setProps({ layers: [new PointSpritesLayer(given)] });
      await next;
    },
  };
}

describe('PointSpritesLayer', () => {
  it.each([2, 10, 20])('draws a point where it is at zoom %i', async (zoom) => {
    const { at } = await draw([centre], zoom, { ring: [...red, 0] });
    expect(at(100, 100)).toEqual([255, 0, 0, 255]);
    expect(at(92, 100)[3]).toBe(0);
    expect(at(100, 108)[3]).toBe(0);
  });

  it('keeps east at the right and north above', async () => {
    const pixel = 360 / (512 * 2 ** 10);
    const east = { lon: centre.lon + 40 * pixel, lat: centre.lat };
    const north = {
      lon: centre.lon,
      lat: centre.lat + 40 * pixel * Math.cos((Math.PI * 52.37) / 180),
    };
    const { at } = await draw([east, north], 10, { ring: [...red, 0] });
    expect(at(140, 100)).toEqual([255, 0, 0, 255]);
    expect(at(100, 60)).toEqual([0, 0, 255, 255]);
  });

  it('changes colour and hides by a new class alone', async () => {
    const { at, change } = await draw([centre], 10, { ring: [...red, 0] });
    await change({ classes: Uint8Array.from([2]) });
    expect(at(100, 100)).toEqual([0, 0, 255, 255]);
    await change({ classes: Uint8Array.from([0]) });
    expect(at(100, 100)[3]).toBe(0);
  });

  it('grows by size', async () => {
    const { at, change } = await draw([centre], 10, { span: 20, ring: [...red, 0] });
    expect(at(115, 100)[3]).toBe(0);
    await change({ sizes: Uint8Array.from([255]) });
    expect(at(115, 100)).toEqual([255, 0, 0, 255]);
  });
});
