import type { Layer } from '@deck.gl/core';
import { ScatterplotLayer, SolidPolygonLayer, TextLayer } from '@deck.gl/layers';
import type { MapLibreOverlayProps } from '@deck.gl/maplibre';
import { metersPerPixel, pointRadiusPixels, type Marks } from '../account-marks.js';
import { palettes, toRgba, type Theme } from '../palette.js';

/** Corners of the hexagons of a set, one ring after the other, for the solid polygon layer. */
export interface HexagonRings {
  /** Longitude and latitude, two numbers a corner; every ring is closed. */
  readonly positions: Float64Array;
  /** First corner of each ring, and the number of corners at the end. */
  readonly starts: Uint32Array;
  /** Row of the set that each corner belongs to, for its colour. */
  readonly colours: Uint8Array;
}

/** Everything the account layers depend on. */
export interface AccountLayerState {
  readonly marks: Marks;
  /** Given when cells are to be drawn as hexagons and the rings are ready. */
  readonly rings: HexagonRings | null;
  readonly theme: Theme;
  readonly opacity: number;
  /** Zoom, rounded to quarters by the caller so that the text does not change with every frame. */
  readonly zoom: number;
  /** Latitude of the map's centre, for sizes in pixels. */
  readonly lat: number;
  readonly formatCount: (count: number) => string;
}

type LayerList = NonNullable<MapLibreOverlayProps['layers']>;

/** Text smaller than this radius would not fit into its circle. */
const smallestLabelledRadius = 9;

/** The deck.gl layers of the accounts: dots, circles or hexagons, and counts. */
export function accountLayers(state: AccountLayerState): LayerList {
  if (state.opacity === 0 || state.marks.set.length === 0) return [];
  const { mode } = state.marks.set;
  const ground = mode === 'cells' && state.rings ? hexagons(state, state.rings) : circles(state);
  return [ground, counts(state)];
}

/** Rows whose count is written on the map: stacks of points, and cells that are large enough. */
export function labelledRows(state: Pick<AccountLayerState, 'marks' | 'zoom' | 'lat'>): number[] {
  const { set } = state.marks;
  const rows: number[] = [];
  for (let row = 0; row < set.length; row += 1) {
    if (set.mode === 'points' && (set.counts[row] as number) < 2) continue;
    if (radiusPixels(state, row) >= smallestLabelledRadius) rows.push(row);
  }
  return rows;
}

/** Radius in CSS pixels of a row's mark, as drawn. */
export function radiusPixels(
  { marks, zoom, lat }: Pick<AccountLayerState, 'marks' | 'zoom' | 'lat'>,
  row: number,
): number {
  const radius = marks.radii[row] as number;
  if (marks.set.mode === 'points') return radius * pointRadiusPixels(zoom);
  return Math.max(3, radius / metersPerPixel(lat, zoom));
}

function circles({ marks, opacity, theme, zoom }: AccountLayerState): Layer {
  const isPoints = marks.set.mode === 'points';
  return new ScatterplotLayer({
    id: 'accounts-circles',
    data: {
      length: marks.set.length,
      attributes: {
        getPosition: { value: marks.set.positions, size: 2 },
        getRadius: { value: marks.radii, size: 1 },
        getFillColor: { value: marks.colours, size: 4, normalized: true },
      },
    },
    opacity,
    radiusUnits: isPoints ? 'pixels' : 'meters',
    radiusScale: isPoints ? pointRadiusPixels(zoom) : 1,
    radiusMinPixels: isPoints ? 1.5 : 3,
    stroked: true,
    getLineColor: toRgba(palettes[theme].pointRing, 0.95),
    lineWidthUnits: 'pixels',
    getLineWidth: isPoints ? Math.min(1.5, pointRadiusPixels(zoom) / 3.2) : 1.25,
    parameters: { depthCompare: 'always' },
  });
}

function hexagons(
  { marks, opacity }: AccountLayerState,
  { positions, starts, colours }: HexagonRings,
): Layer {
  return new SolidPolygonLayer({
    id: 'accounts-hexagons',
    data: {
      length: marks.set.length,
      startIndices: starts,
      attributes: {
        getPolygon: { value: positions, size: 2 },
        getFillColor: { value: colours, size: 4, normalized: true },
      },
    },
    _normalize: false,
    _windingOrder: 'CCW',
    opacity,
    parameters: { depthCompare: 'always' },
  });
}

function counts(state: AccountLayerState): Layer | null {
  const { marks, opacity, formatCount } = state;
  const rows = labelledRows(state);
  if (rows.length === 0) return null;
  const isPoints = marks.set.mode === 'points';
  return new TextLayer<number>({
    id: 'accounts-counts',
    data: rows,
    getPosition: (row) => positionOf(marks, row),
    getText: (row) => formatCount(marks.set.counts[row] as number),
    getSize: (row) => (isPoints ? 10 : Math.min(13, 9 + radiusPixels(state, row) / 10)),
    getColor: (row) =>
      [...marks.textColours.subarray(row * 4, row * 4 + 4)] as [number, number, number, number],
    fontFamily: 'Catchment Map Semibold, Inter Variable, sans-serif',
    fontWeight: 600,
    fontSettings: { fontSize: 48, buffer: 6 },
    characterSet: 'auto',
    opacity,
    updateTriggers: {
      getPosition: marks,
      getText: [marks, formatCount],
      getColor: marks,
      getSize: [marks, state.zoom],
    },
    parameters: { depthCompare: 'always' },
  });
}

function positionOf({ set }: Marks, row: number): [lon: number, lat: number] {
  return [set.positions[row * 2] as number, set.positions[row * 2 + 1] as number];
}
