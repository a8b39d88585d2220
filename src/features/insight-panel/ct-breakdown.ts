import { msg, str } from '@lit/localize';
import { css, html, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { classMap } from 'lit/directives/class-map.js';
import { repeat } from 'lit/directives/repeat.js';
import { styleMap } from 'lit/directives/style-map.js';
import { filterTitle, filterValueName, measureName } from '../../i18n/words.js';
import { formatFigure, formatShare } from '../../lib/format.js';
import {
  breakdownBy,
  breakdownNames,
  isAdditive,
  type Breakdown,
  type BreakdownName,
  type BreakdownRow,
} from '../../state/breakdown.js';
import { signal } from '../../lib/signals.js';
import { appLocation } from '../../state/location.js';
import { figureFormat, measureNamed } from '../../state/measures.js';
import { preferences } from '../../state/preferences.js';
import { CtElement } from '../../ui/ct-element.js';
import '../../ui/ct-skeleton.js';
import '../../ui/ct-state.js';
import { base, controls } from '../../ui/styles.js';

/** Rows shown before "show all". */
const fewRows = 8;

/** What the measure is made of: a bar for each value of an attribute; a click on one filters by it. */
@customElement('ct-breakdown')
export class CtBreakdown extends CtElement {
  static override styles = [
    base,
    controls,
    css`
      :host {
        display: block;
        padding: 8px 14px 12px;
        overflow: auto;
      }
      .head {
        display: flex;
        align-items: center;
        gap: 8px;
        margin-bottom: 6px;
        font-size: 12px;
        color: var(--ink-2);
      }
      select {
        min-height: calc(var(--row) - 4px);
        padding: 0 6px;
        border: 1px solid var(--line);
        border-radius: var(--radius-small);
        background: var(--panel-solid);
        color: var(--ink);
      }
      .row {
        position: relative;
        display: flex;
        align-items: center;
        gap: 8px;
        width: 100%;
        min-height: var(--row);
        padding: 0 8px;
        border: 0;
        border-radius: var(--radius-small);
        background: none;
        text-align: left;
        cursor: pointer;
      }
      .row:hover .bar,
      .row:focus-visible .bar {
        filter: brightness(0.96);
      }
      .bar {
        position: absolute;
        inset: 3px auto 3px 0;
        border-radius: 4px;
        background: var(--accent-weak);
        transition: width var(--slow) ease-out;
      }
      .row > span:not(.bar) {
        position: relative;
      }
      .name {
        flex: 1;
        min-width: 0;
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      .row.chosen .name {
        font-weight: 620;
        color: var(--accent);
      }
      .row.left-out {
        opacity: 0.55;
      }
      .share {
        min-width: 52px;
        color: var(--ink-2);
        font-size: 12px;
      }
    `,
  ];

  @state() private showsAll = false;
  readonly #name = signal<BreakdownName>('segment');
  readonly #figures = breakdownBy(() => this.#name.get());

  override connectedCallback(): void {
    super.connectedCallback();
    this.#figures.start();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#figures.stop();
  }

  override render() {
    return html`${this.renderHead()} ${this.renderFigures()}`;
  }

  private renderHead() {
    const name = this.#name.get();
    return html`<label class="head"
      ><span>${msg('By')}</span>
      <select @change=${this.onName}>
        ${breakdownNames.map(
          (value) =>
            html`<option value=${value} ?selected=${value === name}>${filterTitle(value)}</option>`,
        )}
      </select></label
    >`;
  }

  private renderFigures() {
    const { state } = this.#figures;
    if (state.status === 'failed') {
      return html`<ct-state tone="failed" .heading=${msg('No figures')} .text=${state.message}>
        <button class="button" type="button" @click=${() => this.#figures.reload()}>
          ${msg('Try again')}
        </button>
      </ct-state>`;
    }
    if (!state.value) return html`<ct-skeleton lines="6"></ct-skeleton>`;
    if (state.value.rows.length === 0) {
      return html`<p class="muted">${msg('No accounts in this slice.')}</p>`;
    }
    return this.renderBars(state.value);
  }

  private renderBars(breakdown: Breakdown) {
    const { rows, input } = breakdown;
    const shown = this.showsAll ? rows : rows.slice(0, fewRows);
    const rest = rows.length - shown.length;
    const measure = measureNamed(input.measure);
    return html`<div
        role="group"
        aria-label=${`${measureName(input.measure, measure.title)}, ${filterTitle(input.name)}`}
      >
        ${repeat(
          shown,
          ({ value }) => value,
          (row) => this.renderBar(row, breakdown),
        )}
      </div>
      ${
        rest > 0
          ? html`<button class="link" type="button" @click=${() => (this.showsAll = true)}>
              ${msg(str`Show ${rest} more`)}
            </button>`
          : nothing
      }`;
  }

  private renderBar({ value, figure }: BreakdownRow, { rows, input }: Breakdown) {
    const highest = Math.max(...rows.map((row) => Math.abs(row.figure)), 0);
    const total = rows.reduce((sum, row) => sum + row.figure, 0);
    const chosen = appLocation.state.filters[input.name] ?? [];
    const isChosen = chosen.includes(value);
    const width = highest > 0 ? (Math.abs(figure) / highest) * 100 : 0;
    const locale = preferences.language;
    return html`<button
      type="button"
      class=${classMap({ row: true, chosen: isChosen, 'left-out': chosen.length > 0 && !isChosen })}
      aria-pressed=${isChosen ? 'true' : 'false'}
      @click=${() => this.toggle(input.name, value)}
    >
      <span class="bar" aria-hidden="true" style=${styleMap({ width: `${width}%` })}></span>
      <span class="name">${filterValueName(input.name, value)}</span>
      <span class="number">${formatFigure(figure, figureFormat(measureNamed(input.measure)))}</span>
      ${
        isAdditive(input.measure) && total > 0
          ? html`<span class="number share">${formatShare(figure / total, locale)}</span>`
          : nothing
      }
    </button>`;
  }

  private toggle(name: BreakdownName, value: string): void {
    const { filters } = appLocation.state;
    const chosen = filters[name] ?? [];
    const next = chosen.includes(value)
      ? chosen.filter((other) => other !== value)
      : [...chosen, value];
    appLocation.navigate({ filters: { ...filters, [name]: next } });
  }

  private onName(event: Event): void {
    const { value } = event.target as HTMLSelectElement;
    this.showsAll = false;
    this.#name.set(breakdownNames.find((name) => name === value) ?? 'segment');
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ct-breakdown': CtBreakdown;
  }
}
