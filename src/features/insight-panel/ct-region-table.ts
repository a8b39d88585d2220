import { msg } from '@lit/localize';
import { css, html, nothing, type PropertyValues } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { classMap } from 'lit/directives/class-map.js';
import { repeat } from 'lit/directives/repeat.js';
import { styleMap } from 'lit/directives/style-map.js';
import { measureName } from '../../i18n/words.js';
import { formatChange, formatFigure, type FigureFormat } from '../../lib/format.js';
import { RegionClickEvent, RegionHoverEvent } from '../../map/contract.js';
import type { PartFigures } from '../../state/figures.js';
import { figureFormat } from '../../state/measures.js';
import { preferences } from '../../state/preferences.js';
import { sortRows, type RegionRow, type Sort, type SortKey } from '../../state/region-rows.js';
import { CtElement } from '../../ui/ct-element.js';
import { base, controls } from '../../ui/styles.js';
import { tableStyles } from './table-styles.js';

/** The parts of a region with bar, figure and change; a click drills down, hovering lights the map. */
@customElement('ct-region-table')
export class CtRegionTable extends CtElement {
  static override styles = [
    base,
    controls,
    css`
      :host {
        display: block;
        overflow: auto;
      }
    `,
    tableStyles,
  ];

  @property({ attribute: false }) figures: PartFigures | null = null;
  /** Figure of the whole region; the lines and buckets sum to it. Null where siblings are listed. */
  @property({ attribute: false }) total: number | null = null;
  @property() levelName = '';
  @property({ attribute: false }) selectedRegion: number | null = null;
  @property({ attribute: false }) hoveredRegion: number | null = null;
  @property({ type: Boolean, reflect: true }) busy = false;

  @state() private sort: Sort = { key: 'value', descending: true };

  override render() {
    if (!this.figures) return nothing;
    const { rows, input } = this.figures;
    const format = figureFormat(input.measure);
    const sorted = sortRows(rows, this.sort, preferences.language);
    const highest = Math.max(...rows.map(({ value }) => Math.abs(value ?? 0)), 0);
    const withChange = rows.some(({ change }) => change !== null);
    const name = measureName(input.measure.name, input.measure.title);
    const figureWidth = `${widestFigure(rows, this.total, format)}ch`;
    return html`<table
      style=${styleMap({ '--figure-width': figureWidth })}
      aria-busy=${this.busy ? 'true' : 'false'}
    >
      <caption class="visually-hidden">
        ${name}
      </caption>
      <thead>
        <tr>
          ${this.renderHead('name', this.levelName)} ${this.renderHead('value', name)}
          ${withChange ? this.renderHead('change', msg('Δ year')) : nothing}
        </tr>
      </thead>
      <tbody @pointerleave=${() => this.hover(null)}>
        ${repeat(
          sorted,
          (row) => `${row.kind}${row.regionId}`,
          (row) => this.renderRow(row, highest, format, withChange),
        )}
      </tbody>
      ${
        this.total === null || !input.measure.additive
          ? nothing
          : html`<tfoot>
              <tr>
                <th scope="row">${msg('Total')}</th>
                <td class="number">
                  <span class="figure">${formatFigure(this.total, format)}</span>
                </td>
                ${withChange ? html`<td></td>` : nothing}
              </tr>
            </tfoot>`
      }
    </table>`;
  }

  protected override updated(changed: PropertyValues<this>): void {
    super.updated(changed);
    if (!changed.has('selectedRegion') && !changed.has('figures')) return;
    this.renderRoot.querySelector('tr.selected')?.scrollIntoView({ block: 'nearest' });
  }

  private renderHead(key: SortKey, label: string) {
    const active = this.sort.key === key;
    const direction = this.sort.descending ? 'descending' : 'ascending';
    return html`<th scope="col" aria-sort=${active ? direction : 'none'} class=${key}>
      <button type="button" @click=${() => this.sortBy(key)}>
        <span>${label}</span
        ><span class="arrow" aria-hidden="true"
          >${active ? (this.sort.descending ? '↓' : '↑') : ''}</span
        >
      </button>
    </th>`;
  }

  private renderRow(row: RegionRow, highest: number, format: FigureFormat, withChange: boolean) {
    const share = highest > 0 ? Math.abs(row.value ?? 0) / highest : 0;
    const { regionId } = row;
    const isRegion = regionId !== null;
    return html`<tr
      class=${classMap({
        region: isRegion,
        hovered: isRegion && regionId === this.hoveredRegion,
        selected: isRegion && regionId === this.selectedRegion,
      })}
      data-region=${regionId ?? row.kind}
      @pointerenter=${() => this.hover(regionId)}
      @click=${isRegion ? () => this.drill(regionId) : nothing}
    >
      <th scope="row">
        ${
          isRegion
            ? html`<button
                type="button"
                class="drill"
                title=${row.name}
                @focus=${() => this.hover(regionId)}
                @click=${(event: Event) => {
                  event.stopPropagation();
                  this.drill(regionId);
                }}
              >
                ${row.name}
              </button>`
            : html`<span class="bucket">${bucketName(row)}</span>`
        }
      </th>
      <td class="number">
        <span class="bar" aria-hidden="true"
          ><span style=${styleMap({ width: `${share * 100}%` })}></span></span
        ><span class="figure">${formatFigure(row.value, format)}</span>
      </td>
      ${withChange ? html`<td class="number change ${toneOf(row)}">${changeText(row)}</td>` : nothing}
    </tr>`;
  }

  private sortBy(key: SortKey): void {
    const turned = this.sort.key === key ? !this.sort.descending : key !== 'name';
    this.sort = { key, descending: turned };
  }

  private hover(id: number | null): void {
    if (id !== this.hoveredRegion) this.dispatchEvent(new RegionHoverEvent(id));
  }

  private drill(id: number): void {
    this.dispatchEvent(new RegionClickEvent(id));
  }
}

/** Characters of the longest figure, so that all bars end at the same place. */
function widestFigure(
  rows: readonly RegionRow[],
  total: number | null,
  format: FigureFormat,
): number {
  return Math.max(
    ...[total, ...rows.map(({ value }) => value)].map(
      (value) => formatFigure(value, format).length,
    ),
  );
}

function bucketName({ kind }: RegionRow): string {
  return kind === 'not_placed' ? msg('Not placed') : msg('Elsewhere');
}

function changeText({ change }: RegionRow): string {
  return formatChange(change, preferences.language);
}

function toneOf({ change }: RegionRow): string {
  if (change === null || change === 0) return '';
  return change > 0 ? 'up' : 'down';
}

declare global {
  interface HTMLElementTagNameMap {
    'ct-region-table': CtRegionTable;
  }
}
