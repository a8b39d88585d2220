import { msg, str } from '@lit/localize';
import { css, html, nothing, type PropertyValues } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { styleMap } from 'lit/directives/style-map.js';
import { deepQuery } from '../../lib/deep-query.js';
import type { Role } from '../../lib/roles.js';
import { preferences } from '../../state/preferences.js';
import { CtElement } from '../../ui/ct-element.js';
import { base, controls } from '../../ui/styles.js';
import { tourSteps } from './tour-steps.js';

const cardWidth = 320;
const cardHeight = 190;
const gap = 12;

/**
 * Invites to a tour on the first visit in a role, and shows it card by card beside what it is about.
 * Nothing is blocked meanwhile; Escape ends it.
 */
@customElement('ct-tour')
export class CtTour extends CtElement {
  static override styles = [
    base,
    controls,
    css`
      .card {
        position: fixed;
        z-index: 30;
        width: min(320px, calc(100vw - 24px));
        padding: 16px;
        border: 1px solid var(--line);
        border-radius: var(--radius);
        background: var(--panel-solid);
        box-shadow: var(--shadow);
        display: grid;
        gap: 8px;
      }
      .card.invitation {
        left: calc(var(--rail) + var(--edge));
        bottom: 68px;
      }
      h2 {
        font-size: 14px;
        line-height: 20px;
        font-weight: 620;
      }
      .foot {
        display: flex;
        align-items: center;
        gap: 8px;
        margin-top: 4px;
      }
      .foot .muted {
        margin-right: auto;
        font-size: 12px;
      }
      .ring {
        position: fixed;
        z-index: 29;
        border: 2px solid var(--accent);
        border-radius: 12px;
        pointer-events: none;
      }
      @media (max-width: 760px) {
        .card,
        .card.invitation {
          left: 12px !important;
          right: 12px;
          top: auto !important;
          bottom: 176px;
          width: auto;
        }
      }
    `,
  ];

  @property({ attribute: false }) audience: Role = 'planner';
  @state() private step: number | null = null;
  @state() private isInviting = false;

  readonly #onResize = () => this.requestUpdate();
  readonly #onKey = (event: KeyboardEvent) => {
    if (event.key === 'Escape' && this.step !== null) this.end();
  };

  override connectedCallback(): void {
    super.connectedCallback();
    this.isInviting = !preferences.hasSeenTour(this.audience);
    addEventListener('resize', this.#onResize);
    addEventListener('keydown', this.#onKey);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener('resize', this.#onResize);
    removeEventListener('keydown', this.#onKey);
  }

  /** Begins at the first card. */
  start(): void {
    this.isInviting = false;
    this.step = 0;
    preferences.noteTourSeen(this.audience);
  }

  override render() {
    if (this.step !== null) return this.renderStep(this.step);
    return this.isInviting ? this.renderInvitation() : nothing;
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    if (this.step !== null) this.renderRoot.querySelector<HTMLElement>('.next')?.focus();
  }

  private renderInvitation() {
    return html`<section class="card invitation" aria-label=${msg('Tour')}>
      <h2>${msg('New here?')}</h2>
      <p>${msg('See in under a minute what Catchment does for you.')}</p>
      <div class="foot">
        <button class="button primary" type="button" @click=${() => this.start()}>
          ${msg('Show me around')}
        </button>
        <button class="button" type="button" @click=${() => this.end()}>${msg('Not now')}</button>
      </div>
    </section>`;
  }

  private renderStep(index: number) {
    const steps = tourSteps(this.audience);
    const step = steps[index];
    if (!step) return nothing;
    const target = deepQuery(document, step.selector)?.getBoundingClientRect();
    const isLast = index === steps.length - 1;
    return html`${target && target.width > 0 ? renderRing(target) : nothing}
      <section
        class="card"
        role="dialog"
        aria-labelledby="title"
        aria-describedby="text"
        style=${styleMap(placeBeside(target))}
      >
        <h2 id="title">${step.title}</h2>
        <p id="text">${step.text}</p>
        <div class="foot">
          <span class="muted">${msg(str`${index + 1} of ${steps.length}`)}</span>
          ${
            isLast
              ? nothing
              : html`<button class="button" type="button" @click=${() => this.end()}>
                  ${msg('End')}
                </button>`
          }
          <button
            class="button primary next"
            type="button"
            @click=${() => (isLast ? this.end() : (this.step = index + 1))}
          >
            ${isLast ? msg('Done') : msg('Next')}
          </button>
        </div>
      </section>`;
  }

  private end(): void {
    this.step = null;
    this.isInviting = false;
    preferences.noteTourSeen(this.audience);
  }
}

function renderRing({ left, top, width, height }: DOMRect) {
  const [x, y] = [Math.max(left - 4, 2), Math.max(top - 4, 2)];
  const frame = {
    left: `${x}px`,
    top: `${y}px`,
    width: `${Math.min(width + 8, innerWidth - x - 2)}px`,
    height: `${Math.min(height + 8, innerHeight - y - 2)}px`,
  };
  return html`<div class="ring" style=${styleMap(frame)}></div>`;
}

/** Beside or below the target where there is room, else in the middle of it. */
function placeBeside(target: DOMRect | undefined): Record<string, string> {
  if (!target) return { left: `calc(50vw - ${cardWidth / 2}px)`, top: '30vh' };
  const fits = (space: number, needed: number) => space >= needed + 2 * gap;
  const top = clamp(target.top, gap, innerHeight - cardHeight - gap);
  if (fits(innerWidth - target.right, cardWidth)) {
    return { left: `${target.right + gap}px`, top: `${top}px` };
  }
  if (fits(target.left, cardWidth)) {
    return { left: `${target.left - cardWidth - gap}px`, top: `${top}px` };
  }
  const left = clamp(
    target.left + target.width / 2 - cardWidth / 2,
    gap,
    innerWidth - cardWidth - gap,
  );
  if (fits(innerHeight - target.bottom, cardHeight)) {
    return { left: `${left}px`, top: `${target.bottom + gap}px` };
  }
  if (fits(target.top, cardHeight)) {
    return { left: `${left}px`, bottom: `${innerHeight - target.top + gap}px` };
  }
  return { left: `${left}px`, top: `${target.top + target.height / 2 - cardHeight / 2}px` };
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), Math.max(low, high));
}

declare global {
  interface HTMLElementTagNameMap {
    'ct-tour': CtTour;
  }
}
