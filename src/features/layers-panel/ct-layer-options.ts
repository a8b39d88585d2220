import { msg } from '@lit/localize';
import { css, html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { formatShare } from '../../lib/format.js';
import type { LayerId, LayerState } from '../../map/contract.js';
import { everyZoom, layerOf, type ZoomRange } from '../../map/layer-state.js';
import { appLocation } from '../../state/location.js';
import { preferences } from '../../state/preferences.js';
import { CtElement } from '../../ui/ct-element.js';
import { base, controls } from '../../ui/styles.js';

const namedLayers: readonly LayerId[] = [
  'regions',
  'roads',
  'business_zones',
  'places',
  'land_cover',
];

/** What every layer has: opacity, the zooms at which it shows, and whether names are written. */
@customElement('ct-layer-options')
export class CtLayerOptions extends CtElement {
  static override styles = [
    base,
    controls,
    css`
      :host {
        display: grid;
        gap: 6px;
        font-size: 12px;
        color: var(--ink-2);
      }
      label,
      .zooms {
        display: flex;
        align-items: center;
        gap: 10px;
        min-height: 28px;
      }
      input {
        accent-color: var(--accent);
      }
      input[type='range'] {
        flex: 1;
        min-width: 0;
      }
      .number {
        min-width: 40px;
      }
      .zooms > span:first-child {
        margin-right: auto;
      }
      .zooms .input {
        width: 64px;
        min-height: 28px;
        padding: 0 6px;
      }
      @media (pointer: coarse), (max-width: 760px) {
        label,
        input[type='range'],
        .zooms .input {
          min-height: 44px;
        }
      }
    `,
  ];

  @property() layer: LayerId = 'regions';

  override render() {
    const layer = layerOf(appLocation.state.layers, this.layer);
    return html`
      <label
        ><span>${msg('Opacity')}</span>
        <input
          type="range"
          min="0"
          max="1"
          step="0.05"
          .value=${String(layer.opacity)}
          @input=${(event: InputEvent) =>
            appLocation.replace(this.patch({ opacity: Number(valueOf(event)) }))}
        />
        <span class="number">${formatShare(layer.opacity, preferences.language)}</span>
      </label>
      ${this.renderZooms(layer.zooms)}
      ${
        namedLayers.includes(layer.id)
          ? html`<label
              ><input
                type="checkbox"
                .checked=${layer.labels}
                @change=${() => appLocation.navigate(this.patch({ labels: !layer.labels }))}
              />${msg('Names on the map')}</label
            >`
          : nothing
      }
    `;
  }

  private renderZooms(zooms: ZoomRange) {
    return html`<div class="zooms" role="group" aria-label=${msg('Zooms')}>
      <span>${msg('Zooms')}</span>
      ${this.renderZoom(msg('From zoom'), zooms.min, (min) => ({ ...zooms, min }))}
      <span aria-hidden="true">–</span>
      ${this.renderZoom(msg('To zoom'), zooms.max, (max) => ({ ...zooms, max }))}
    </div>`;
  }

  private renderZoom(label: string, value: number, toRange: (zoom: number) => ZoomRange) {
    return html`<input
      class="input"
      type="number"
      min=${everyZoom.min}
      max=${everyZoom.max}
      step="0.5"
      aria-label=${label}
      .value=${String(value)}
      @change=${(event: Event) => this.setZooms(event, toRange(Number(valueOf(event))), value)}
    />`;
  }

  /** An empty or reversed range goes back to what it was. */
  private setZooms(event: Event, zooms: ZoomRange, before: number): void {
    const isValid = zooms.min >= everyZoom.min && zooms.max <= everyZoom.max;
    if (isValid && zooms.min < zooms.max) appLocation.navigate(this.patch({ zooms }));
    else (event.target as HTMLInputElement).value = String(before);
  }

  private patch(change: Partial<LayerState>) {
    const layers = appLocation.state.layers.map((layer) =>
      layer.id === this.layer ? { ...layer, ...change } : layer,
    );
    return { layers };
  }
}

function valueOf(event: Event): string {
  return (event.target as HTMLInputElement).value;
}

declare global {
  interface HTMLElementTagNameMap {
    'ct-layer-options': CtLayerOptions;
  }
}
