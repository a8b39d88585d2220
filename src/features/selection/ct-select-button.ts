import { msg } from '@lit/localize';
import { css, html } from 'lit';
import { customElement } from 'lit/decorators.js';
import { selection } from '../../state/selection.js';
import { CtElement } from '../../ui/ct-element.js';
import '../../ui/ct-icon.js';
import { base, controls } from '../../ui/styles.js';

/** Opens and closes the tools and the panel of the selection. */
@customElement('ct-select-button')
export class CtSelectButton extends CtElement {
  static override styles = [
    base,
    controls,
    css`
      :host {
        flex: none;
      }
      .button {
        min-height: max(28px, calc(var(--row) - 2px));
        border-radius: 999px;
        font-size: 13px;
      }
      .button[aria-pressed='true'] {
        background: var(--accent-weak);
        border-color: transparent;
        color: var(--accent);
        font-weight: 560;
      }
      .button ct-icon {
        --size: 16px;
      }
    `,
  ];

  override render() {
    return html`<button
      class="button"
      type="button"
      aria-pressed=${selection.isOpen ? 'true' : 'false'}
      @click=${() => selection.open(!selection.isOpen)}
    >
      <ct-icon name="select-box"></ct-icon>${msg('Select')}
    </button>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ct-select-button': CtSelectButton;
  }
}
