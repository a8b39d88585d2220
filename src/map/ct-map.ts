import { localized } from '@lit/localize';
import { html, LitElement, nothing, type PropertyValues } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { classMap } from 'lit/directives/class-map.js';
import { styleMap } from 'lit/directives/style-map.js';
import { defaultDisplay, type AccountDisplay } from './account-display.js';
import { noPadding } from './camera.js';
import {
  AccountClickEvent,
  AccountPictureEvent,
  FeatureClickEvent,
  MapErrorEvent,
  MapReadyEvent,
  PinMoveEvent,
  RegionClickEvent,
  RegionHoverEvent,
  ViewportChangeEvent,
  VisibleSummaryEvent,
  type Bbox,
  type Choropleth,
  type LayerState,
  type LonLat,
  type MapCatalog,
  type MapElement,
  type MapPadding,
  type MapPin,
  type MapPrint,
  type PrintFrame,
  type RoadColour,
  type Viewport,
} from './contract.js';
import {
  DrawnEvent,
  noDrawing,
  PlaceAskEvent,
  SelectionPickEvent,
  ShapeEditEvent,
  ToolEndEvent,
  type Drawing,
} from './draw/drawing.js';
import { drawStyles } from './draw/draw-styles.js';
import { labelControls } from './control-labels.js';
import { mapStyles } from './ct-map.styles.js';
import { loadLabelFonts } from './fonts.js';
import type { MapListener, MapState, PlacedCard } from './map-state.js';
import { MapView } from './map-view.js';
import { paperState, printMap } from './print-map.js';

/**
 * The map: regions as a choropleth, land cover, roads, buildings, business zones, places and
 * accounts from the server's tiles. Data go in as properties, everything else comes out as events.
 *
 * Load it lazily: it brings MapLibre and deck.gl with it.
 *
 * @fires ct-viewport-change - the map came to rest somewhere else
 * @fires ct-region-click - a region was clicked
 * @fires ct-region-hover - another region (or none) is under the pointer
 * @fires ct-account-click - the point of an account was clicked
 * @fires ct-feature-click - a road, building, zone or place was clicked
 * @fires ct-visible-summary - how many accounts are in view
 * @fires ct-account-picture - what the marks of accounts stand for
 * @fires ct-map-error - tiles of a layer could not be had; they are asked for again
 * @fires ct-map-ready - the first frame with data was drawn
 * @fires ct-pin-move - the draggable pin was dropped
 * @fires ct-drawn - a shape was drawn
 * @fires ct-shape-edit - a shape was changed by its handles
 * @fires ct-selection-pick - a region, account or road was picked for the selection
 * @fires ct-tool-end - the tool was put down
 * @fires ct-place-ask - a person asks what is at a place
 */
@localized()
@customElement('ct-map')
export class CtMap extends LitElement implements MapElement {
  static override readonly styles = [...mapStyles, drawStyles];

  @property({ attribute: false }) catalog: MapCatalog | null = null;
  @property({ attribute: false }) layers: readonly LayerState[] = [];
  @property({ attribute: false }) choropleth: Choropleth | null = null;
  @property({ attribute: false }) accountFilter = '';
  @property({ attribute: false }) measure: 'count' | 'revenue' = 'count';
  @property({ attribute: false }) accountDisplay: AccountDisplay = defaultDisplay;
  @property({ attribute: false }) roadColour: RoadColour = 'class';
  @property({ attribute: false }) selectedRegionId: number | null = null;
  @property({ attribute: false }) hoveredRegionId: number | null = null;
  @property() theme: 'light' | 'dark' = 'light';
  @property({ attribute: false }) viewport: Viewport | null = null;
  @property({ attribute: false }) padding: MapPadding = noPadding;
  @property({ attribute: false }) pin: MapPin | null = null;
  @property({ attribute: false }) highlight: LonLat | null = null;
  @property({ attribute: false }) drawing: Drawing = noDrawing;
  @property() locale = 'en';

  @state() private card: PlacedCard | null = null;

  @query('.map') private readonly container!: HTMLElement;

  #view: MapView | null = null;
  #pendingFlight: (() => void) | null = null;
  readonly #resizeObserver = new ResizeObserver(() => this.#view?.resize());
  readonly #online = () => this.#view?.retry();

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener('online', this.#online);
    if (this.hasUpdated) void this.#open();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener('online', this.#online);
    this.#resizeObserver.disconnect();
    this.#view?.close();
    this.#view = null;
  }

  flyTo(target: Bbox | (LonLat & { readonly zoom?: number })): void {
    if (this.#view) this.#view.flyTo(target);
    else this.#pendingFlight = () => this.#view?.flyTo(target);
  }

  takePicture(width: number): Promise<HTMLCanvasElement> {
    return this.#view?.takePicture(width) ?? Promise.reject(new Error('There is no map yet.'));
  }

  finishDrawing(): void {
    this.#view?.finishDrawing();
  }

  print(frame: PrintFrame): Promise<MapPrint> {
    const view = this.#view;
    if (!view) return Promise.reject(new Error('There is no map yet.'));
    return printMap({ ...this.#state(), ...paperState }, view.frame(frame), frame);
  }

  protected override firstUpdated(): void {
    void this.#open();
  }

  protected override updated(changed: PropertyValues<this>): void {
    const view = this.#view;
    if (!view) return;
    if (changed.has('viewport') && this.viewport) view.setViewport(this.viewport);
    view.update(this.#state());
    labelControls(this.renderRoot);
  }

  protected override render() {
    const { right, bottom } = this.padding;
    const edges = { '--map-right': `${right}px`, '--map-bottom': `${bottom}px` };
    return html`
      <div
        class=${classMap({ map: true, dark: this.theme === 'dark' })}
        style=${styleMap(edges)}
      ></div>
      ${this.card ? this.#renderCard(this.card) : nothing}
    `;
  }

  #renderCard({ card, x, y }: PlacedCard) {
    const isRight = x > this.clientWidth - 260;
    const isLow = y > this.clientHeight - 120;
    const place = {
      left: isRight ? 'auto' : `${x + 14}px`,
      right: isRight ? `${this.clientWidth - x + 14}px` : 'auto',
      top: isLow ? 'auto' : `${y + 14}px`,
      bottom: isLow ? `${this.clientHeight - y + 14}px` : 'auto',
    };
    return html`
      <div class="card" aria-hidden="true" style=${styleMap(place)}>
        <strong>${card.title}</strong>
        ${card.lines.map((line) => html`<span>${line}</span>`)}
      </div>
    `;
  }

  async #open(): Promise<void> {
    await loadLabelFonts();
    if (!this.isConnected || this.#view) return;
    this.#view = new MapView(this.container, this.#state(), this.#listener(), {
      viewport: this.viewport,
    });
    this.#resizeObserver.observe(this);
    this.#pendingFlight?.();
    this.#pendingFlight = null;
    labelControls(this.renderRoot);
  }

  #state(): MapState {
    const { catalog, layers, choropleth, accountFilter, measure, accountDisplay, roadColour } =
      this;
    const { selectedRegionId, hoveredRegionId, theme, padding, pin, highlight, locale, drawing } =
      this;
    return {
      catalog,
      layers,
      choropleth,
      accountFilter,
      measure,
      accountDisplay,
      roadColour,
      selectedRegionId,
      hoveredRegionId,
      theme,
      padding,
      pin,
      highlight,
      locale,
      drawing,
    };
  }

  #listener(): MapListener {
    return {
      viewportChanged: (viewport, bounds) =>
        this.dispatchEvent(new ViewportChangeEvent(viewport, bounds)),
      regionClicked: (id) => this.dispatchEvent(new RegionClickEvent(id)),
      regionHovered: (id) => this.dispatchEvent(new RegionHoverEvent(id)),
      accountClicked: (id) => this.dispatchEvent(new AccountClickEvent(id)),
      featureClicked: (layer, id, lonLat) =>
        this.dispatchEvent(new FeatureClickEvent(layer, id, lonLat)),
      cardChanged: (card) => (this.card = card),
      summaryChanged: (summary) => this.dispatchEvent(new VisibleSummaryEvent(summary)),
      pictureChanged: (picture) => this.dispatchEvent(new AccountPictureEvent(picture)),
      failed: (layer, message) => this.dispatchEvent(new MapErrorEvent(layer, message)),
      ready: () => {
        labelControls(this.renderRoot);
        this.dispatchEvent(new MapReadyEvent());
      },
      pinMoved: (lonLat) => this.dispatchEvent(new PinMoveEvent(lonLat)),
      drawn: (leaf) => this.dispatchEvent(new DrawnEvent(leaf)),
      shapeEdited: (index, leaf, isFinal) =>
        this.dispatchEvent(new ShapeEditEvent(index, leaf, isFinal)),
      picked: (kind, id) => this.dispatchEvent(new SelectionPickEvent(kind, id)),
      toolEnded: () => this.dispatchEvent(new ToolEndEvent()),
      placeAsked: (lonLat) => this.dispatchEvent(new PlaceAskEvent(lonLat)),
    };
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ct-map': CtMap;
  }
}
