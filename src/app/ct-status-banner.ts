import { msg } from '@lit/localize';
import { css, html, nothing } from 'lit';
import { customElement } from 'lit/decorators.js';
import { statusStore } from '../state/status.js';
import { CtElement } from '../ui/ct-element.js';
import '../ui/ct-icon.js';
import { base } from '../ui/styles.js';

/** One line at the top while the server or a part of it is away. */
@customElement('ct-status-banner')
export class CtStatusBanner extends CtElement {
  static override styles = [
    base,
    css`
      :host {
        display: block;
      }
      p {
        display: flex;
        align-items: center;
        justify-content: center;
        gap: 8px;
        padding: 6px 16px;
        background: light-dark(#fdf0d5, #3a2f16);
        color: light-dark(#6b4a05, #f3d491);
      }
      ct-icon {
        --size: 16px;
      }
    `,
  ];

  override render() {
    return html`<div role="status">
      ${this.text ? html`<p><ct-icon name="warning"></ct-icon>${this.text}</p>` : nothing}
    </div>`;
  }

  private get text(): string {
    const { state } = statusStore;
    if (state === 'unknown') return '';
    if (state === 'unreachable') return msg('The server cannot be reached. Trying again…');
    const { database, cube, tiles } = state.components;
    if (database === 'failed') return msg('The database is down. Trying again…');
    if (database !== 'ready') return msg('The database is restarting. Figures follow in a moment.');
    if (cube === 'failed') return msg('Cube is down: the map works, figures do not.');
    if (cube !== 'ready') return msg('Cube is restarting. Figures follow in a moment.');
    return tiles === 'ready' ? '' : msg('The map layers are being prepared.');
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ct-status-banner': CtStatusBanner;
  }
}
