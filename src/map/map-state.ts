import type { AccountDisplay } from './account-display.js';
import type {
  AccountPicture,
  Bbox,
  Choropleth,
  LayerId,
  LayerState,
  LonLat,
  MapCatalog,
  MapPadding,
  MapPin,
  RoadColour,
  Viewport,
  VisibleSummary,
} from './contract.js';
import type { SelectionLeaf } from '../../server/contract/selections.js';
import type { Drawing } from './draw/drawing.js';
import type { HoverCard } from './hover-card.js';
import type { Theme } from './palette.js';

/** Everything that the application tells the map. */
export interface MapState {
  readonly catalog: MapCatalog | null;
  readonly layers: readonly LayerState[];
  readonly choropleth: Choropleth | null;
  readonly accountFilter: string;
  readonly measure: 'count' | 'revenue';
  readonly accountDisplay: AccountDisplay;
  readonly roadColour: RoadColour;
  readonly selectedRegionId: number | null;
  readonly hoveredRegionId: number | null;
  readonly theme: Theme;
  readonly padding: MapPadding;
  readonly pin: MapPin | null;
  readonly highlight: LonLat | null;
  readonly locale: string;
  readonly drawing: Drawing;
}

/** A card and the pixel of the map it belongs to. */
export interface PlacedCard {
  readonly card: HoverCard;
  readonly x: number;
  readonly y: number;
}

/** What the map tells the application. */
export interface MapListener {
  viewportChanged(viewport: Viewport, bounds: Bbox): void;
  regionClicked(id: number): void;
  regionHovered(id: number | null): void;
  accountClicked(id: number): void;
  featureClicked(layer: LayerId, id: number, lonLat: LonLat): void;
  cardChanged(card: PlacedCard | null): void;
  summaryChanged(summary: VisibleSummary): void;
  pictureChanged(picture: AccountPicture): void;
  failed(layer: LayerId | null, message: string): void;
  ready(): void;
  pinMoved(lonLat: LonLat): void;
  drawn(leaf: SelectionLeaf): void;
  shapeEdited(index: number, leaf: SelectionLeaf, isFinal: boolean): void;
  /** A region, account or road was picked for the selection. */
  picked(kind: 'regions' | 'accounts' | 'road', id: number): void;
  toolEnded(): void;
  placeAsked(lonLat: LonLat): void;
}
