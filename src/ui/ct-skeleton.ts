import { msg } from '@lit/localize';
import { css, html } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { CtElement } from './ct-element.js';
import { base } from './styles.js';

/** Grey lines where rows will be. They appear after 300 ms, so that quick answers do not flicker. */
@customElement('ct-skeleton')
export class CtSkeleton extends CtElement {
  static override styles = [
    base,
    css`
      :host {
        display: grid;
        gap: 12px;
        padding: 16px;
      }
      .line {
        height: 12px;
        border-radius: 6px;
        background: var(--hover);
        opacity: 0;
        animation: appear 1ms linear 300ms forwards;
      }
      .line:nth-child(3n) {
        width: 72%;
      }
      .line:nth-child(3n + 1) {
        width: 88%;
      }
      @keyframes appear {
        to {
          opacity: 1;
        }
      }
    `,
  ];

  @property({ type: Number }) lines = 6;

  override render() {
    return html`<span class="visually-hidden" role="status">${msg('Loading')}</span>
      ${Array.from({ length: this.lines }, () => html`<div class="line" aria-hidden="true"></div>`)}`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ct-skeleton': CtSkeleton;
  }
}
