import { css, html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { ifDefined } from 'lit/directives/if-defined.js';
import { CtElement } from './ct-element.js';
import './ct-icon.js';
import type { IconName } from './icons.js';
import { base } from './styles.js';

/** Says that a list is empty or failed, why, and (slotted) what to do next. */
@customElement('ct-state')
export class CtState extends CtElement {
  static override styles = [
    base,
    css`
      :host {
        display: grid;
        justify-items: center;
        gap: 8px;
        padding: 32px 24px;
        text-align: center;
      }
      ct-icon {
        --size: 28px;
        color: var(--ink-3);
      }
      :host([tone='failed']) ct-icon {
        color: var(--down);
      }
      .heading {
        font-weight: 560;
      }
      .text {
        color: var(--ink-2);
        max-width: 44ch;
        overflow-wrap: anywhere;
      }
      slot {
        display: flex;
        flex-wrap: wrap;
        justify-content: center;
        gap: 8px;
        margin-top: 8px;
      }
    `,
  ];

  @property() heading = '';
  @property() text = '';
  @property() icon: IconName = 'info';
  @property({ reflect: true }) tone: 'empty' | 'failed' = 'empty';

  override render() {
    return html`
      <ct-icon .name=${this.tone === 'failed' ? 'warning' : this.icon}></ct-icon>
      <p class="heading" role=${ifDefined(this.tone === 'failed' ? 'alert' : undefined)}>
        ${this.heading}
      </p>
      ${this.text ? html`<p class="text">${this.text}</p>` : nothing}
      <slot></slot>
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ct-state': CtState;
  }
}
