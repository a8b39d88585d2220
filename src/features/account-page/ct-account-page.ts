import { msg } from '@lit/localize';
import { css, html, type PropertyValues } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type {
  AccountClickEvent,
  LayerState,
  MapElement,
  MapErrorEvent,
  MapPin,
  PinMoveEvent,
} from '../../map/contract.js';
import { defaultLayers } from '../../map/layer-state.js';
import { MapLoader } from '../../map/map-loader.js';
import { explore } from '../../state/explore.js';
import { appLocation } from '../../state/location.js';
import { preferences } from '../../state/preferences.js';
import { toasts } from '../../state/toasts.js';
import { CtElement } from '../../ui/ct-element.js';
import '../../ui/ct-icon.js';
import { isPlainClick } from '../../ui/links.js';
import { base, controls } from '../../ui/styles.js';
import '../account-card/ct-account-card.js';
import type { CtAccountCard } from '../account-card/ct-account-card.js';
import type { PlaceAccountEvent } from '../account-card/place-account-event.js';
import './ct-account-duplicates.js';
import './ct-account-story.js';

/** The map of a page is about the place: everything but the colours of regions. */
const layers: readonly LayerState[] = defaultLayers.map((layer) =>
  layer.id === 'regions' ? { ...layer, visible: false } : layer,
);
const placeZoom = 16;

/** One account on a page of its own, at an address that can be shared: card, map, trend, history and neighbours. */
@customElement('ct-account-page')
export class CtAccountPage extends CtElement {
  static override styles = [
    base,
    controls,
    css`
      :host {
        display: block;
        height: 100%;
        overflow: auto;
        background: var(--land);
      }
      .page {
        display: grid;
        grid-template-columns: minmax(320px, 420px) minmax(0, 1fr);
        gap: 16px;
        max-width: 1320px;
        margin: 0 auto;
        padding: 16px 24px 96px;
        align-items: start;
      }
      nav {
        grid-column: 1 / -1;
      }
      nav a {
        display: inline-flex;
        align-items: center;
        gap: 6px;
        min-height: var(--row);
        text-decoration: none;
      }
      .map {
        position: relative;
        height: 340px;
        border-radius: var(--radius);
        overflow: hidden;
        box-shadow: var(--shadow);
        background: var(--panel-solid);
      }
      ct-map {
        position: absolute;
        inset: 0;
      }
      .side {
        display: grid;
        gap: 16px;
        min-width: 0;
      }
      @media (max-width: 760px) {
        .page {
          grid-template-columns: minmax(0, 1fr);
          padding: 8px 12px 96px;
        }
        .map {
          height: 260px;
        }
        ct-account-card {
          background: var(--panel-solid);
        }
      }
    `,
  ];

  @property({ attribute: false }) accountId = 0;

  @state() private pin: MapPin | null = null;
  /** Grows with every change, so that what hangs on the account is loaded again. */
  @state() private version = 0;

  @query('ct-account-card') private readonly card!: CtAccountCard | null;
  @query('ct-map') private readonly map!: MapElement | null;

  private readonly mapLoader = new MapLoader(this);
  #target: MapPin | null = null;

  override connectedCallback(): void {
    super.connectedCallback();
    explore.catalog.start();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('accountId')) this.pin = null;
  }

  protected override updated(): void {
    if (!this.map || !this.#target) return;
    this.map.flyTo({ lon: this.#target.lon, lat: this.#target.lat, zoom: placeZoom });
    this.#target = null;
  }

  override render() {
    return html`<div class="page">
      <nav aria-label=${msg('Back')}>
        <a href=${appLocation.hrefFor({ section: null })} @click=${this.onBack}>
          <ct-icon name="arrow-left"></ct-icon>${msg('All accounts')}
        </a>
      </nav>
      <ct-account-card
        page
        .accountId=${this.accountId}
        .movedTo=${this.pin?.draggable ? this.pin : null}
        @ct-place-account=${this.onPlace}
        @ct-close=${() => this.open(null)}
        @ct-account-click=${(event: AccountClickEvent) => this.open(event.id)}
      ></ct-account-card>
      <div class="side">
        <div class="map">${this.renderMap()}</div>
        <ct-account-duplicates
          .accountId=${this.accountId}
          .version=${this.version}
          @ct-account-click=${(event: AccountClickEvent) => this.open(event.id)}
          @ct-accounts-merged=${() => this.onMerged()}
        ></ct-account-duplicates>
        <ct-account-story
          .accountId=${this.accountId}
          .version=${this.version}
          @ct-account-click=${(event: AccountClickEvent) => this.open(event.id)}
        ></ct-account-story>
      </div>
    </div>`;
  }

  private renderMap() {
    if (!this.mapLoader.isReady) return this.mapLoader.renderInstead();
    return html`<ct-map
      .catalog=${explore.catalog.value ?? null}
      .layers=${layers}
      .theme=${preferences.theme}
      .locale=${preferences.language}
      .pin=${this.pin}
      @ct-account-click=${(event: AccountClickEvent) => this.open(event.id)}
      @ct-pin-move=${(event: PinMoveEvent) => (this.pin = { ...event.lonLat, draggable: true })}
      @ct-map-error=${(event: MapErrorEvent) => toasts.show(event.message, 'failed')}
    ></ct-map>`;
  }

  private onBack(event: MouseEvent): void {
    if (!isPlainClick(event)) return;
    event.preventDefault();
    this.open(null);
  }

  private open(id: number | null): void {
    appLocation.navigate({ screen: 'accounts', section: id === null ? null : String(id) });
  }

  private onMerged(): void {
    this.card?.reload();
    this.version += 1;
  }

  private onPlace(event: PlaceAccountEvent): void {
    this.pin = event.pin;
    if (event.show && event.pin) this.#target = event.pin;
    this.version += 1;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ct-account-page': CtAccountPage;
  }
}
