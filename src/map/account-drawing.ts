import type { MapLibreOverlayProps } from '@deck.gl/maplibre';
import type { PointCategory } from '../../server/contract/account-points.js';
import type { AccountDisplay } from './account-display.js';
import type { CellShape } from './account-marks.js';
import type { AccountPicture, Bbox, LonLat, MapCatalog, VisibleSummary } from './contract.js';
import type { Theme } from './palette.js';

/** How accounts are to be shown. */
export interface AccountOptions {
  readonly catalog: MapCatalog | null;
  /** Query string of the filter, without `?`. */
  readonly filter: string;
  readonly measure: 'count' | 'revenue';
  readonly display: AccountDisplay;
  readonly opacity: number;
  readonly theme: Theme;
  readonly cellShape: CellShape;
  readonly locale: string;
}

/** Where the map looks, as far as accounts depend on it. */
export interface AccountCamera {
  readonly bounds: Bbox;
  readonly zoom: number;
  readonly lat: number;
  /** Width and height of the map in CSS pixels, and device pixels in one. */
  readonly width: number;
  readonly height: number;
  readonly pixelRatio: number;
}

/** A value of a category, and what it is called where it is only an id. */
export interface AccountCode {
  readonly category: PointCategory;
  readonly value: string | null;
  readonly label: string | null;
}

/** What lies under the pointer: an account, several at one place, or a mark that stands for many. */
export interface AccountMark extends LonLat {
  readonly kind: 'point' | 'group';
  /** Names the mark among those drawn. */
  readonly row: number;
  readonly count: number;
  /** Sum of the measure in the currency; null where accounts are only counted. */
  readonly value: number | null;
  /** What colours a point; null where nothing does. */
  readonly code: AccountCode | null;
  readonly radiusPixels: number;
  /** Id of the account; null for a mark that stands for many. */
  readonly idOf: (() => Promise<number>) | null;
}

export type DeckLayers = NonNullable<MapLibreOverlayProps['layers']>;

/** What a drawing tells the view that it belongs to. */
export interface DrawingEvents {
  /** Something else is to be drawn. */
  changed(): void;
  pictured(picture: AccountPicture): void;
  failed(message: string): void;
}

/** One way to draw accounts: loads what it needs, gives layers, and knows what it shows where. */
export interface AccountDrawing {
  /** Takes new options; loads only what differs. */
  update(options: AccountOptions): void;
  /** The map came to rest or moved on: what is in view may have to be loaded. */
  load(camera: AccountCamera): void;
  layers(camera: AccountCamera): DeckLayers;
  /** Whether something that was asked for is still on its way. */
  readonly isLoading: boolean;
  /** Null while it is not known. */
  summarise(bounds: Bbox): VisibleSummary | Promise<VisibleSummary | null>;
  markAt(
    place: LonLat,
    tolerancePixels: number,
    camera: AccountCamera,
  ): AccountMark | null | Promise<AccountMark | null>;
  /** Asks again for what failed. */
  retry(): void;
  close(): void;
}
