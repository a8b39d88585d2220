import { css, html } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import {
  type MapErrorEvent,
  type AccountClickEvent,
  type Bbox,
  type LonLat,
  type MapElement,
} from '../../map/contract.js';
import { MapLoader } from '../../map/map-loader.js';
import { explore } from '../../state/explore.js';
import { appLocation } from '../../state/location.js';
import { preferences } from '../../state/preferences.js';
import { sessionStore } from '../../state/session.js';
import { toasts } from '../../state/toasts.js';
import { CtElement } from '../../ui/ct-element.js';
import { base, controls } from '../../ui/styles.js';
import { RowOpenEvent } from './table-events.js';

/** The map beside the table: the same accounts, with the row under the pointer lit. */
@customElement('ct-accounts-map')
export class CtAccountsMap extends CtElement {
  static override styles = [
    base,
    controls,
    css`
      :host {
        display: block;
        position: relative;
        min-width: 0;
        min-height: 0;
        overflow: hidden;
      }
      ct-map {
        position: absolute;
        inset: 0;
      }
    `,
  ];

  /** Query string of the account filter. */
  @property() filter = '';
  @property({ attribute: false }) highlight: LonLat | null = null;

  @query('ct-map') private readonly map!: MapElement | null;

  private readonly mapLoader = new MapLoader(this);
  #isAimed = false;

  override connectedCallback(): void {
    super.connectedCallback();
    explore.catalog.start();
  }

  protected override updated(): void {
    if (!this.map || this.#isAimed) return;
    this.#isAimed = true;
    const { viewport } = appLocation.state;
    const bounds = sessionStore.current.project.bounds;
    if (!viewport && bounds) this.map.flyTo(bounds as Bbox);
  }

  override render() {
    if (!this.mapLoader.isReady) return this.mapLoader.renderInstead();
    const { layers, roadColour, viewport, region } = appLocation.state;
    return html`<ct-map
      .catalog=${explore.catalog.value ?? null}
      .layers=${layers}
      .accountFilter=${this.filter}
      .roadColour=${roadColour}
      .selectedRegionId=${region}
      .theme=${preferences.theme}
      .locale=${preferences.language}
      .viewport=${viewport}
      .highlight=${this.highlight}
      @ct-account-click=${(event: AccountClickEvent) =>
        this.dispatchEvent(new RowOpenEvent(event.id))}
      @ct-map-error=${(event: MapErrorEvent) => toasts.show(event.message, 'failed')}
    ></ct-map>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ct-accounts-map': CtAccountsMap;
  }
}
