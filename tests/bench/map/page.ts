import { Deck, MapView, type Layer } from '@deck.gl/core';
import { ScatterplotLayer } from '@deck.gl/layers';
import { PointSpritesLayer } from '../../../src/map/layers/point-sprites-layer.js';
import { decodePositions, unframe } from '../../../src/map/points/decode-points.js';
import { PointClient } from '../../../src/map/points/point-client.js';
import type { PointPart, ShowAnswer, ShowRequest } from '../../../src/map/points/protocol.js';
import { toLonLat } from '../../../src/map/world-square.js';
import { rawPoints } from './raw-points.js';

const width = 1024;
const height = 768;
const view = { longitude: -96, latitude: 38, zoom: 3.2 };
const palette = Array.from({ length: 16 }, (_, index) => [217 - index * 9, 72 + index * 9, 15]);

type Ready = Extract<ShowAnswer, { status: 'ready' }>;

/** What the benchmark calls in the page. */
export interface BenchPage {
  load(): Promise<{ ms: number; rows: number; longest: number }>;
  /** How long the answer took, and what drawing it uploaded. */
  filter(query: string): Promise<{ ms: number; uploaded: number }>;
  decode(edition: string): Promise<number[]>;
  edition(): string;
  open(kind: 'ours' | 'scatterplot'): Promise<void>;
  frame(kind: 'ours' | 'scatterplot' | 'raw'): number;
  longTasks(): number[];
}

declare global {
  interface Window {
    bench: BenchPage;
  }
}

const client = new PointClient();
const longTasks: number[] = [];
new PerformanceObserver((list) => {
  for (const { duration } of list.getEntries()) longTasks.push(duration);
}).observe({ entryTypes: ['longtask'] });

let uploaded = 0;
for (const name of ['bufferData', 'bufferSubData'] as const) {
  const upload = WebGL2RenderingContext.prototype[name] as (...given: unknown[]) => void;
  WebGL2RenderingContext.prototype[name] = function (
    this: WebGL2RenderingContext,
    ...given: unknown[]
  ) {
    for (const value of given) {
      if (ArrayBuffer.isView(value)) uploaded += value.byteLength;
    }
    upload.apply(this, given);
  } as never;
}

let shown: Ready | undefined;
let positions: Uint32Array<ArrayBuffer> | undefined;
const decks = new Map<string, { deck: Deck<MapView>; gl: WebGL2RenderingContext }>();
let raw: (() => void) | undefined;

window.bench = {
  async load() {
    const started = performance.now();
    await show('');
    await new Promise((resolve) => setTimeout(resolve));
    const longest = Math.max(0, ...longTasks.splice(0));
    await open('ours');
    return { ms: performance.now() - started, rows: part().length, longest };
  },
  async filter(query) {
    uploaded = 0;
    const started = performance.now();
    await show(query);
    const ms = performance.now() - started;
    const { deck } = decks.get('ours')!;
    await new Promise<void>((resolve) => {
      deck.setProps({ layers: [ours()], onAfterRender: () => resolve() });
    });
    return { ms, uploaded };
  },
  async decode(edition) {
    const response = await fetch(`/api/accounts/points/${edition}/columns/positions`);
    const { payload } = unframe(await response.arrayBuffer());
    return Array.from({ length: 12 }, () => {
      const started = performance.now();
      decodePositions(payload, part().length);
      return ((performance.now() - started) * 1e6) / part().length;
    });
  },
  edition: () => shown?.positionsKey.split(' ')[0] ?? '',
  open,
  frame(kind) {
    const started = performance.now();
    if (kind === 'raw') {
      raw ??= rawPoints(part().positions!, { width, height, ...view });
      raw();
    } else {
      const entry = decks.get(kind)!;
      entry.deck.redraw('bench');
      readBack(entry.gl);
    }
    return performance.now() - started;
  },
  longTasks: () => longTasks.splice(0),
};

async function show(filter: string): Promise<Ready> {
  const request: ShowRequest = {
    filter,
    category: 'lifecycle',
    value: null,
    isFine: false,
    positionsKey: shown?.positionsKey ?? '',
  };
  const answer = await client.ask('show', request);
  if (answer.status !== 'ready') throw new Error('There are too many points.');
  positions = answer.parts[0].positions ?? positions;
  shown = answer;
  return answer;
}

function part(): PointPart {
  const base = shown?.parts[0];
  if (!base || !positions) throw new Error('Nothing is loaded.');
  return { ...base, positions };
}

function ours(): Layer {
  const { chunks, classes, positions: xy } = part();
  return new PointSpritesLayer({
    id: 'ours',
    positions: xy!,
    chunks,
    classes,
    sizes: null,
    palette,
    ring: [255, 255, 255],
    radius: 1,
    span: 0,
    pixelRatio: 1,
  });
}

function scatterplot(): Layer {
  const { positions: xy, length, classes } = part();
  const lonLats = new Float32Array(length * 2);
  const colours = new Uint8Array(length * 3);
  for (let row = 0; row < length; row += 1) {
    const { lon, lat } = toLonLat(xy![row * 2]!, xy![row * 2 + 1]!);
    lonLats.set([lon, lat], row * 2);
    colours.set(palette[classes[row]!]!, row * 3);
  }
  return new ScatterplotLayer({
    id: 'scatterplot',
    data: {
      length,
      attributes: {
        getPosition: { value: lonLats, size: 2 },
        getFillColor: { value: colours, size: 3 },
      },
    },
    radiusUnits: 'pixels',
    getRadius: 1,
  });
}

function open(kind: 'ours' | 'scatterplot'): Promise<void> {
  const canvas = document.createElement('canvas');
  document.body.append(canvas);
  return new Promise((resolve) => {
    const deck = new Deck<MapView>({
      canvas,
      width,
      height,
      useDevicePixels: 1,
      views: new MapView({}),
      initialViewState: view,
      controller: false,
      layers: [kind === 'ours' ? ours() : scatterplot()],
      onDeviceInitialized: (device) => {
        const { gl } = device as unknown as { gl: WebGL2RenderingContext };
        decks.set(kind, { deck, gl });
      },
      onAfterRender: () => resolve(),
    });
  });
}

/** Waits until everything drawn is there. */
function readBack(gl: WebGL2RenderingContext): void {
  gl.readPixels(0, 0, 1, 1, gl.RGBA, gl.UNSIGNED_BYTE, new Uint8Array(4));
}
