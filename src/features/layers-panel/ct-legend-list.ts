import { msg } from '@lit/localize';
import { css, html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { styleMap } from 'lit/directives/style-map.js';
import { formatCount } from '../../lib/format.js';
import type { LayerId } from '../../map/contract.js';
import { layerOf, showAllClasses, toggleClass } from '../../map/layer-state.js';
import type { SwatchShape } from '../../map/legend.js';
import { appLocation } from '../../state/location.js';
import { preferences } from '../../state/preferences.js';
import { CtElement } from '../../ui/ct-element.js';
import { base, controls } from '../../ui/styles.js';
import { swatchStyles } from './swatch-styles.js';

/** A line of a legend that can be switched. */
export interface LegendEntry {
  readonly key: string;
  readonly label: string;
  readonly colour: string;
  readonly shape: SwatchShape;
  /** How many there are, exact; null while that is not known. */
  readonly count: number | null;
}

/** The classes of a layer with their counts; a press hides one on the map or shows it again. */
@customElement('ct-legend-list')
export class CtLegendList extends CtElement {
  static override styles = [
    base,
    controls,
    swatchStyles,
    css`
      :host {
        display: grid;
        gap: 4px;
      }
      .entry {
        display: flex;
        align-items: center;
        gap: 10px;
        width: calc(100% + 12px);
        min-height: 24px;
        margin: 0 -6px;
        padding: 0 6px;
        border: 0;
        border-radius: 6px;
        background: none;
        font-size: 13px;
        line-height: 18px;
        color: var(--ink-2);
        text-align: left;
        cursor: pointer;
      }
      .entry:hover {
        background: var(--hover);
      }
      .label {
        flex: 1;
        font-variant-numeric: tabular-nums;
      }
      .entry[aria-pressed='false'] .label {
        text-decoration: line-through;
      }
      .entry[aria-pressed='false'] .swatch {
        background: none;
        box-shadow: inset 0 0 0 1px var(--ink-3);
      }
      .all {
        justify-self: start;
        min-height: 24px;
        font-size: 12px;
      }
      @media (pointer: coarse), (max-width: 760px) {
        .entry,
        .all {
          min-height: 44px;
        }
      }
    `,
  ];

  @property() layer: LayerId = 'regions';
  @property({ attribute: false }) entries: readonly LegendEntry[] = [];

  override render() {
    const { hidden } = layerOf(appLocation.state.layers, this.layer);
    return html`
      <ul>
        ${this.entries.map((entry) => this.renderEntry(entry, hidden.includes(entry.key)))}
      </ul>
      ${
        hidden.length > 0
          ? html`<button type="button" class="link all" @click=${this.showAll}>
              ${msg('Show all classes')}
            </button>`
          : nothing
      }
    `;
  }

  private renderEntry({ key, label, colour, shape, count }: LegendEntry, isHidden: boolean) {
    const colours = shape === 'hatch' ? { '--hatch': colour } : { background: colour };
    return html`<li>
      <button
        type="button"
        class="entry"
        aria-pressed=${isHidden ? 'false' : 'true'}
        title=${isHidden ? msg('Show on the map') : msg('Hide on the map')}
        @click=${() => this.toggle(key)}
      >
        <span class="swatch ${shape}" style=${styleMap(isHidden ? {} : colours)}></span>
        <span class="label">${label}</span>
        ${
          count === null
            ? nothing
            : html`<span class="number">${formatCount(count, preferences.language)}</span>`
        }
      </button>
    </li>`;
  }

  private toggle(key: string): void {
    appLocation.navigate({ layers: toggleClass(appLocation.state.layers, this.layer, key) });
  }

  private showAll(): void {
    appLocation.navigate({ layers: showAllClasses(appLocation.state.layers, this.layer) });
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ct-legend-list': CtLegendList;
  }
}
