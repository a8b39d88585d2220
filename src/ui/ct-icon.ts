import { css, html, LitElement } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { unsafeSVG } from 'lit/directives/unsafe-svg.js';
import { icons, type IconName } from './icons.js';

/** A Lucide icon of 20 px (`--size`), hidden from assistive technology: the control carries the name. */
@customElement('ct-icon')
export class CtIcon extends LitElement {
  static override styles = css`
    :host {
      display: inline-block;
      width: var(--size, 20px);
      height: var(--size, 20px);
      flex: none;
    }
    span,
    svg {
      display: block;
      width: 100%;
      height: 100%;
      stroke-width: 1.75;
    }
  `;

  @property() name: IconName = 'map';

  override connectedCallback(): void {
    super.connectedCallback();
    this.setAttribute('aria-hidden', 'true');
  }

  override render() {
    return html`<span>${unsafeSVG(icons[this.name])}</span>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ct-icon': CtIcon;
  }
}
