import { msg } from '@lit/localize';
import { css, html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { styleMap } from 'lit/directives/style-map.js';
import { formatShare } from '../../lib/format.js';
import { preferences } from '../../state/preferences.js';
import { CtElement } from '../../ui/ct-element.js';
import '../../ui/ct-logo.js';
import { entry } from '../../ui/entry-styles.js';
import { base } from '../../ui/styles.js';

/** Shown while the server starts: what it is doing and how far it is. */
@customElement('ct-preparing')
export class CtPreparing extends CtElement {
  static override styles = [
    base,
    entry,
    css`
      .bar {
        height: 6px;
        border-radius: 3px;
        background: var(--hover);
        overflow: hidden;
      }
      .bar div {
        height: 100%;
        border-radius: 3px;
        background: var(--accent);
        transition: width var(--slow) ease-out;
      }
      p {
        color: var(--ink-2);
      }
    `,
  ];

  /** What is being done, as the server says it. */
  @property() label = '';
  /** 0 to 1; null while it cannot be known. */
  @property({ attribute: false }) fraction: number | null = null;
  /** The server gives no answer at all. */
  @property({ type: Boolean }) unreachable = false;

  override render() {
    return html`<main class="entry">
      <div class="box" role="status">
        <ct-logo></ct-logo>
        <div>
          <h1>
            ${this.unreachable ? msg('Waiting for the server') : msg('Catchment is starting')}
          </h1>
          <p>${this.text}</p>
        </div>
        ${
          this.fraction === null
            ? nothing
            : html`<div
                class="bar"
                role="progressbar"
                aria-label=${msg('Progress')}
                aria-valuenow=${Math.round(this.fraction * 100)}
              >
                <div style=${styleMap({ width: `${this.fraction * 100}%` })}></div>
              </div>`
        }
      </div>
    </main>`;
  }

  private get text(): string {
    if (this.unreachable) return msg('No answer yet. This page goes on by itself.');
    if (this.label === '') return msg('This page goes on by itself.');
    if (this.fraction === null) return this.label;
    const share = formatShare(Math.floor(this.fraction * 100) / 100, preferences.language);
    return `${this.label}: ${share}`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ct-preparing': CtPreparing;
  }
}
