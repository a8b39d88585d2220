import { css, html, LitElement, svg } from 'lit';
import { customElement } from 'lit/decorators.js';

const mark = svg`<rect width="32" height="32" rx="8" fill="var(--accent)"></rect>
  <path d="M21.5 11.8a7 7 0 1 0 0 8.4" fill="none" stroke="var(--on-accent)" stroke-width="3.2" stroke-linecap="round"></path>
  <circle cx="16" cy="16" r="2.2" fill="var(--on-accent)"></circle>`;

/** The mark of the product, 32 px unless `--size` says otherwise. */
@customElement('ct-logo')
export class CtLogo extends LitElement {
  static override styles = css`
    :host,
    svg {
      display: block;
      width: var(--size, 32px);
      height: var(--size, 32px);
    }
  `;

  override render() {
    return html`<svg viewBox="0 0 32 32" role="img" aria-label="Catchment">${mark}</svg>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ct-logo': CtLogo;
  }
}
