import { msg, str } from '@lit/localize';
import { html, type PropertyValues } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { classMap } from 'lit/directives/class-map.js';
import { ifDefined } from 'lit/directives/if-defined.js';
import { live } from 'lit/directives/live.js';
import { styleMap } from 'lit/directives/style-map.js';
import { getTableIds } from '../../api/accounts.js';
import { messageOf } from '../../api/api-error.js';
import type { TableGroupRow, TableRow, TableSort } from '../../../server/contract/account-table.js';
import { formatCount, formatFigure } from '../../lib/format.js';
import { appLocation } from '../../state/location.js';
import { preferences } from '../../state/preferences.js';
import type { RowChoice } from '../../state/row-choice.js';
import { sessionStore } from '../../state/session.js';
import type { TableRows } from '../../state/table-rows.js';
import type { TableColumn } from '../../state/table-url.js';
import { toasts } from '../../state/toasts.js';
import { CtElement } from '../../ui/ct-element.js';
import '../../ui/ct-icon.js';
import { isPlainClick } from '../../ui/links.js';
import { base } from '../../ui/styles.js';
import { accountTableStyles } from './account-table.styles.js';
import { groupValueName } from './group-names.js';
import { columnViews, nameColumn, type ColumnView } from './table-columns.js';
import { RowLightEvent, RowOpenEvent, TableSortEvent } from './table-events.js';
import { VirtualScroll } from './virtual-scroll.js';

type Place = ReturnType<typeof styleMap>;

const coarse = window.matchMedia('(pointer: coarse), (max-width: 760px)');
const tickWidth = 40;
/** Most lines that one Shift with arrow or click ticks. */
const longestRange = 10_000;

/**
 * The lines of `rows`, any number of them: only those in view are on the page. Arrows, Page, Home and End move,
 * Space ticks, Shift ticks a range, Enter opens.
 */
@customElement('ct-account-table')
export class CtAccountTable extends CtElement {
  static override styles = [base, accountTableStyles];

  @property({ attribute: false }) rows!: TableRows;
  @property({ attribute: false }) choice!: RowChoice;
  @property({ attribute: false }) columns: readonly TableColumn[] = [];
  @property({ attribute: false }) sort: TableSort = 'name';

  /** The line that the keyboard is on. */
  @state() private active = 0;
  @state() private depth = 0;
  @state() private viewHeight = 600;
  @state() private viewWidth = 800;

  @query('.grid') private readonly grid!: HTMLElement;

  /** Where a range of ticked lines starts. */
  #anchor = 0;
  #lastQuery: unknown;
  readonly #resize = new ResizeObserver(() => this.measure());

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#resize.disconnect();
  }

  protected override firstUpdated(): void {
    this.#resize.observe(this.grid);
    this.grid.addEventListener('wheel', (event) => this.onWheel(event), { passive: false });
    this.measure();
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    if (this.rows.query === this.#lastQuery) return;
    this.#lastQuery = this.rows.query;
    this.active = 0;
    this.#anchor = 0;
    this.goTo(0);
  }

  override render() {
    const scroll = this.scroller;
    const { first, last } = scroll.range(this.depth);
    const lines = Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => first + i);
    const edges = {
      '--columns': this.template,
      '--line-height': `${this.lineHeight}px`,
      '--view-width': `${this.viewWidth}px`,
      '--room-width': this.roomWidth,
    };
    return html`<div
      class="grid"
      role="grid"
      tabindex="0"
      aria-label=${msg('Accounts')}
      aria-multiselectable="true"
      aria-rowcount=${this.rows.length + 1}
      aria-colcount=${this.columns.length + 2}
      aria-activedescendant=${this.active >= first && this.active <= last ? `line${this.active}` : ''}
      style=${styleMap(edges)}
      @scroll=${this.onScroll}
      @keydown=${this.onKey}
      @click=${this.onClick}
      @pointerleave=${() => this.light(null)}
      @focus=${() => this.lightActive()}
    >
      ${this.renderHead()}
      <div class="room" role="rowgroup" style=${styleMap({ height: `${scroll.roomHeight}px` })}>
        ${lines.map((index) => this.renderLine(index))}
      </div>
    </div>`;
  }

  private renderHead() {
    const all = this.choice.isAll && this.choice.ids.length === 0;
    return html`<div role="rowgroup" class="head-group">
      <div class="head" role="row" aria-rowindex="1">
        <div class="tick" role="columnheader">
          <input
            type="checkbox"
            tabindex="-1"
            aria-label=${msg('All that match')}
            .checked=${live(all)}
            .indeterminate=${live(!all && this.choice.count(this.rows.total ?? 0) > 0)}
            @change=${() => (all ? this.choice.clear() : this.choice.chooseAll())}
          />
        </div>
        ${this.renderTitle(nameColumn)}
        ${this.columns.map((column) => this.renderTitle(columnViews[column]))}
      </div>
    </div>`;
  }

  private renderTitle({ title, sort, isNumber }: ColumnView) {
    const classes = classMap({ number: isNumber === true });
    if (!sort) return html`<div role="columnheader" class=${classes}>${title()}</div>`;
    const direction =
      this.sort === sort ? 'ascending' : this.sort === `-${sort}` ? 'descending' : 'none';
    // Figures and days are mostly looked at from the largest on.
    const isLargestFirst = isNumber === true || sort === 'lastOrdered' || sort === 'updatedAt';
    const next = {
      none: isLargestFirst ? (`-${sort}` as const) : sort,
      ascending: `-${sort}` as const,
      descending: sort,
    }[direction];
    return html`<div role="columnheader" aria-sort=${direction} class=${classes}>
      <button
        type="button"
        tabindex="-1"
        @click=${() => this.dispatchEvent(new TableSortEvent(next))}
      >
        ${title()} ${{ ascending: '↑', descending: '↓', none: '' }[direction]}
      </button>
    </div>`;
  }

  private renderLine(index: number) {
    const line = this.rows.line(index);
    const top = this.scroller.toScrollTop(this.depth) + index * this.lineHeight - this.depth;
    const place = styleMap({ transform: `translateY(${top}px)` });
    if (line.kind === 'group') return this.renderGroup(index, line.group, line.isOpen, place);
    if (line.kind === 'row') return this.renderRow(index, line.row, place);
    return html`<div
      class="line waiting"
      role="row"
      id=${`line${index}`}
      aria-rowindex=${index + 2}
      style=${place}
    >
      <div class="tick" role="gridcell"></div>
      <div class="cell" role="gridcell"><span class="bar"></span></div>
    </div>`;
  }

  private renderGroup(index: number, group: TableGroupRow, isOpen: boolean, place: Place) {
    const locale = preferences.language;
    const money = {
      kind: 'currency',
      currency: sessionStore.current.project.currency,
      locale,
    } as const;
    const accounts = formatCount(group.count, locale);
    const revenue = formatFigure(group.revenue12m, money);
    return html`<div
      class=${classMap({ line: true, group: true, active: index === this.active })}
      role="row"
      id=${`line${index}`}
      aria-rowindex=${index + 2}
      aria-expanded=${isOpen ? 'true' : 'false'}
      style=${place}
    >
      <div class="tick" role="gridcell">
        <ct-icon .name=${isOpen ? 'chevron-down' : 'chevron-right'}></ct-icon>
      </div>
      <div class="cell" role="gridcell">
        <strong>${groupValueName(this.rows.query?.group ?? 'segment', group)}</strong>
        <span>${msg(str`${accounts} accounts`)}</span>
        <span class="muted">${msg(str`${revenue} in 12 months`)}</span>
      </div>
    </div>`;
  }

  private renderRow(index: number, row: TableRow, place: Place) {
    const chosen = this.choice.has(row.id);
    return html`<div
      class=${classMap({ line: true, chosen, active: index === this.active })}
      role="row"
      id=${`line${index}`}
      aria-rowindex=${index + 2}
      aria-selected=${chosen ? 'true' : 'false'}
      style=${place}
      @pointerenter=${() => this.light(row)}
    >
      <div class="tick" role="gridcell">
        <input
          type="checkbox"
          tabindex="-1"
          aria-label=${msg(str`Choose ${row.name}`)}
          .checked=${live(chosen)}
          @click=${(event: MouseEvent) => this.onTick(event, index, row)}
        />
      </div>
      <div class="cell name" role="gridcell">
        <a
          tabindex="-1"
          href=${appLocation.hrefFor({ screen: 'accounts', section: String(row.id) })}
          @click=${(event: MouseEvent) => this.onLink(event, row)}
          >${row.name}</a
        >
      </div>
      ${this.columns.map((column) => this.renderCell(row, columnViews[column]))}
    </div>`;
  }

  private renderCell(row: TableRow, { text, isNumber }: ColumnView) {
    const content = text(row);
    return html`<div
      class=${classMap({ cell: true, number: isNumber === true })}
      role="gridcell"
      title=${ifDefined(content.length > 18 ? content : undefined)}
    >
      ${content}
    </div>`;
  }

  private get template(): string {
    const widths = this.columns.map((column) => `minmax(${columnViews[column].width}px, 1fr)`);
    return `${tickWidth}px minmax(${nameColumn.width}px, 2fr) ${widths.join(' ')}`;
  }

  private get roomWidth(): string {
    const widths = this.columns.map((column) => columnViews[column].width);
    const least = widths.reduce((sum, width) => sum + width, tickWidth + nameColumn.width);
    return `max(100%, ${least}px)`;
  }

  private get lineHeight(): number {
    return coarse.matches ? 44 : 32;
  }

  private get scroller(): VirtualScroll {
    return new VirtualScroll(this.rows.length, this.lineHeight, this.viewHeight);
  }

  private measure(): void {
    this.viewHeight = Math.max(0, this.grid.clientHeight - this.lineHeight);
    this.viewWidth = this.grid.clientWidth;
  }

  private goTo(depth: number): void {
    this.depth = this.scroller.clamp(depth);
    this.grid.scrollTop = this.scroller.toScrollTop(this.depth);
  }

  private onScroll(): void {
    const { scrollTop } = this.grid;
    // Where the bar is coarser than the lines it stays the depth that put it there.
    if (scrollTop === this.scroller.toScrollTop(this.depth)) return;
    this.depth = this.scroller.toDepth(scrollTop);
  }

  /** Where the bar moves less than the lines, a wheel still moves the lines by what it says. */
  private onWheel(event: WheelEvent): void {
    if (!this.scroller.isScaled || event.ctrlKey || event.deltaY === 0) return;
    event.preventDefault();
    const unit = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? this.lineHeight : 1;
    this.grid.scrollLeft += event.deltaX * unit;
    this.goTo(this.depth + event.deltaY * unit);
  }

  private onKey(event: KeyboardEvent): void {
    if (event.target !== this.grid || event.ctrlKey || event.metaKey || event.altKey) return;
    const page = Math.max(1, Math.floor(this.viewHeight / this.lineHeight) - 1);
    const moves: Record<string, number> = {
      ArrowDown: 1,
      ArrowUp: -1,
      PageDown: page,
      PageUp: -page,
      Home: -this.rows.length,
      End: this.rows.length,
    };
    const move = moves[event.key];
    if (move !== undefined) this.moveTo(this.active + move, event.shiftKey);
    else if (!this.act(event.key)) return;
    event.preventDefault();
  }

  /** Does what a key means for the line it is on; false where it means nothing. */
  private act(key: string): boolean {
    const line = this.rows.line(this.active);
    if (line.kind === 'group') {
      if (!['Enter', ' ', 'ArrowRight', 'ArrowLeft'].includes(key)) return false;
      const wanted = key === 'ArrowRight' ? true : key === 'ArrowLeft' ? false : !line.isOpen;
      if (wanted !== line.isOpen) this.rows.toggle(line.group);
      return true;
    }
    if (line.kind !== 'row') return false;
    if (key === 'Enter') this.dispatchEvent(new RowOpenEvent(line.row.id));
    else if (key === ' ') this.tick(this.active, line.row);
    else return false;
    return true;
  }

  private moveTo(index: number, extend: boolean): void {
    this.active = Math.max(0, Math.min(this.rows.length - 1, index));
    this.goTo(this.scroller.reveal(this.active, this.depth));
    this.lightActive();
    if (extend) void this.tickRange();
    else this.#anchor = this.active;
  }

  private tick(index: number, row: TableRow): void {
    this.choice.set([row.id], !this.choice.has(row.id));
    this.#anchor = index;
  }

  private onTick(event: MouseEvent, index: number, row: TableRow): void {
    event.stopPropagation();
    this.active = index;
    if (event.shiftKey) void this.tickRange();
    else this.tick(index, row);
  }

  private onClick(event: MouseEvent): void {
    const line = (event.target as HTMLElement).closest<HTMLElement>('.line');
    if (!line) return;
    this.active = Number(line.id.slice('line'.length));
    const shown = this.rows.line(this.active);
    if (shown.kind === 'group') this.rows.toggle(shown.group);
    else if (event.shiftKey) void this.tickRange();
    else this.#anchor = this.active;
  }

  private onLink(event: MouseEvent, row: TableRow): void {
    if (event.shiftKey || !isPlainClick(event)) return;
    event.preventDefault();
    this.dispatchEvent(new RowOpenEvent(row.id));
  }

  /** Ticks what lies between the start of the range and the active line, loaded or not. */
  private async tickRange(): Promise<void> {
    const first = Math.min(this.#anchor, this.active);
    const last = Math.min(Math.max(this.#anchor, this.active), first + longestRange - 1);
    const from = this.rows.placeOf(first);
    const to = this.rows.placeOf(last);
    if (!from || !to || JSON.stringify(from.input) !== JSON.stringify(to.input)) return;
    const loaded = this.loadedIds(first, last);
    if (loaded) {
      this.choice.set(loaded, true);
      return;
    }
    try {
      const part = { offset: Math.max(0, from.offset), limit: last - first + 1 };
      this.choice.set((await getTableIds(from.input, part)).ids, true);
    } catch (error) {
      toasts.show(messageOf(error), 'failed');
    }
  }

  private loadedIds(first: number, last: number): readonly number[] | undefined {
    if (last - first > 200) return undefined;
    const ids: number[] = [];
    for (let index = first; index <= last; index += 1) {
      const line = this.rows.line(index);
      if (line.kind === 'waiting') return undefined;
      if (line.kind === 'row') ids.push(line.row.id);
    }
    return ids;
  }

  private light(row: TableRow | null): void {
    this.dispatchEvent(new RowLightEvent(row));
  }

  private lightActive(): void {
    const line = this.rows.line(this.active);
    this.light(line.kind === 'row' ? line.row : null);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ct-account-table': CtAccountTable;
  }
}
