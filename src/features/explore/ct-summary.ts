import { msg, str } from '@lit/localize';
import { css, html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { formatCount } from '../../lib/format.js';
import type { VisibleSummary } from '../../map/contract.js';
import { appLocation } from '../../state/location.js';
import { preferences } from '../../state/preferences.js';
import { CtElement } from '../../ui/ct-element.js';
import '../../ui/ct-icon.js';
import { base } from '../../ui/styles.js';

/** Says how many accounts the map shows and as what. */
@customElement('ct-summary')
export class CtSummary extends CtElement {
  static override styles = [
    base,
    css`
      :host {
        display: grid;
        gap: 6px;
        justify-items: start;
        max-width: 264px;
        pointer-events: none;
      }
      p {
        display: flex;
        align-items: center;
        gap: 8px;
        padding: 6px 12px;
        border-radius: 8px;
        background: var(--panel);
        box-shadow: var(--shadow);
        font-size: 13px;
        line-height: 18px;
        font-variant-numeric: tabular-nums;
      }
      ct-icon {
        --size: 16px;
        color: var(--ink-2);
      }
    `,
  ];

  /** What the map counts in view; null until it knows. */
  @property({ attribute: false }) summary: VisibleSummary | null = null;

  override render() {
    const text = this.text;
    return html`
      <div role="status">
        ${text ? html`<p><ct-icon name="info"></ct-icon>${text}</p>` : nothing}
      </div>
    `;
  }

  private get text(): string {
    const shown = appLocation.state.layers.find(({ id }) => id === 'accounts')?.visible ?? false;
    if (!this.summary || !shown) return '';
    const accounts = formatCount(this.summary.accounts, preferences.language);
    const { mode } = this.summary;
    if (mode === 'points' || mode === 'heat') return msg(str`${accounts} accounts in view`);
    if (this.summary.cells === 1) return msg(str`${accounts} accounts in one place`);
    const cells = formatCount(this.summary.cells, preferences.language);
    if (mode === 'clusters') return msg(str`${accounts} accounts in ${cells} clusters`);
    return msg(str`${accounts} accounts in ${cells} cells`);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ct-summary': CtSummary;
  }
}
