import { css, html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { CtElement } from './ct-element.js';
import { base } from './styles.js';

/** One figure with its name and, where a comparison exists, the change with arrow, colour and sign. */
@customElement('ct-kpi')
export class CtKpi extends CtElement {
  static override styles = [
    base,
    css`
      :host {
        display: block;
        padding: 10px 14px;
        min-width: 0;
      }
      .label {
        display: block;
        font-size: 12px;
        line-height: 16px;
        color: var(--ink-2);
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      .line {
        display: flex;
        flex-wrap: wrap;
        align-items: baseline;
        column-gap: 6px;
        font-variant-numeric: tabular-nums;
      }
      .value {
        font-size: var(--figure-size, 20px);
        line-height: 26px;
        font-weight: 620;
        white-space: nowrap;
      }
      .change,
      .note {
        font-size: 12px;
        line-height: 16px;
        white-space: nowrap;
      }
      .note {
        color: var(--ink-2);
      }
      .change.up {
        color: var(--up);
      }
      .change.down {
        color: var(--down);
      }
      .pending {
        display: inline-block;
        width: 96px;
        height: 14px;
        margin: 6px 0;
        border-radius: 6px;
        background: var(--hover);
      }
    `,
  ];

  @property() label = '';
  /** Printed figure; null while it is on its way. */
  @property({ attribute: false }) value: string | null = null;
  /** Relative change, 0.061 for 6.1 % more; null where there is nothing to compare with. */
  @property({ attribute: false }) change: number | null = null;
  /** The change as printed, with sign and unit. */
  @property() changeText = '';
  @property() changeTitle = '';
  @property() note = '';

  override render() {
    return html`
      <span class="label" title=${this.label}>${this.label}</span>
      <span class="line">
        ${
          this.value === null
            ? html`<span class="pending"></span>`
            : html`<span class="value">${this.value}</span>`
        }
        ${this.renderChange()} ${this.note ? html`<span class="note">${this.note}</span>` : nothing}
      </span>
    `;
  }

  private renderChange() {
    if (this.change === null || this.value === null) return nothing;
    const direction = this.change > 0 ? 'up' : this.change < 0 ? 'down' : 'same';
    const arrow = { up: '▲', down: '▼', same: '' }[direction];
    return html`<span class="change ${direction}" title=${this.changeTitle}
      ><span aria-hidden="true">${arrow}</span> ${this.changeText}</span
    >`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ct-kpi': CtKpi;
  }
}
