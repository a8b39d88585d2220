import { msg } from '@lit/localize';
import { css, html, nothing, type PropertyValues } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { PlacementDecision, PlacementToReview } from '../../../server/contract/placements.js';
import { codeName } from '../../i18n/words.js';
import type { LonLat } from '../../map/contract.js';
import { CtElement } from '../../ui/ct-element.js';
import { base, controls } from '../../ui/styles.js';
import { DecideEvent, ShowPointEvent } from './review-events.js';

type Candidate = PlacementToReview['candidates'][number];

const byHand = 'by hand';

/** What the address of one account could mean, to choose from, confirm, or put by hand on the map. */
@customElement('ct-review-item')
export class CtReviewItem extends CtElement {
  static override styles = [
    base,
    controls,
    css`
      :host {
        display: grid;
        gap: 12px;
        padding: 0 16px 16px;
      }
      fieldset {
        display: grid;
        gap: 4px;
        margin: 0;
        padding: 0;
        border: 0;
      }
      label {
        display: grid;
        grid-template-columns: auto 1fr auto;
        gap: 2px 10px;
        align-items: baseline;
        min-height: var(--row);
        padding: 8px 10px;
        border: 1px solid var(--line);
        border-radius: 8px;
        cursor: pointer;
      }
      label:has(:checked) {
        border-color: var(--accent);
        background: var(--accent-weak);
      }
      label:has(:focus-visible) {
        outline: 2px solid var(--accent);
      }
      input {
        accent-color: var(--accent);
        margin: 0;
      }
      small {
        grid-column: 2 / -1;
        font-size: 12px;
        line-height: 16px;
        color: var(--ink-2);
      }
      .label {
        overflow-wrap: anywhere;
      }
      .share {
        font-variant-numeric: tabular-nums;
        color: var(--ink-2);
      }
      .actions {
        display: flex;
        flex-wrap: wrap;
        gap: 8px;
      }
    `,
  ];

  @property({ attribute: false }) placement!: PlacementToReview;
  /** Where the pin stands while the account is put by hand. */
  @property({ attribute: false }) pin: LonLat | null = null;
  @property({ type: Boolean }) busy = false;

  @state() private chosen: number | typeof byHand | null = null;

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('placement')) return;
    if (changed.get('placement')?.id === this.placement.id) return;
    const [first] = this.placement.candidates;
    this.chosen = first && this.placement.status === 'doubtful' ? first.rank : null;
  }

  override render() {
    const { candidates } = this.placement;
    return html`
      <fieldset ?disabled=${this.busy}>
        <legend class="visually-hidden">${msg('Where is it?')}</legend>
        ${candidates.map((candidate) => this.renderCandidate(candidate))} ${this.renderByHand()}
      </fieldset>
      <div class="actions">
        <button
          class="button primary"
          type="button"
          ?disabled=${this.busy || this.decision === null}
          @click=${this.decide}
        >
          ${msg('Put it here for good')}
        </button>
      </div>
    `;
  }

  private renderCandidate(candidate: Candidate) {
    const { rank, label, precision, confidence, source } = candidate;
    const share = Math.round(confidence * 100);
    return html`<label>
      <input
        type="radio"
        name="place"
        .checked=${this.chosen === rank}
        @change=${() => this.choose(rank, candidate)}
      />
      <span class="label">${label}</span>
      <span class="share" title=${msg('How well it fits the address')}>${share} %</span>
      <small>${[precisionName(precision), source].filter(Boolean).join(' · ')}</small>
    </label>`;
  }

  private renderByHand() {
    return html`<label>
      <input
        type="radio"
        name="place"
        .checked=${this.chosen === byHand}
        @change=${() => this.choose(byHand, null)}
      />
      <span class="label">${msg('Somewhere else, put by hand')}</span>
      ${
        this.chosen === byHand && this.pin
          ? html`<small
              >${msg('Drag the pin on the map.')} ${this.pin.lat.toFixed(5)},
              ${this.pin.lon.toFixed(5)}</small
            >`
          : nothing
      }
    </label>`;
  }

  private choose(choice: number | typeof byHand, point: LonLat | null): void {
    this.chosen = choice;
    this.dispatchEvent(new ShowPointEvent(point, choice === byHand));
  }

  private get decision(): PlacementDecision | null {
    if (this.chosen === null) return null;
    if (this.chosen !== byHand) return { kind: 'candidate', rank: this.chosen };
    return this.pin && { kind: 'point', lonLat: [this.pin.lon, this.pin.lat] };
  }

  private readonly decide = (): void => {
    if (this.decision) this.dispatchEvent(new DecideEvent(this.decision));
  };
}

function precisionName(precision: Candidate['precision']): string {
  return precision === 'roof' || precision === 'parcel' ? codeName('address') : codeName(precision);
}

declare global {
  interface HTMLElementTagNameMap {
    'ct-review-item': CtReviewItem;
  }
}
