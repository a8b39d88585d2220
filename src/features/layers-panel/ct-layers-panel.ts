import { msg, str } from '@lit/localize';
import { html, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { classMap } from 'lit/directives/class-map.js';
import { repeat } from 'lit/directives/repeat.js';
import { styleMap } from 'lit/directives/style-map.js';
import { layerName } from '../../i18n/words.js';
import { formatCount } from '../../lib/format.js';
import { legendAttribute, legendFor } from '../../map/legend.js';
import type { LayerId, LayerState } from '../../map/contract.js';
import { moveLayer, showAllClasses } from '../../map/layer-state.js';
import { classCounts } from '../../state/class-counts.js';
import { explore } from '../../state/explore.js';
import { appLocation } from '../../state/location.js';
import { preferences } from '../../state/preferences.js';
import { CtElement } from '../../ui/ct-element.js';
import '../../ui/ct-icon.js';
import type { PickEvent } from '../../ui/ct-picker.js';
import '../../ui/ct-segmented.js';
import { base, controls } from '../../ui/styles.js';
import './ct-account-display.js';
import { CardDrag } from './card-drag.js';
import './ct-layer-options.js';
import './ct-legend-list.js';
import './ct-region-classes.js';
import { layerStyles } from './layer-styles.js';
import { swatchStyles } from './swatch-styles.js';

/** A card a layer: swatch, name, exact count, switch; opened it shows opacity and legend. */
@customElement('ct-layers-panel')
export class CtLayersPanel extends CtElement {
  static override styles = [base, controls, swatchStyles, layerStyles];

  /** Inside a sheet: without frame and fold. */
  @property({ type: Boolean, reflect: true }) flat = false;

  @state() private folded = preferences.isFolded('layers');
  /** What a reader is told after a move. */
  @state() private said = '';
  @state() private opened: ReadonlySet<LayerId> = new Set(['regions']);

  private readonly drag = new CardDrag(this, (id, place) => this.move(id, place));

  override connectedCallback(): void {
    super.connectedCallback();
    classCounts.start();
    classCounts.open(this.opened);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    classCounts.stop();
  }

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
              ${repeat(
                appLocation.state.layers.toReversed(),
                ({ id }) => id,
                (layer) => this.renderCard(layer),
              )}
            </ul>`
      }
      <p class="visually-hidden" role="status">${this.said}</p>
    `;
  }

  private renderCard(layer: LayerState) {
    const { id } = layer;
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
          @click=${() => this.toggleVisible(id)}
        >
          <ct-icon .name=${layer.visible ? 'eye' : 'eye-off'}></ct-icon>
        </button>
        ${id === 'accounts' ? html`<span class="no-grip"></span>` : this.renderGrip(id, name)}
      </div>
      ${isOpen ? html`<div class="body">${this.renderBody(layer)}</div>` : nothing}
    </li>`;
  }

  private renderGrip(id: LayerId, name: string) {
    const label = msg(str`Move ${name}: drag, or arrow up and down`);
    return html`<button
      type="button"
      class="grip icon-button"
      aria-label=${label}
      title=${label}
      @pointerdown=${(event: PointerEvent) => this.drag.start(event, id)}
      @keydown=${(event: KeyboardEvent) => this.moveByKey(event, id)}
    >
      <ct-icon name="grip"></ct-icon>
    </button>`;
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
      <ct-layer-options .layer=${layer.id}></ct-layer-options>
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
    const { roadColour } = appLocation.state;
    const counts = classCounts.of(id, legendAttribute(id, roadColour));
    const entries = legendFor(id, preferences.theme, roadColour).map((item) => ({
      ...item,
      count: counts && (counts[item.key] ?? 0),
    }));
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
    classCounts.open(opened);
  }

  /** Up is nearer to the eye. */
  private moveByKey(event: KeyboardEvent, id: LayerId): void {
    const step = { ArrowUp: 1, ArrowDown: -1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const grip = event.currentTarget as HTMLElement;
    const place = appLocation.state.layers.findIndex((layer) => layer.id === id);
    this.move(id, place + step);
    void this.updateComplete.then(() => grip.focus());
  }

  private move(id: LayerId, place: number): void {
    const layers = moveLayer(appLocation.state.layers, id, place);
    appLocation.replace({ layers });
    const now = layers.findIndex((layer) => layer.id === id);
    this.said = msg(str`${layerName(id)}: ${layers.length - now} of ${layers.length} from the top`);
  }

  private toggleVisible(id: LayerId): void {
    const layers = appLocation.state.layers.map((layer) =>
      layer.id === id ? { ...layer, visible: !layer.visible } : layer,
    );
    appLocation.navigate({ layers });
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ct-layers-panel': CtLayersPanel;
  }
}
