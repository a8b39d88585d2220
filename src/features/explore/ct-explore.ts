import { msg } from '@lit/localize';
import { html, nothing, type PropertyValues } from 'lit';
import { customElement, query, state } from 'lit/decorators.js';
import type {
  AccountClickEvent,
  AccountPictureEvent,
  Bbox,
  FeatureClickEvent,
  MapElement,
  MapErrorEvent,
  MapPadding,
  MapPin,
  PinMoveEvent,
  RegionClickEvent,
  RegionHoverEvent,
  ViewportChangeEvent,
  VisibleSummary,
  VisibleSummaryEvent,
} from '../../map/contract.js';
import { accountPicture } from '../../state/account-picture.js';
import type {
  DrawnEvent,
  PlaceAskEvent,
  SelectionPickEvent,
  ShapeEditEvent,
} from '../../map/draw/drawing.js';
import { explore } from '../../state/explore.js';
import { appLocation } from '../../state/location.js';
import { mapExport } from '../../state/map-export.js';
import { MapLoader } from '../../map/map-loader.js';
import { preferences } from '../../state/preferences.js';
import { selection } from '../../state/selection.js';
import { sessionStore } from '../../state/session.js';
import { toasts } from '../../state/toasts.js';
import { CtElement } from '../../ui/ct-element.js';
import '../../ui/ct-sheet.js';
import type { SheetHeight, SheetHeightEvent } from '../../ui/ct-sheet.js';
import '../../ui/ct-skeleton.js';
import '../../ui/ct-state.js';
import { NarrowController } from '../../ui/narrow-controller.js';
import { base, controls } from '../../ui/styles.js';
import '../account-card/ct-account-card.js';
import '../account-card/ct-feature-card.js';
import type { PlaceAccountEvent } from '../account-card/place-account-event.js';
import '../here/ct-here-card.js';
import '../insight-panel/ct-insight-panel.js';
import '../layers-panel/ct-layers-panel.js';
import type { SearchPickEvent } from '../search/ct-search.js';
import { zoomFor } from '../search/search-words.js';
import '../selection/ct-selection-panel.js';
import '../selection/ct-selection-tools.js';
import { layerOf } from '../../map/layer-state.js';
import { choroplethOf } from '../../state/choropleth.js';
import './ct-slice-bar.js';
import './ct-summary.js';
import './ct-timeline.js';
import type { PictureRequestEvent } from '../saved-views/picture-request-event.js';
import { exploreStyles } from './explore-styles.js';

type FlyTarget = Parameters<MapElement['flyTo']>[0];

/** The form of the map export comes when it is first opened. */
async function loadMapExport(): Promise<void> {
  try {
    await import('../map-export/ct-map-export.js');
  } catch {
    mapExport.close();
    toasts.show(
      msg('The export could not be loaded. Check the connection and try again.'),
      'failed',
    );
  }
}

/** The map with its slice, layers, figures and cards: the screen that everything else hangs on. */
@customElement('ct-explore')
export class CtExplore extends CtElement {
  static override styles = [base, controls, exploreStyles];

  @state() private visible: VisibleSummary | null = null;
  @state() private hoveredRegion: number | null = null;
  @state() private pin: MapPin | null = null;
  @state() private sheet: 'layers' | 'figures' | 'selection' = 'figures';
  @state() private sheetHeight: SheetHeight = 'peek';

  private readonly mapLoader = new MapLoader(this);
  @query('ct-map') private map!: MapElement | null;

  private readonly narrow = new NarrowController(this);
  #shownRegion: number | undefined;
  #shownCard: number | null = null;
  #target: FlyTarget | undefined;
  /** Whether the address named a position before the map, which tells its own, was there. */
  #isPlaced = false;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#isPlaced = appLocation.state.viewport !== null;
    explore.start();
    selection.start();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    explore.stop();
    selection.stop();
  }

  override render() {
    return html`
      ${this.renderMap()}
      <ct-slice-bar
        @ct-search-pick=${this.onSearchPick}
        @ct-picture-request=${this.onPictureRequest}
      ></ct-slice-bar>
      ${this.narrow.matches ? this.renderSheet() : this.renderPanels()}
      ${
        selection.isOpen
          ? html`<ct-selection-tools
              @ct-finish-drawing=${() => this.map?.finishDrawing()}
            ></ct-selection-tools>`
          : nothing
      }
      <ct-timeline></ct-timeline>
      <ct-summary .summary=${this.visible}></ct-summary>
      ${mapExport.isOpen ? html`<ct-map-export .map=${this.map}></ct-map-export>` : nothing}
    `;
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    const { account, feature, here } = appLocation.state;
    const card = account ?? feature?.id ?? here?.lon ?? null;
    if (card !== null && card !== this.#shownCard && this.sheetHeight === 'peek') {
      this.sheetHeight = 'half';
    }
    this.#shownCard = card;
    this.followRegion();
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    if (mapExport.isOpen) void loadMapExport();
    if (!this.map || !this.#target) return;
    this.map.flyTo(this.#target);
    this.#target = undefined;
  }

  private renderMap() {
    if (!this.mapLoader.isReady) return this.mapLoader.renderInstead();
    const view = explore.view.value;
    const { layers, classes, roadColour, accountDisplay, viewport } = appLocation.state;
    const { hidden } = layerOf(layers, 'regions');
    return html`<ct-map
      .catalog=${explore.catalog.value ?? null}
      .layers=${layers}
      .choropleth=${choroplethOf(explore.figures.value, view, { classes, hidden })}
      .accountFilter=${explore.accountFilter}
      .measure=${appLocation.state.measure.startsWith('accounts.') ? 'count' : 'revenue'}
      .accountDisplay=${accountDisplay}
      .roadColour=${roadColour}
      .selectedRegionId=${view && view.region.level > 0 ? view.region.id : null}
      .hoveredRegionId=${this.hoveredRegion}
      .theme=${preferences.theme}
      .locale=${preferences.language}
      .viewport=${viewport}
      .padding=${this.padding}
      .pin=${this.pin ?? this.herePin}
      .drawing=${selection.drawing}
      @ct-viewport-change=${this.onViewport}
      @ct-region-click=${this.onRegionClick}
      @ct-region-hover=${this.onRegionHover}
      @ct-account-click=${this.onAccountClick}
      @ct-feature-click=${this.onFeatureClick}
      @ct-visible-summary=${this.onSummary}
      @ct-account-picture=${({ picture }: AccountPictureEvent) => accountPicture.show(picture)}
      @ct-map-error=${this.onMapError}
      @ct-pin-move=${this.onPinMove}
      @ct-drawn=${(event: DrawnEvent) => void selection.draw(event.leaf)}
      @ct-shape-edit=${(event: ShapeEditEvent) =>
        selection.reshape(event.index, event.leaf, event.isFinal)}
      @ct-selection-pick=${(event: SelectionPickEvent) => void selection.pick(event.kind, event.id)}
      @ct-tool-end=${() => selection.useTool(null)}
      @ct-place-ask=${this.onPlaceAsk}
    ></ct-map>`;
  }

  private renderPanels() {
    return html`
      <ct-layers-panel class="left"></ct-layers-panel>
      <div class="right">
        ${this.renderCard() ?? html`${this.renderSelection()} ${this.renderInsight()}`}
      </div>
    `;
  }

  private renderSheet() {
    const card = this.renderCard();
    return html`<ct-sheet
      .label=${msg('Panel')}
      .height=${this.sheetHeight}
      @ct-sheet-height=${(event: SheetHeightEvent) => (this.sheetHeight = event.height)}
    >
      ${
        card ??
        html`<div class="tabs" slot="peek" role="group" aria-label=${msg('Panel')}>
            ${this.renderTab('figures', msg('Figures'))} ${this.renderTab('layers', msg('Layers'))}
            ${selection.isOpen ? this.renderTab('selection', msg('Selection')) : nothing}
          </div>
          ${
            this.sheet === 'layers'
              ? html`<ct-layers-panel flat></ct-layers-panel>`
              : this.sheet === 'selection' && selection.isOpen
                ? this.renderSelection()
                : this.renderInsight()
          }`
      }
    </ct-sheet>`;
  }

  private renderTab(id: 'layers' | 'figures' | 'selection', label: string) {
    return html`<button
      type="button"
      class="tab"
      aria-pressed=${this.sheet === id ? 'true' : 'false'}
      @click=${() => (this.sheet = id)}
    >
      ${label}
    </button>`;
  }

  private renderInsight() {
    return html`<ct-insight-panel
      .hoveredRegion=${this.hoveredRegion}
      @ct-region-hover=${this.onRegionHover}
      @ct-region-click=${this.onRegionClick}
    ></ct-insight-panel>`;
  }

  private renderCard() {
    const { account, feature } = appLocation.state;
    if (account !== null) {
      return html`<ct-account-card
        .accountId=${account}
        .movedTo=${this.pin?.draggable ? this.pin : null}
        @ct-place-account=${this.onPlaceAccount}
        @ct-close=${() => this.closeCard()}
      ></ct-account-card>`;
    }
    if (feature !== null) {
      return html`<ct-feature-card
        .feature=${feature}
        @ct-close=${() => this.closeCard()}
      ></ct-feature-card>`;
    }
    const { here } = appLocation.state;
    if (here === null) return undefined;
    return html`<ct-here-card .place=${here} @ct-close=${() => this.closeCard()}></ct-here-card>`;
  }

  private renderSelection() {
    return selection.isOpen ? html`<ct-selection-panel></ct-selection-panel>` : nothing;
  }

  private get herePin(): MapPin | null {
    const { here, account, feature } = appLocation.state;
    return here && account === null && feature === null ? { ...here, draggable: false } : null;
  }

  private get padding(): MapPadding {
    if (this.narrow.matches) {
      const covered = this.sheetHeight === 'peek' ? 104 : this.offsetHeight / 2 + 8;
      return { top: 112, right: 8, bottom: covered, left: 8 };
    }
    const left = preferences.isFolded('layers') ? 16 : 296;
    return { top: 72, right: 384, bottom: 116, left };
  }

  /** Shows the region when it changes; an address that names a map position keeps that instead. */
  private followRegion(): void {
    const view = explore.view.value;
    if (!view || view.region.id !== explore.regionId) return;
    if (this.#shownRegion === view.region.id) return;
    const first = this.#shownRegion === undefined;
    this.#shownRegion = view.region.id;
    const bbox = view.region.bbox ?? sessionStore.current.project.bounds;
    const isPlaced = this.#isPlaced || appLocation.state.account !== null || this.#target;
    if (bbox && !(first && isPlaced)) this.#target = bbox as Bbox;
  }

  /** Moves the map, as soon as there is one. */
  private flyTo(target: FlyTarget): void {
    this.#target = target;
    this.requestUpdate();
  }

  private closeCard(): void {
    this.pin = null;
    appLocation.navigate({ account: null, feature: null, here: null });
  }

  private onPlaceAsk(event: PlaceAskEvent): void {
    this.pin = null;
    appLocation.navigate({ here: event.lonLat, account: null, feature: null });
  }

  private onViewport(event: ViewportChangeEvent): void {
    appLocation.replace({ viewport: event.viewport });
  }

  private onRegionClick(event: RegionClickEvent): void {
    this.pin = null;
    const region = event.id === explore.root.value?.id ? null : event.id;
    appLocation.navigate({ region, account: null, feature: null });
  }

  private onRegionHover(event: RegionHoverEvent): void {
    this.hoveredRegion = event.id;
  }

  private onAccountClick(event: AccountClickEvent): void {
    this.pin = null;
    appLocation.navigate({ account: event.id, feature: null });
  }

  private onFeatureClick(event: FeatureClickEvent): void {
    this.pin = null;
    appLocation.navigate({ feature: { layer: event.layer, id: event.id }, account: null });
  }

  private onSummary(event: VisibleSummaryEvent): void {
    this.visible = event.summary;
    accountPicture.showMode(event.summary.mode);
  }

  private onMapError(event: MapErrorEvent): void {
    toasts.show(event.message, 'failed');
  }

  private onPinMove(event: PinMoveEvent): void {
    this.pin = { ...event.lonLat, draggable: true };
  }

  private onPlaceAccount(event: PlaceAccountEvent): void {
    this.pin = event.pin;
    if (event.show && event.pin) this.flyTo({ ...event.pin, zoom: 16 });
  }

  private onPictureRequest(event: PictureRequestEvent): void {
    event.picture = this.map?.takePicture(event.width);
  }

  private onSearchPick(event: SearchPickEvent): void {
    const { kind, id, lon, lat, bbox } = event.result;
    if (kind === 'region') {
      appLocation.navigate({ region: id, account: null, feature: null });
      return;
    }
    this.pin = null;
    if (kind === 'account') appLocation.navigate({ account: id, feature: null });
    if (kind === 'place') {
      appLocation.navigate({ feature: { layer: 'places', id }, account: null });
    }
    if (lon === null || lat === null) return;
    if (kind !== 'account') this.pin = { lon, lat, draggable: false };
    this.flyTo(bbox ? (bbox as Bbox) : { lon, lat, zoom: zoomFor(kind) });
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ct-explore': CtExplore;
  }
}
