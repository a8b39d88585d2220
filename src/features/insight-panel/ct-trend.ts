import { msg, str } from '@lit/localize';
import { css, html, nothing, svg } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { classMap } from 'lit/directives/class-map.js';
import { measureName } from '../../i18n/words.js';
import { formatFigure } from '../../lib/format.js';
import { explore } from '../../state/explore.js';
import { appLocation } from '../../state/location.js';
import { figureFormat, measureNamed } from '../../state/measures.js';
import { preferences } from '../../state/preferences.js';
import { CtElement } from '../../ui/ct-element.js';
import '../../ui/ct-skeleton.js';
import '../../ui/ct-state.js';
import { base, controls } from '../../ui/styles.js';
import { linePath, toYears, type TrendYear } from './trend.js';

const width = 320;
const height = 150;
const yearsShown = 3;

/** The years of a measure laid over each other month by month; a year below picks it as the period. */
@customElement('ct-trend')
export class CtTrend extends CtElement {
  static override styles = [
    base,
    controls,
    css`
      :host {
        display: block;
        padding: 12px 14px;
      }
      svg {
        display: block;
        width: 100%;
        overflow: visible;
      }
      path {
        fill: none;
        stroke-width: 2;
        stroke-linejoin: round;
        vector-effect: non-scaling-stroke;
      }
      .grid {
        stroke: var(--line);
        stroke-width: 1;
      }
      .year-0 {
        stroke: var(--accent);
      }
      .year-1 {
        stroke: var(--sequential-3);
      }
      .year-2 {
        stroke: var(--ink-3);
        stroke-dasharray: 4 4;
      }
      .axis {
        display: flex;
        justify-content: space-between;
        font-size: 11px;
        color: var(--ink-2);
      }
      table {
        width: 100%;
        margin-top: 8px;
        border-collapse: collapse;
      }
      td,
      th {
        height: var(--row);
        padding: 0 4px;
        font-weight: 400;
        text-align: left;
      }
      td.number {
        text-align: right;
      }
      .key {
        display: inline-block;
        width: 16px;
        margin-right: 8px;
        border-top: 3px solid;
        vertical-align: middle;
      }
      .key.year-0 {
        border-color: var(--accent);
      }
      .key.year-1 {
        border-color: var(--sequential-3);
      }
      .key.year-2 {
        border-color: var(--ink-3);
        border-top-style: dashed;
      }
    `,
  ];

  @state() private month: number | null = null;

  override render() {
    const { state } = explore.timeline;
    if (state.status === 'failed') {
      return html`<ct-state tone="failed" .heading=${msg('No figures')} .text=${state.message}>
        <button class="button" type="button" @click=${() => explore.timeline.reload()}>
          ${msg('Try again')}
        </button>
      </ct-state>`;
    }
    if (!state.value) return html`<ct-skeleton lines="6"></ct-skeleton>`;
    const years = toYears(state.value, yearsShown);
    if (years.length === 0) return html`<p class="muted">${msg('No sales in this slice.')}</p>`;
    return html`${this.renderChart(years)} ${this.renderTable(years)}`;
  }

  private renderChart(years: readonly TrendYear[]) {
    const highest = Math.max(...years.flatMap(({ values }) => values.map((value) => value ?? 0)));
    const box = { width, height, highest };
    const x = this.month === null ? null : (this.month / 11) * width;
    return html`<svg
        viewBox="0 0 ${width} ${height}"
        role="img"
        aria-label=${this.caption}
        @pointermove=${this.onMove}
        @pointerleave=${() => (this.month = null)}
      >
        <path class="grid" d="M0 0H${width}M0 ${height / 2}H${width}M0 ${height}H${width}"></path>
        ${x === null ? nothing : svg`<path class="grid" d="M${x} 0V${height}"></path>`}
        ${years.map(
          ({ values }, index) =>
            svg`<path class=${ageClass(years.length - 1 - index)} d=${linePath(values, box)}></path>`,
        )}
      </svg>
      <div class="axis" aria-hidden="true">
        ${[0, 3, 6, 9, 11].map((month) => html`<span>${this.monthName(month)}</span>`)}
      </div>`;
  }

  private renderTable(years: readonly TrendYear[]) {
    const format = figureFormat(measureNamed(explore.timelineMeasure));
    const { month } = this;
    const column = month === null ? msg('Whole year') : this.monthName(month);
    return html`<table>
      <caption class="visually-hidden">
        ${this.caption}
      </caption>
      <thead class="visually-hidden">
        <tr>
          <th scope="col">${msg('Year')}</th>
          <th scope="col">${column}</th>
        </tr>
      </thead>
      <tbody>
        ${[...years].reverse().map(
          ({ year, values }, age) =>
            html`<tr>
              <th scope="row">
                <span
                  class=${classMap({ key: true, [ageClass(age)]: true })}
                  aria-hidden="true"
                ></span
                ><button class="link" type="button" @click=${() => this.pick(year)}>${year}</button>
              </th>
              <td class="number">
                ${formatFigure(month === null ? sumOf(values) : (values[month] ?? null), format)}
              </td>
            </tr>`,
        )}
      </tbody>
    </table>`;
  }

  private get caption(): string {
    const measure = measureNamed(explore.timelineMeasure);
    return msg(str`${measureName(measure.name, measure.title)} by month, years compared`);
  }

  private monthName(index: number): string {
    const format = new Intl.DateTimeFormat(preferences.language, {
      month: 'short',
      timeZone: 'UTC',
    });
    return format.format(Date.UTC(2000, index, 1));
  }

  private onMove(event: PointerEvent): void {
    const box = (event.currentTarget as SVGElement).getBoundingClientRect();
    const share = (event.clientX - box.left) / Math.max(box.width, 1);
    this.month = Math.min(Math.max(Math.round(share * 11), 0), 11);
  }

  private pick(year: number): void {
    appLocation.navigate({ period: { first: `${year}-01`, last: `${year}-12` } });
  }
}

/** The class of a line by its age: 0 is the newest year. */
function ageClass(age: number): string {
  return `year-${age}`;
}

function sumOf(values: readonly (number | null)[]): number {
  return values.reduce<number>((sum, value) => sum + (value ?? 0), 0);
}

declare global {
  interface HTMLElementTagNameMap {
    'ct-trend': CtTrend;
  }
}
