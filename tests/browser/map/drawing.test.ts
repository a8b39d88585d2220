import { afterEach, describe, expect, it } from 'vitest';
import { userEvent } from 'vitest/browser';
import { noDrawing, type Drawing } from '../../../src/map/draw/drawing.js';
import type { DrawTool } from '../../../src/map/draw/sketch.js';
import '../../../src/map/ct-map.js';
import type { CtMap } from '../../../src/map/ct-map.js';

const centre = { lon: 4.9, lat: 52.37 };

afterEach(() => document.body.replaceChildren());

async function aMapWith(drawing: Drawing): Promise<CtMap> {
  const map = document.createElement('ct-map');
  map.style.cssText = 'position:fixed;left:0;top:0;width:400px;height:300px';
  Object.assign(map, { catalog: { layers: [] }, viewport: { ...centre, zoom: 13 }, drawing });
  const ready = next(map, 'ct-map-ready');
  document.body.append(map);
  await ready;
  return map;
}

const aMap = (tool: DrawTool) => aMapWith({ ...noDrawing, tool });

function next<K extends keyof HTMLElementEventMap>(
  map: CtMap,
  type: K,
): Promise<HTMLElementEventMap[K]> {
  return new Promise((resolve) => map.addEventListener(type, resolve, { once: true }));
}

function canvasOf(map: CtMap): HTMLElement {
  return map.shadowRoot!.querySelector<HTMLElement>('.maplibregl-canvas')!;
}

const at = (x: number, y: number) => ({ position: { x, y } });

async function drag(map: CtMap, from: [number, number], to: [number, number]): Promise<void> {
  const canvas = canvasOf(map);
  await userEvent.dragAndDrop(canvas, canvas, {
    sourcePosition: { x: from[0], y: from[1] },
    targetPosition: { x: to[0], y: to[1] },
  });
}

function sketchOf(map: CtMap): SVGPathElement | null {
  return map.shadowRoot!.querySelector<SVGPathElement>('.draw .sketch');
}

describe('drawing on the map', () => {
  it('a box takes one drag, and the map stays where it is', async () => {
    const map = await aMap('box');
    const drawn = next(map, 'ct-drawn');

    await drag(map, [100, 80], [300, 220]);

    const { leaf } = await drawn;
    expect(leaf.kind).toBe('box');
    const [west, south, east, north] = (leaf as { bounds: number[] }).bounds as [
      number,
      number,
      number,
      number,
    ];
    expect((west + east) / 2).toBeCloseTo(centre.lon, 3);
    expect((south + north) / 2).toBeCloseTo(centre.lat, 3);
    expect(sketchOf(map)).toBeNull();
  });

  it('a circle has the radius of the drag in true metres', async () => {
    const map = await aMap('circle');
    const drawn = next(map, 'ct-drawn');

    await drag(map, [200, 150], [300, 150]);

    const { leaf } = await drawn;
    // 100 px of 78271.517 / 2^13 * cos(52.37°) metres each.
    const expected = 100 * (78271.517 / 2 ** 13) * Math.cos((52.37 * Math.PI) / 180);
    expect((leaf as { radiusMeters: number }).radiusMeters / expected).toBeCloseTo(1, 1);
  });

  it('a polygon takes clicks, and Enter ends it', async () => {
    const map = await aMap('polygon');
    const drawn = next(map, 'ct-drawn');

    for (const [x, y] of [
      [100, 80],
      [300, 80],
      [300, 220],
    ] as const) {
      await userEvent.click(canvasOf(map), at(x, y));
    }
    await expect.poll(() => map.shadowRoot!.querySelectorAll('.draw .corner').length).toBe(3);
    await userEvent.keyboard('{Enter}');

    expect((await drawn).leaf).toMatchObject({ kind: 'polygon', ring: { length: 3 } });
  });

  it('a polygon is closed by a click on its first corner', async () => {
    const map = await aMap('polygon');
    const drawn = next(map, 'ct-drawn');

    for (const [x, y] of [
      [100, 80],
      [300, 80],
      [200, 220],
      [103, 82],
    ] as const) {
      await userEvent.click(canvasOf(map), at(x, y));
    }

    expect((await drawn).leaf).toMatchObject({ ring: { length: 3 } });
  });

  it('Escape forgets the sketch, and then puts the tool down', async () => {
    const map = await aMap('corridor');
    await userEvent.click(canvasOf(map), at(100, 80));
    await expect.poll(() => sketchOf(map)).not.toBeNull();

    await userEvent.keyboard('{Escape}');
    expect(sketchOf(map)).toBeNull();

    const ended = next(map, 'ct-tool-end');
    await userEvent.keyboard('{Escape}');
    await ended;
  });

  it('a measure says how far it is', async () => {
    const map = await aMap('distance');
    await userEvent.click(canvasOf(map), at(100, 150));
    await userEvent.click(canvasOf(map), at(300, 150));

    await expect
      .poll(() => map.shadowRoot!.querySelector('.draw text')?.textContent)
      .toMatch(/^1\.1\d km$/);
  });
});

describe('handles', () => {
  const box: Drawing = {
    tool: null,
    outline: null,
    shapes: [{ kind: 'box', bounds: [4.89, 52.365, 4.91, 52.375] }],
  };

  it('move a corner with the pointer', async () => {
    const map = await aMapWith(box);
    const final = new Promise<{ leaf: unknown }>((resolve) => {
      map.addEventListener('ct-shape-edit', (event) => {
        if (event.isFinal) resolve(event);
      });
    });
    const corner = map.shadowRoot!.querySelector<HTMLElement>('[data-handle="0:corner:0"]')!;

    // By force: where it is dropped the handle itself lies over the map.
    await userEvent.dragAndDrop(corner, canvasOf(map), {
      force: true,
      targetPosition: { x: 150, y: 120 },
    });

    const { leaf } = await final;
    const { bounds } = leaf as { bounds: number[] };
    expect(bounds[2]).toBe(4.91);
    expect(bounds[1]).toBe(52.365);
    expect(bounds[0]).toBeGreaterThan(4.892);
  });

  it('move a corner with the arrow keys', async () => {
    const map = await aMapWith(box);
    const edited = next(map, 'ct-shape-edit');
    map.shadowRoot!.querySelector<HTMLElement>('[data-handle="0:corner:0"]')!.focus();

    await userEvent.keyboard('{ArrowLeft}');

    const { leaf, isFinal } = await edited;
    expect(isFinal).toBe(true);
    expect((leaf as { bounds: number[] }).bounds[0]).toBeLessThan(4.89);
  });
});

describe('what is here', () => {
  it('is asked for with the right button', async () => {
    const map = await aMapWith(noDrawing);
    const asked = next(map, 'ct-place-ask');

    await userEvent.click(canvasOf(map), { button: 'right', ...at(200, 150) });

    expect((await asked).lonLat.lon).toBeCloseTo(centre.lon, 3);
  });

  it('is asked for with Shift+F10 on the map, about its middle', async () => {
    const map = await aMapWith(noDrawing);
    const asked = next(map, 'ct-place-ask');
    canvasOf(map).focus();

    await userEvent.keyboard('{Shift>}{F10}{/Shift}');

    expect((await asked).lonLat.lat).toBeCloseTo(centre.lat, 3);
  });
});
