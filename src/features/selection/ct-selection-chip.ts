import { msg, str } from '@lit/localize';
import { css, html } from 'lit';
import { customElement } from 'lit/decorators.js';
import { formatCount } from '../../lib/format.js';
import { appLocation } from '../../state/location.js';
import { preferences } from '../../state/preferences.js';
import { selection } from '../../state/selection.js';
import { CtElement } from '../../ui/ct-element.js';
import '../../ui/ct-icon.js';
import { base, controls } from '../../ui/styles.js';

/** The selection as a chip among the filters: its name or how many accounts it holds. */
@customElement('ct-selection-chip')
export class CtSelectionChip extends CtElement {
  static override styles = [
    base,
    controls,
    css`
      :host {
        display: flex;
        flex: none;
        align-items: center;
        gap: 8px;
      }
      .chip {
        min-height: max(28px, calc(var(--row) - 2px));
        border-radius: 999px;
        font-size: 13px;
        display: inline-flex;
        align-items: center;
        border: 1px solid var(--line);
        background: var(--panel-solid);
        white-space: nowrap;
      }
      .chip button {
        min-height: inherit;
        border: 0;
        border-radius: inherit;
        background: none;
        cursor: pointer;
      }
      .chip button:hover {
        background: var(--hover);
      }
      .text {
        display: inline-flex;
        gap: 6px;
        max-width: 260px;
        padding: 0 4px 0 12px;
        align-items: center;
      }
      .text span {
        color: var(--ink-2);
      }
      .text strong {
        font-weight: 500;
        overflow: hidden;
        text-overflow: ellipsis;
        font-variant-numeric: tabular-nums;
      }
      .drop {
        display: grid;
        place-items: center;
        width: 28px;
        padding: 0;
        color: var(--ink-2);
      }
      .drop ct-icon {
        --size: 14px;
      }
      @media (max-width: 760px), (pointer: coarse) {
        .drop {
          width: 44px;
        }
      }
    `,
  ];

  override connectedCallback(): void {
    super.connectedCallback();
    selection.start();
  }

  override render() {
    return html`<div class="chip">
      <button class="text" type="button" @click=${this.show}>
        <span>${msg('Selection')}</span><strong>${this.text}</strong>
      </button>
      <button
        class="drop"
        type="button"
        aria-label=${msg('Remove the selection')}
        title=${msg('Remove the selection')}
        @click=${() => selection.select(null)}
      >
        <ct-icon name="close"></ct-icon>
      </button>
    </div>`;
  }

  /** The panel is beside the map, whichever screen the chip is on. */
  private show(): void {
    selection.open(true);
    if (appLocation.state.screen !== 'explore') appLocation.navigate({ screen: 'explore' });
  }

  private get text(): string {
    const name = selection.value?.name;
    if (name) return name;
    const accounts = selection.figures.value?.accounts;
    if (accounts === undefined) return '…';
    return msg(str`${formatCount(accounts, preferences.language)} accounts`);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ct-selection-chip': CtSelectionChip;
  }
}
