import { msg } from '@lit/localize';
import { css, html } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { CtElement } from './ct-element.js';
import './ct-icon.js';
import { base, controls } from './styles.js';

/** What a message of the toaster is made of. */
export interface ToastView {
  readonly id: number;
  readonly tone: 'plain' | 'failed';
  readonly text: string;
}

/** Tells that a person closed the message with this id. */
export class ToastCloseEvent extends Event {
  static readonly type = 'ct-toast-close';
  constructor(readonly id: number) {
    super(ToastCloseEvent.type);
  }
}

/** Short messages at the bottom, read out politely. */
@customElement('ct-toaster')
export class CtToaster extends CtElement {
  static override styles = [
    base,
    controls,
    css`
      :host {
        position: fixed;
        left: 50%;
        bottom: calc(var(--edge) + env(safe-area-inset-bottom) + 56px);
        transform: translateX(-50%);
        z-index: 30;
        display: grid;
        gap: 8px;
        width: min(440px, calc(100vw - 24px));
        pointer-events: none;
      }
      .toast {
        display: flex;
        align-items: center;
        gap: 8px;
        padding: 4px 4px 4px 16px;
        border-radius: var(--radius);
        background: var(--panel-solid);
        border: 1px solid var(--line);
        box-shadow: var(--shadow);
        pointer-events: auto;
      }
      .toast.failed {
        border-color: var(--down);
      }
      .toast span {
        flex: 1;
        padding: 8px 0;
      }
    `,
  ];

  @property({ attribute: false }) toasts: readonly ToastView[] = [];

  override render() {
    return html`<div role="status" aria-live="polite">
      ${repeat(
        this.toasts,
        ({ id }) => id,
        ({ id, tone, text }) =>
          html`<div class="toast ${tone}">
            <span>${text}</span>
            <button
              class="icon-button"
              type="button"
              aria-label=${msg('Close message')}
              @click=${() => this.dispatchEvent(new ToastCloseEvent(id))}
            >
              <ct-icon name="close"></ct-icon>
            </button>
          </div>`,
      )}
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ct-toaster': CtToaster;
  }
  interface HTMLElementEventMap {
    'ct-toast-close': ToastCloseEvent;
  }
}
