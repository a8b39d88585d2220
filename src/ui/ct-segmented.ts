import { css, html } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { CtElement } from './ct-element.js';
import { PickEvent } from './ct-picker.js';
import { base } from './styles.js';

/** A few choices side by side, one of them taken; a radio group for keyboard and reader. */
@customElement('ct-segmented')
export class CtSegmented extends CtElement {
  static override styles = [
    base,
    css`
      :host {
        display: inline-flex;
      }
      fieldset {
        display: inline-flex;
        margin: 0;
        padding: 2px;
        border: 0;
        border-radius: 8px;
        background: var(--hover);
      }
      label {
        display: inline-grid;
        place-items: center;
        min-height: calc(var(--row) - 4px);
        padding: 0 12px;
        border-radius: 6px;
        font-size: 13px;
        color: var(--ink-2);
        cursor: pointer;
        position: relative;
      }
      label:has(input:checked) {
        background: var(--panel-solid);
        color: var(--ink);
        box-shadow: 0 1px 2px rgb(0 0 0 / 12%);
      }
      label:has(input:focus-visible) {
        outline: 2px solid var(--accent);
      }
      input {
        position: absolute;
        opacity: 0;
        inset: 0;
        margin: 0;
        cursor: pointer;
      }
    `,
  ];

  @property() label = '';
  @property() value = '';
  @property({ attribute: false }) options: readonly { value: string; label: string }[] = [];

  override render() {
    return html`<fieldset>
      <legend class="visually-hidden">${this.label}</legend>
      ${this.options.map(
        ({ value, label }) =>
          html`<label
            >${label}<input
              type="radio"
              name="choice"
              .value=${value}
              .checked=${value === this.value}
              @change=${() => this.dispatchEvent(new PickEvent([value]))}
          /></label>`,
      )}
    </fieldset>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ct-segmented': CtSegmented;
  }
}
