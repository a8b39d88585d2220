import { msg } from '@lit/localize';
import { html, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { classMap } from 'lit/directives/class-map.js';
import { styleMap } from 'lit/directives/style-map.js';
import { layerName } from '../../i18n/words.js';
import { formatCount, formatShare } from '../../lib/format.js';
import { legendFor } from '../../map/legend.js';
import type { LayerId, LayerState } from '../../map/contract.js';
import { showAllClasses } from '../../map/layer-state.js';
import { explore } from '../../state/explore.js';
import { appLocation } from '../../state/location.js';
import { preferences } from '../../state/preferences.js';
import { CtElement } from '../../ui/ct-element.js';
import '../../ui/ct-icon.js';
import type { PickEvent } from '../../ui/ct-picker.js';
import '../../ui/ct-segmented.js';
import { base, controls } from '../../ui/styles.js';
import './ct-account-display.js';
import './ct-legend-list.js';
import './ct-region-classes.js';
import { layerStyles } from './layer-styles.js';
import { swatchStyles } from './swatch-styles.js';

/** Order of the cards: what a person works with first. */
const cardOrder: readonly LayerId[] = [
  'regions',
  'accounts',
  'buildings',
  'roads',
  'business_zones',
  'places',
  'land_cover',
];

/** A card a layer: swatch, name, exact count, switch; opened it shows opacity and legend. */
@customElement('ct-layers-panel')
export class CtLayersPanel extends CtElement {
  static override styles = [base, controls, swatchStyles, layerStyles];

  /** Inside a sheet: without frame and fold. */
  @property({ type: Boolean, reflect: true }) flat = false;

  @state() private folded = preferences.isFolded('layers');
  @state() private opened: ReadonlySet<LayerId> = new Set(['regions']);

  override render() {
    const folded = this.folded && !this.flat;
    return html`
      ${
        this.flat
          ? nothing
          : html`<h2>
              <button
                type="button"
                class="fold"
                aria-expanded=${folded ? 'false' : 'true'}
                @click=${this.toggleFold}
              >
                <span>${msg('Layers')}</span>
                <ct-icon .name=${folded ? 'chevron-down' : 'chevron-up'}></ct-icon>
              </button>
            </h2>`
      }
      ${
        folded
          ? nothing
          : html`<ul>
              ${cardOrder.map((id) => this.renderCard(id))}
            </ul>`
      }
    `;
  }

  private renderCard(id: LayerId) {
    const layer = appLocation.state.layers.find((entry) => entry.id === id);
    if (!layer) return nothing;
    const isOpen = this.opened.has(id);
    const name = layerName(id);
    return html`<li class=${classMap({ card: true, off: !layer.visible })} data-layer=${id}>
      <div class="head">
        <button
          type="button"
          class="open"
          aria-expanded=${isOpen ? 'true' : 'false'}
          @click=${() => this.toggleOpen(id)}
        >
          ${this.renderSwatch(id)}<span class="name">${name}</span>
          <span class="count">${layer.visible ? this.countOf(id) : msg('hidden')}</span>
        </button>
        <button
          type="button"
          class="icon-button"
          role="switch"
          aria-checked=${layer.visible ? 'true' : 'false'}
          aria-label=${name}
          @click=${() => this.change(id, { visible: !layer.visible }, 'push')}
        >
          <ct-icon .name=${layer.visible ? 'eye' : 'eye-off'}></ct-icon>
        </button>
      </div>
      ${isOpen ? html`<div class="body">${this.renderBody(layer)}</div>` : nothing}
    </li>`;
  }

  private renderSwatch(id: LayerId) {
    const colours: Record<LayerId, string> = {
      regions: 'var(--sequential-4)',
      accounts: 'var(--customer)',
      buildings: legendFor('buildings', preferences.theme)[2]?.colour ?? 'var(--ink-3)',
      roads: 'var(--ink-3)',
      business_zones: legendFor('business_zones', preferences.theme)[0]?.colour ?? 'var(--ink-3)',
      places: legendFor('places', preferences.theme)[0]?.colour ?? 'var(--ink-3)',
      land_cover: 'var(--park)',
    };
    const shape = { accounts: 'dot', places: 'dot', roads: 'line' }[id as string] ?? 'fill';
    return html`<span
      class="swatch ${shape}"
      style=${styleMap({ background: colours[id] })}
    ></span>`;
  }

  private countOf(id: LayerId): string {
    const locale = preferences.language;
    if (id === 'accounts') {
      const summary = explore.summary.value;
      return summary ? formatCount(summary.total, locale) : '';
    }
    if (id === 'regions') {
      const view = explore.view.value;
      return view ? formatCount(view.parts.length, locale) : '';
    }
    const count = explore.catalog.value?.layers.find((layer) => layer.id === id)?.count;
    return typeof count === 'number' ? formatCount(count, locale) : '';
  }

  private renderBody(layer: LayerState) {
    return html`
      ${layer.id === 'roads' ? this.renderRoadSwitch() : nothing} ${this.renderLegend(layer.id)}
      <label class="opacity"
        ><span>${msg('Opacity')}</span>
        <input
          type="range"
          min="0"
          max="1"
          step="0.05"
          .value=${String(layer.opacity)}
          @input=${(event: InputEvent) => {
            const opacity = Number((event.target as HTMLInputElement).value);
            this.change(layer.id, { opacity }, 'replace');
          }}
        />
        <span class="number">${formatShare(layer.opacity, preferences.language)}</span>
      </label>
    `;
  }

  private renderRoadSwitch() {
    return html`<ct-segmented
      .label=${msg('Colour roads by')}
      .value=${appLocation.state.roadColour}
      .options=${[
        { value: 'class', label: msg('Class') },
        { value: 'condition', label: msg('Condition') },
      ]}
      @ct-pick=${({ values }: PickEvent) =>
        appLocation.navigate({
          roadColour: values[0] === 'condition' ? 'condition' : 'class',
          layers: showAllClasses(appLocation.state.layers, 'roads'),
        })}
    ></ct-segmented>`;
  }

  private renderLegend(id: LayerId) {
    if (id === 'regions') return html`<ct-region-classes></ct-region-classes>`;
    if (id === 'accounts') return html`<ct-account-display></ct-account-display>`;
    const items = legendFor(id, preferences.theme, appLocation.state.roadColour);
    const entries = items.map((item) => ({ ...item, count: null }));
    return html`<ct-legend-list .layer=${id} .entries=${entries}></ct-legend-list>`;
  }

  private toggleFold(): void {
    this.folded = !this.folded;
    preferences.setFolded('layers', this.folded);
  }

  private toggleOpen(id: LayerId): void {
    const opened = new Set(this.opened);
    if (!opened.delete(id)) opened.add(id);
    this.opened = opened;
  }

  private change(id: LayerId, patch: Partial<LayerState>, how: 'push' | 'replace'): void {
    const layers = appLocation.state.layers.map((layer) =>
      layer.id === id ? { ...layer, ...patch } : layer,
    );
    if (how === 'push') appLocation.navigate({ layers });
    else appLocation.replace({ layers });
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ct-layers-panel': CtLayersPanel;
  }
}
