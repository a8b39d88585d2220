import { msg, str } from '@lit/localize';
import { css, html, nothing } from 'lit';
import { customElement, query, state } from 'lit/decorators.js';
import { classMap } from 'lit/directives/class-map.js';
import { styleMap } from 'lit/directives/style-map.js';
import { measureName } from '../../i18n/words.js';
import { formatFigure, formatMonth } from '../../lib/format.js';
import { addMonths, type Period } from '../../lib/period.js';
import { explore, type MonthFigure } from '../../state/explore.js';
import { appLocation } from '../../state/location.js';
import { figureFormat, measureNamed } from '../../state/measures.js';
import { preferences } from '../../state/preferences.js';
import { CtElement } from '../../ui/ct-element.js';
import type { IconName } from '../../ui/icons.js';
import '../../ui/ct-icon.js';
import { base, controls } from '../../ui/styles.js';

/** Time that a month is shown for when the months are played; it waits for figures on their way. */
const playStepMs = 1200;

/** One bar a month; a click picks the month, a drag or shift-arrows a period, and play runs through them. */
@customElement('ct-timeline')
export class CtTimeline extends CtElement {
  static override styles = [
    base,
    controls,
    css`
      :host {
        display: block;
      }
      .panel {
        padding: 8px 14px 6px;
        border-radius: var(--radius);
        background: var(--panel);
        box-shadow: var(--shadow);
      }
      .caption {
        display: flex;
        align-items: center;
        gap: 4px;
        font-size: 12px;
        line-height: 16px;
        color: var(--ink-2);
        font-variant-numeric: tabular-nums;
      }
      .caption .name {
        margin-right: auto;
      }
      .caption .icon-button {
        width: 28px;
        height: 24px;
        --size: 16px;
      }
      .bars {
        display: flex;
        align-items: flex-end;
        gap: 2px;
        height: 44px;
        margin-top: 4px;
        touch-action: none;
        cursor: pointer;
        border-radius: 4px;
      }
      .bar {
        flex: 1;
        min-width: 1px;
        height: 100%;
        display: flex;
        align-items: flex-end;
      }
      .bar div {
        width: 100%;
        min-height: 1px;
        border-radius: 3px 3px 0 0;
        background: var(--bar);
        transition: background var(--fast) ease-out;
      }
      .bar.all div {
        background: var(--sequential-3);
      }
      .bar.in div {
        background: var(--sequential-4);
      }
      .bar.cursor div {
        background: var(--accent);
      }
      .axis {
        display: flex;
        justify-content: space-between;
        font-size: 11px;
        line-height: 14px;
        color: var(--ink-2);
      }
    `,
  ];

  @state() private dragFrom: number | null = null;
  @state() private cursor: number | null = null;
  @state() private isPlaying = false;
  #timer: ReturnType<typeof setInterval> | undefined;
  @query('.bars') private barsElement!: HTMLElement;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.stop();
  }

  override render() {
    const months = this.months;
    if (months.length === 0) return nothing;
    const measure = measureNamed(explore.timelineMeasure);
    const name = measureName(measure.name, measure.title);
    const highest = Math.max(...months.map(({ value }) => value), 0);
    return html`<div class="panel">
      <div class="caption">
        <span class="name">${msg(str`${name} by month`)}</span><span>${this.cursorText}</span>
        ${this.renderPlayer()}
      </div>
      <div
        class="bars"
        role="slider"
        tabindex="0"
        aria-label=${msg(str`${name} by month`)}
        aria-valuemin="0"
        aria-valuemax=${months.length - 1}
        aria-valuenow=${this.cursor ?? months.length - 1}
        aria-valuetext=${this.cursorText || msg('All time')}
        @pointerdown=${this.onDown}
        @pointermove=${this.onMove}
        @pointerup=${this.onUp}
        @pointerleave=${() => this.dragFrom === null && (this.cursor = null)}
        @keydown=${this.onKey}
        @blur=${() => (this.cursor = null)}
      >
        ${months.map((month, index) => this.renderBar(month, index, highest))}
      </div>
      <div class="axis" aria-hidden="true">
        <span>${this.monthText(0)}</span><span>${this.monthText(months.length - 1)}</span>
      </div>
    </div>`;
  }

  private renderPlayer() {
    const button = (icon: IconName, label: string, act: () => void) =>
      html`<button
        type="button"
        class="icon-button"
        aria-label=${label}
        title=${label}
        @click=${act}
      >
        <ct-icon .name=${icon}></ct-icon>
      </button>`;
    return html`${button('chevron-left', msg('A month earlier'), () => this.step(-1))}
    ${
      this.isPlaying
        ? button('pause', msg('Stop'), () => this.stop())
        : button('play', msg('Play month by month'), () => this.play())
    }
    ${button('chevron-right', msg('A month later'), () => this.step(1))}`;
  }

  private renderBar({ month, value }: MonthFigure, index: number, highest: number) {
    const period = this.draggedPeriod ?? appLocation.state.period;
    const isIn = period !== null && month >= period.first && month <= period.last;
    const height = highest > 0 ? Math.max(0, value / highest) * 100 : 0;
    return html`<div
      class=${classMap({ bar: true, in: isIn, all: period === null, cursor: index === this.cursor })}
    >
      <div style=${styleMap({ height: `${height}%` })}></div>
    </div>`;
  }

  /** All months from first to last; those without a figure as 0. */
  private get months(): readonly MonthFigure[] {
    const figures = explore.timeline.value ?? [];
    const first = figures[0]?.month;
    const last = figures.at(-1)?.month;
    if (!first || !last) return [];
    const byMonth = new Map(figures.map(({ month, value }) => [month, value]));
    const months: MonthFigure[] = [];
    for (let month = first; month <= last; month = addMonths(month, 1)) {
      months.push({ month, value: byMonth.get(month) ?? 0 });
    }
    return months;
  }

  private get cursorText(): string {
    const figure = this.cursor === null ? undefined : this.months[this.cursor];
    if (!figure) return '';
    const format = figureFormat(measureNamed(explore.timelineMeasure));
    return `${formatMonth(figure.month, preferences.language)}: ${formatFigure(figure.value, format)}`;
  }

  private get draggedPeriod(): Period | null {
    if (this.dragFrom === null || this.cursor === null) return null;
    return this.periodBetween(this.dragFrom, this.cursor);
  }

  private monthText(index: number): string {
    const month = this.months[index]?.month;
    return month ? formatMonth(month, preferences.language) : '';
  }

  private periodBetween(a: number, b: number): Period | null {
    const first = this.months[Math.min(a, b)]?.month;
    const last = this.months[Math.max(a, b)]?.month;
    return first && last ? { first, last } : null;
  }

  private indexAt(event: PointerEvent): number {
    const { left, width } = this.barsElement.getBoundingClientRect();
    const index = Math.floor(((event.clientX - left) / width) * this.months.length);
    return Math.max(0, Math.min(this.months.length - 1, index));
  }

  private play(): void {
    this.isPlaying = true;
    if (!appLocation.state.period || this.isAtEnd) this.show(0);
    this.#timer = setInterval(() => {
      if (explore.figures.state.status === 'loading') return;
      if (this.isAtEnd) this.stop();
      else this.step(1, 'replace');
    }, playStepMs);
  }

  private stop(): void {
    clearInterval(this.#timer);
    this.isPlaying = false;
  }

  /** Whether the last month is shown. */
  private get isAtEnd(): boolean {
    return appLocation.state.period?.last === this.months.at(-1)?.month;
  }

  /** Moves the period by a month, keeping its length; from all time to the last month. */
  private step(months: number, how: 'navigate' | 'replace' = 'navigate'): void {
    const { period } = appLocation.state;
    if (!period) return this.show(this.months.length - 1);
    const moved = { first: addMonths(period.first, months), last: addMonths(period.last, months) };
    const [first, last] = [this.months[0]?.month, this.months.at(-1)?.month];
    if (!first || !last || moved.first < first || moved.last > last) return;
    appLocation[how]({ period: moved });
  }

  private show(index: number): void {
    const month = this.months[index]?.month;
    if (month) appLocation.navigate({ period: { first: month, last: month } });
  }

  private onDown(event: PointerEvent): void {
    this.stop();
    this.barsElement.setPointerCapture(event.pointerId);
    this.dragFrom = this.indexAt(event);
    this.cursor = this.dragFrom;
  }

  private onMove(event: PointerEvent): void {
    this.cursor = this.indexAt(event);
  }

  private onUp(): void {
    this.pick(this.draggedPeriod);
    this.dragFrom = null;
  }

  private onKey(event: KeyboardEvent): void {
    const last = this.months.length - 1;
    const now = this.cursor ?? last;
    const moves: Record<string, number> = {
      ArrowLeft: Math.max(0, now - 1),
      ArrowRight: Math.min(last, now + 1),
      Home: 0,
      End: last,
    };
    const next = moves[event.key];
    if (next !== undefined) {
      event.preventDefault();
      if (!event.shiftKey) this.dragFrom = null;
      else this.dragFrom ??= now;
      this.cursor = next;
      return;
    }
    if (event.key === 'Escape') this.pick(null);
    if (event.key !== 'Enter' && event.key !== ' ') return;
    event.preventDefault();
    this.pick(this.periodBetween(this.dragFrom ?? now, now));
    this.dragFrom = null;
  }

  /** A click on the one month that is chosen already shows all time again. */
  private pick(period: Period | null): void {
    const now = appLocation.state.period;
    const same = period?.first === now?.first && period?.last === now?.last;
    appLocation.navigate({ period: same ? null : period });
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ct-timeline': CtTimeline;
  }
}
