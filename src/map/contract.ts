import type { PointCategory } from '../../server/contract/account-points.js';
import type { AccountDisplay, DisplayMode } from './account-display.js';
import type { Drawing } from './draw/drawing.js';
import type { LayerId, LayerState } from './layer-state.js';
import type { ColouredClasses } from './ramps.js';

export { layerIds, type LayerId, type LayerState } from './layer-state.js';

/** Longitude and latitude in degrees (EPSG:4326). */
export interface LonLat {
  readonly lon: number;
  readonly lat: number;
}

/** West, south, east, north in degrees (EPSG:4326). */
export type Bbox = readonly [west: number, south: number, east: number, north: number];

/** Where the map looks. `zoom` is MapLibre's (512 px tiles). */
export interface Viewport extends LonLat {
  readonly zoom: number;
}

/** The attribute that colours roads. */
export type RoadColour = 'class' | 'condition';

/** Space in CSS pixels that panels cover; the map centres and fits within what is left. */
export interface MapPadding {
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  readonly left: number;
}

/**
 * Colours of the regions of one level. `values` holds one entry a region, null where the measure
 * is missing (drawn hatched).
 */
export interface Choropleth extends ColouredClasses {
  readonly level: number;
  /** Only children of this region are coloured; null colours the whole level. */
  readonly parentId: number | null;
  readonly values: ReadonlyMap<number, number | null>;
  /** Keys of the classes that are not drawn, see `classKey`. */
  readonly hidden: readonly string[];
  /** A value as the hover card shows it, with unit. */
  readonly format: (value: number) => string;
}

/** One layer of `GET /tiles/catalog`, as far as the map reads it. */
export interface CatalogLayer {
  readonly id: string;
  /** Part of the tile address; changes whenever the data of the layer do. */
  readonly version: string | number;
  readonly minzoom: number;
  readonly maxzoom: number;
  readonly count?: number | null | undefined;
  /** Address of the tiles without query; `/tiles/{id}/{z}/{x}/{y}.mvt` where it is not given. */
  readonly tiles?: string | null | undefined;
  /** Who is to be named where the layer shows. */
  readonly attribution?: string | null | undefined;
}

/** The answer of `GET /tiles/catalog`, as far as the map reads it. */
export interface MapCatalog {
  readonly layers: readonly CatalogLayer[];
}

/** A mark that stands for the opened account or a search result. */
export interface MapPin extends LonLat {
  /** Whether it can be dragged; a drop is told by `ct-pin-move`. */
  readonly draggable: boolean;
}

/** What accounts are drawn as at the present zoom, and how many are in view (exact). */
export interface VisibleSummary {
  readonly accounts: number;
  /** Cells or clusters drawn, 0 where accounts are not gathered. */
  readonly cells: number;
  readonly mode: 'points' | 'cells' | 'clusters' | 'heat';
}

/** A class of the legend of points: how many shown accounts have the value. */
export interface PictureClass {
  /** Null for what has no value, and for what has no class of its own. */
  readonly value: string | null;
  readonly kind: 'value' | 'none' | 'other';
  /** What the server calls the value; null where the product has a word of its own, or it says itself. */
  readonly label: string | null;
  readonly colour: string;
  readonly count: number;
}

/** What the marks of accounts stand for, as drawn: what a legend needs. Counts are exact. */
export interface AccountPicture {
  /** The mode that is drawn, which is `auto` where points could not be had. */
  readonly mode: DisplayMode;
  readonly category: PointCategory | null;
  readonly classes: readonly PictureClass[];
  /** Accounts drawn, those out of view included; null where only what is in view is known. */
  readonly count: number | null;
  /** What the largest or darkest mark stands for, in accounts or in the currency; null where there is none. */
  readonly top: number | null;
  /** Colours from low to high where marks are shaded. */
  readonly ramp: readonly string[];
  /** How many accounts there are where they are too many to be drawn one by one. */
  readonly tooMany: number | null;
}

/** Width and height in CSS pixels (96 to the inch). */
export interface FrameSize {
  readonly width: number;
  readonly height: number;
}

/** The place on a sheet that a map is drawn for; `pixelRatio` keeps labels at their printed size. */
export interface PrintFrame extends FrameSize {
  /** Device pixels a CSS pixel: the resolution in dots per inch, divided by 96. */
  readonly pixelRatio: number;
  readonly signal: AbortSignal;
}

/** A map drawn for a sheet, and what its legend and scale need to know. */
export interface MapPrint {
  readonly picture: HTMLCanvasElement;
  readonly viewport: Viewport;
  /** Degrees by which the map is turned clockwise from north. */
  readonly bearing: number;
  readonly isTilted: boolean;
  readonly accounts: AccountPicture | null;
  readonly mode: VisibleSummary['mode'] | null;
}

/** Tells that the map came to rest somewhere else. */
export class ViewportChangeEvent extends Event {
  static readonly type = 'ct-viewport-change';
  constructor(
    readonly viewport: Viewport,
    readonly bounds: Bbox,
  ) {
    super(ViewportChangeEvent.type, { bubbles: true, composed: true });
  }
}

/** Tells that a region was clicked. */
export class RegionClickEvent extends Event {
  static readonly type = 'ct-region-click';
  constructor(readonly id: number) {
    super(RegionClickEvent.type, { bubbles: true, composed: true });
  }
}

/** Tells which region lies under the pointer, null when none. */
export class RegionHoverEvent extends Event {
  static readonly type = 'ct-region-hover';
  constructor(readonly id: number | null) {
    super(RegionHoverEvent.type, { bubbles: true, composed: true });
  }
}

/** Tells that the point of an account was clicked. */
export class AccountClickEvent extends Event {
  static readonly type = 'ct-account-click';
  constructor(readonly id: number) {
    super(AccountClickEvent.type, { bubbles: true, composed: true });
  }
}

/** Tells that a road, building, zone or place was clicked. */
export class FeatureClickEvent extends Event {
  static readonly type = 'ct-feature-click';
  constructor(
    readonly layer: LayerId,
    readonly id: number,
    readonly lonLat: LonLat,
  ) {
    super(FeatureClickEvent.type, { bubbles: true, composed: true });
  }
}

/** Tells what accounts the map shows now. */
export class VisibleSummaryEvent extends Event {
  static readonly type = 'ct-visible-summary';
  constructor(readonly summary: VisibleSummary) {
    super(VisibleSummaryEvent.type, { bubbles: true, composed: true });
  }
}

/** Tells what the marks of accounts stand for now. */
export class AccountPictureEvent extends Event {
  static readonly type = 'ct-account-picture';
  constructor(readonly picture: AccountPicture) {
    super(AccountPictureEvent.type, { bubbles: true, composed: true });
  }
}

/** Tells that tiles of a layer (or the map itself, layer null) could not be had. */
export class MapErrorEvent extends Event {
  static readonly type = 'ct-map-error';
  constructor(
    readonly layer: LayerId | null,
    readonly message: string,
  ) {
    super(MapErrorEvent.type, { bubbles: true, composed: true });
  }
}

/** Tells that the first frame with data was drawn. */
export class MapReadyEvent extends Event {
  static readonly type = 'ct-map-ready';
  constructor() {
    super(MapReadyEvent.type, { bubbles: true, composed: true });
  }
}

/** Tells where a person dropped the draggable pin. */
export class PinMoveEvent extends Event {
  static readonly type = 'ct-pin-move';
  constructor(readonly lonLat: LonLat) {
    super(PinMoveEvent.type, { bubbles: true, composed: true });
  }
}

/** The map element `<ct-map>` as its users see it. */
export interface MapElement extends HTMLElement {
  catalog: MapCatalog | null;
  layers: readonly LayerState[];
  choropleth: Choropleth | null;
  /** Query string of the account filter, without a leading `?`; empty for all accounts. */
  accountFilter: string;
  measure: 'count' | 'revenue';
  accountDisplay: AccountDisplay;
  roadColour: RoadColour;
  selectedRegionId: number | null;
  hoveredRegionId: number | null;
  theme: 'light' | 'dark';
  /** Setting it moves the map without animation; null leaves it where it is. */
  viewport: Viewport | null;
  padding: MapPadding;
  pin: MapPin | null;
  /** A place that lights up, for example of the row under the pointer. */
  highlight: LonLat | null;
  /** What is selected and edited, and the tool at hand. */
  drawing: Drawing;
  /** BCP 47 tag for numbers in hover cards. */
  locale: string;
  /** Ends a shape drawn by clicks, as Enter does. */
  finishDrawing(): void;
  /** Flies (jumps when reduced motion is asked for) to a box or a point. */
  flyTo(target: Bbox | (LonLat & { readonly zoom?: number })): void;
  /** What the map shows, `width` pixels wide; rejects while there is no map yet. */
  takePicture(width: number): Promise<HTMLCanvasElement>;
  /** The same view drawn anew for paper; rejects while there is no map yet, or when `signal` says so. */
  print(frame: PrintFrame): Promise<MapPrint>;
}

declare global {
  interface HTMLElementEventMap {
    'ct-viewport-change': ViewportChangeEvent;
    'ct-region-click': RegionClickEvent;
    'ct-region-hover': RegionHoverEvent;
    'ct-account-click': AccountClickEvent;
    'ct-feature-click': FeatureClickEvent;
    'ct-visible-summary': VisibleSummaryEvent;
    'ct-account-picture': AccountPictureEvent;
    'ct-map-error': MapErrorEvent;
    'ct-map-ready': MapReadyEvent;
    'ct-pin-move': PinMoveEvent;
  }
}
