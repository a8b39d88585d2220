import { BitmapLayer } from '@deck.gl/layers';
import type { AccountCamera, AccountMark, AccountOptions, DeckLayers } from '../account-drawing.js';
import { metersPerPixel } from '../account-marks.js';
import { countFormat } from '../count-format.js';
import type { Bbox, LonLat, VisibleSummary } from '../contract.js';
import { clusterLayers, clusterRadius, type ClusterMark } from '../layers/account-clusters.js';
import { heatRamps, toRgba } from '../palette.js';
import { toLonLat, toWorld, unitsPerPixel, widened, worldBoxOf } from '../world-square.js';
import type { Clusters } from './cluster-points.js';
import { heatImage } from './heat-grid.js';
import type { PointClient } from './point-client.js';
import type { WorldBox } from './point-set.js';

/** Money is whole hundredths in the columns. */
const hundredths = 100;

/** CSS pixels a square of the heat grid is wide, and how far a point is spread. */
const heatSquare = 4;
const heatReach = 28;

/** What is gathered reaches this share of the view beyond its edges, so that panning shows no gap. */
const marginShare = 0.25;

interface Heat {
  readonly image: ImageData;
  readonly bounds: [west: number, south: number, east: number, north: number];
  /** Accounts or money on a square kilometre at the densest place. */
  readonly densest: number;
}

export interface GatheredEvents {
  changed(): void;
  failed(message: string): void;
}

/** Points gathered for the view: clusters, or a picture of how dense they are. The worker does the work. */
export class GatheredPoints {
  readonly #client: PointClient;
  readonly #events: GatheredEvents;
  #clusters: readonly ClusterMark[] = [];
  #isGathered = false;
  #heat: Heat | null = null;
  #key = '';
  #asks = 0;
  /** Number of the ask that was answered last. */
  #answered = 0;
  #labelOf = (cluster: ClusterMark) => String(cluster.count);

  constructor(client: PointClient, events: GatheredEvents) {
    this.#client = client;
    this.#events = events;
  }

  /** Whether what is in view is still being gathered. */
  get isLoading(): boolean {
    return this.#answered !== this.#asks;
  }

  /** Makes the next `load` gather anew: the points changed. */
  forget(): void {
    this.#key = '';
  }

  /** Gathers what is in view, unless that was done. */
  load(options: AccountOptions, camera: AccountCamera): void {
    const { mode, measure } = options.display;
    if (mode !== 'clusters' && mode !== 'heat') return;
    const key = JSON.stringify([mode, measure, options.theme, options.locale, camera]);
    if (key === this.#key) return;
    this.#key = key;
    const number = (this.#asks += 1);
    const work =
      mode === 'clusters' ? this.#gather(options, camera) : this.#spread(options, camera);
    work
      .then((take) => {
        if (number !== this.#asks) return;
        this.#answered = number;
        take();
        this.#events.changed();
      })
      .catch((error: unknown) => {
        if (number === this.#asks) this.#answered = number;
        this.#events.failed(String(error));
      });
  }

  layers({ display, theme, opacity }: AccountOptions): DeckLayers {
    if (display.mode === 'clusters') {
      const clusters = this.#clusters;
      return clusterLayers({ clusters, theme, opacity, labelOf: this.#labelOf });
    }
    if (this.#heat === null) return [];
    const { image, bounds } = this.#heat;
    return [
      new BitmapLayer({
        id: 'accounts-heat',
        image,
        bounds,
        opacity: opacity * 0.85,
        parameters: { depthCompare: 'always' },
      }),
    ];
  }

  /** What the largest cluster or the densest place stands for. */
  top({ display }: AccountOptions): number | null {
    if (display.mode === 'heat') return this.#heat?.densest ?? null;
    if (display.mode !== 'clusters') return null;
    return this.#clusters.reduce((top, mark) => Math.max(top, figureOf(mark)), 0);
  }

  /** How many clusters have their middle in a box, and exactly how many accounts they hold. */
  summarise([west, south, east, north]: Bbox): VisibleSummary | null {
    if (!this.#isGathered) return null;
    const inView = this.#clusters.filter(
      ({ lon, lat }) => lon >= west && lon <= east && lat >= south && lat <= north,
    );
    const accounts = inView.reduce((sum, { count }) => sum + count, 0);
    return { accounts, cells: inView.length, mode: 'clusters' };
  }

  markAt(place: LonLat, tolerancePixels: number, { zoom }: AccountCamera): AccountMark | null {
    const unit = unitsPerPixel(zoom);
    const { x, y } = toWorld(place);
    for (const mark of this.#clusters) {
      const at = toWorld(mark);
      const distance = Math.hypot(at.x - x, at.y - y) / unit;
      if (distance <= mark.radiusPixels + tolerancePixels) return mark;
    }
    return null;
  }

  async #gather(options: AccountOptions, camera: AccountCamera): Promise<() => void> {
    const zoom = Math.floor(camera.zoom);
    const box = widened(worldBoxOf(camera.bounds), marginOf(camera));
    const clusters = await this.#client.ask('clusters', { box, zoom });
    const isMoney = options.display.measure === 'revenue';
    const marks = marksOf(clusters, isMoney);
    const format = countFormat(options.locale);
    return () => {
      this.#clusters = marks;
      this.#isGathered = true;
      this.#labelOf = (mark) => format(figureOf(mark));
    };
  }

  async #spread(options: AccountOptions, camera: AccountCamera): Promise<() => void> {
    const margin = 1 + 2 * marginShare;
    const width = Math.ceil((camera.width * margin) / heatSquare);
    const height = Math.ceil((camera.height * margin) / heatSquare);
    const box = boxAround(camera, margin);
    const grid = await this.#client.ask('heat', {
      box,
      width,
      height,
      radius: heatReach / heatSquare,
    });
    const ramp = Uint8Array.from(rampOf(options));
    const pixels = heatImage(grid, ramp, grid.densest || 1);
    const northWest = toLonLat(box.west, box.north);
    const southEast = toLonLat(box.east, box.south);
    const side = (metersPerPixel(camera.lat, camera.zoom) * heatSquare) / 1000;
    const unit = options.display.measure === 'revenue' ? hundredths : 1;
    return () => {
      this.#heat = {
        image: new ImageData(pixels, width, height),
        bounds: [northWest.lon, southEast.lat, southEast.lon, northWest.lat],
        densest: grid.densest / unit / (side * side),
      };
    };
  }
}

/** The figure that a cluster shows. */
function figureOf({ value, count }: ClusterMark): number {
  return value ?? count;
}

function marksOf(clusters: Clusters, isMoney: boolean): ClusterMark[] {
  const figures = isMoney ? clusters.values : clusters.counts;
  const top = figures.reduce((a, b) => Math.max(a, b), 1);
  return Array.from({ length: clusters.length }, (_, index) => {
    const count = clusters.counts[index] as number;
    const row = clusters.rows[index] as number;
    return {
      ...toLonLat(
        clusters.positions[index * 2] as number,
        clusters.positions[index * 2 + 1] as number,
      ),
      kind: count === 1 ? 'point' : 'group',
      // Clusters are told apart from points by a number of their own below zero.
      row: row >= 0 ? row : -1 - index,
      count,
      value: isMoney ? (clusters.values[index] as number) / hundredths : null,
      code: null,
      radiusPixels: count === 1 ? 5 : clusterRadius((figures[index] as number) / top),
      idOf: null,
    };
  });
}

function marginOf({ width, height, zoom }: AccountCamera): number {
  return Math.max(width, height) * marginShare * unitsPerPixel(zoom);
}

/** The box of the view, stretched around its middle. */
function boxAround({ bounds }: AccountCamera, stretch: number): WorldBox {
  const { west, north, east, south } = worldBoxOf(bounds);
  const across = ((east - west) * (stretch - 1)) / 2;
  const down = ((south - north) * (stretch - 1)) / 2;
  return {
    west: Math.round(west - across),
    north: Math.round(north - down),
    east: Math.round(east + across),
    south: Math.round(south + down),
  };
}

/** Colours of the heat from none to most, ever less transparent. */
function rampOf({ theme }: AccountOptions): number[] {
  const steps = 256;
  const colours = heatRamps[theme];
  return Array.from({ length: steps }, (_, step) => {
    const share = step / (steps - 1);
    const colour = colours[Math.min(colours.length - 1, Math.floor(share * colours.length))];
    return toRgba(colour as string, Math.min(1, share * 3));
  }).flat();
}
