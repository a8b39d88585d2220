import { msg, str } from '@lit/localize';
import { html, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { classMap } from 'lit/directives/class-map.js';
import { getAccountSummary } from '../../api/accounts.js';
import type { TableGroup, TableRow } from '../../../server/contract/account-table.js';
import { formatCount } from '../../lib/format.js';
import { signal, watchSignals } from '../../lib/signals.js';
import type { Bbox, LonLat, ViewportChangeEvent } from '../../map/contract.js';
import { appLocation } from '../../state/location.js';
import { preferences } from '../../state/preferences.js';
import { Resource } from '../../state/resource.js';
import { RowChoice } from '../../state/row-choice.js';
import { accountFilterQuery } from '../../state/slice-queries.js';
import { TableRows, type TableQuery } from '../../state/table-rows.js';
import {
  tableColumns,
  toColumns,
  type TableColumn,
  type TableState,
} from '../../state/table-url.js';
import { CtElement } from '../../ui/ct-element.js';
import '../../ui/ct-icon.js';
import '../../ui/ct-picker.js';
import type { PickEvent } from '../../ui/ct-picker.js';
import '../../ui/ct-skeleton.js';
import '../../ui/ct-state.js';
import { NarrowController } from '../../ui/narrow-controller.js';
import { base, controls } from '../../ui/styles.js';
import type { BulkTarget } from '../../../server/contract/bulk-edits.js';
import '../account-page/ct-account-page.js';
import '../bulk-edit/ct-bulk-edit.js';
import '../filters/ct-filter-chips.js';
import { accountsStyles } from './accounts-styles.js';
import './ct-account-table.js';
import './ct-accounts-map.js';
import './ct-export-menu.js';
import { groupChoices, groupTitle } from './group-names.js';
import { columnViews, usualColumns } from './table-columns.js';
import type { RowLightEvent, RowOpenEvent, TableSortEvent } from './table-events.js';

const mapPanel = 'accounts-map';
const keptColumns = 'accounts.columns';
const typingMs = 250;
const noGroup = 'none';

/** The accounts of the present slice as a table beside the map; each shows what the other is filtered by. */
@customElement('ct-accounts')
export class CtAccounts extends CtElement {
  static override styles = [base, controls, accountsStyles];

  @state() private lit: LonLat | null = null;
  /** Whether the ticked accounts are being changed. */
  @state() private edits = false;
  @state() private showsMap = !preferences.isFolded(mapPanel);

  private readonly narrow = new NarrowController(this);
  readonly #rows = new TableRows();
  readonly #choice = new RowChoice();
  readonly #bounds = signal<Bbox | null>(null);
  readonly #summary = new Resource(
    () => this.#filter,
    (filter, abort) => getAccountSummary(filter, abort),
  );
  #stop: (() => void) | undefined;
  #typing: ReturnType<typeof setTimeout> | undefined;
  #shown = '';
  #chosenFrom = '';

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.narrow.matches) this.showsMap = false;
    this.#summary.start();
    this.#stop = watchSignals(() => {
      const query = this.#query;
      const key = JSON.stringify(query);
      if (key === this.#shown) return;
      this.#shown = key;
      queueMicrotask(() => this.show(query));
    });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stop?.();
    this.#summary.stop();
    this.#rows.stop();
    this.#shown = '';
  }

  override render() {
    const { section } = appLocation.state;
    if (section !== null && /^[1-9]\d{0,14}$/.test(section)) {
      return html`<ct-account-page .accountId=${Number(section)}></ct-account-page>`;
    }
    return this.renderScreen();
  }

  private renderScreen() {
    return html`
      <div class="bar">
        <h1>${msg('Accounts')}</h1>
        <p class="status" role="status">${this.renderCounts()}</p>
        ${this.renderColumnPicker()}
        <button
          class="button toggle"
          type="button"
          aria-pressed=${this.showsMap ? 'true' : 'false'}
          @click=${() => this.toggleMap()}
        >
          <ct-icon name="map"></ct-icon>${msg('Map')}
        </button>
        <ct-export-menu .filter=${this.#filter} .total=${this.#rows.total}></ct-export-menu>
      </div>
      <div class="chips">
        ${this.renderFind()} ${this.renderGroupPicker()} ${this.renderInMap()}
        ${this.renderRegion()}<ct-filter-chips></ct-filter-chips>
      </div>
      ${this.renderSplit()}
    `;
  }

  private renderCounts() {
    const { total } = this.#rows;
    const summary = this.#summary.value;
    if (total === undefined) return nothing;
    const locale = preferences.language;
    const notPlaced = summary ? formatCount(summary.notPlaced, locale) : '';
    const accounts = formatCount(total, locale);
    return html`${msg(str`${accounts} accounts`)}${
      notPlaced ? html` · ${msg(str`${notPlaced} not placed`)}` : nothing
    }`;
  }

  private renderFind() {
    return html`<div class="find" role="search">
      <ct-icon name="search"></ct-icon>
      <input
        class="input"
        type="search"
        aria-label=${msg('Find in the table')}
        placeholder=${msg('Name, city, postcode or number')}
        .value=${appLocation.state.table.find}
        @input=${this.onType}
      />
    </div>`;
  }

  private renderGroupPicker() {
    const { group } = appLocation.state.table;
    const none = { value: noGroup, label: msg('Nothing') };
    return html`<ct-picker
      .label=${msg('Group by')}
      .display=${(group && groupTitle(group)) ?? msg('Nothing')}
      .options=${[none, ...groupChoices()]}
      .selected=${[group ?? noGroup]}
      ?removable=${group !== null}
      @ct-pick=${({ values }: PickEvent) => this.setTable({ group: toGroup(values[0]) })}
      @ct-remove=${() => this.setTable({ group: null })}
    ></ct-picker>`;
  }

  private renderColumnPicker() {
    return html`<ct-picker
      multiple
      .label=${msg('Columns')}
      .display=${String(this.columns.length + 1)}
      .options=${tableColumns.map((column) => ({
        value: column,
        label: columnViews[column].title(),
      }))}
      .selected=${this.columns}
      @ct-pick=${({ values }: PickEvent) => this.chooseColumns(values)}
    ></ct-picker>`;
  }

  private renderInMap() {
    if (!this.showsMap) return nothing;
    const { inMap } = appLocation.state.table;
    return html`<button
      class="button toggle"
      type="button"
      aria-pressed=${inMap ? 'true' : 'false'}
      @click=${() => this.setTable({ inMap: !inMap })}
    >
      ${msg('Only what the map shows')}
    </button>`;
  }

  private renderRegion() {
    if (appLocation.state.region === null) return nothing;
    const text = msg('In the region of the map');
    return html`<button
      class="button"
      type="button"
      aria-label=${`${msg('Remove')}: ${text}`}
      @click=${() => appLocation.navigate({ region: null })}
    >
      ${text}<ct-icon name="close"></ct-icon>
    </button>`;
  }

  private renderSplit() {
    const isAlone = !this.showsMap || this.narrow.matches;
    return html`<div class=${classMap({ split: true, alone: isAlone })}>
      ${
        this.showsMap && this.narrow.matches
          ? nothing
          : html`<div class="table">
              <div>${this.renderChoice()}</div>
              ${this.renderTable()}
            </div>`
      }
      ${
        this.showsMap
          ? html`<ct-accounts-map
              .filter=${this.#mapFilter}
              .highlight=${this.lit}
              @ct-row-open=${this.onOpen}
              @ct-viewport-change=${this.onViewport}
            ></ct-accounts-map>`
          : nothing
      }
    </div>`;
  }

  private renderChoice() {
    const count = this.#choice.count(this.#rows.total ?? 0);
    if (this.edits) {
      return html`<ct-bulk-edit
        .target=${this.#target}
        .count=${count}
        @ct-bulk-done=${() => this.reload()}
        @ct-close=${() => (this.edits = false)}
      ></ct-bulk-edit>`;
    }
    if (count === 0) return nothing;
    const chosen = formatCount(count, preferences.language);
    return html`<div class="choice">
      <span role="status">${msg(str`${chosen} accounts chosen`)}</span>
      <button class="button primary" type="button" @click=${() => (this.edits = true)}>
        <ct-icon name="pencil"></ct-icon>${msg('Change them')}
      </button>
      <button class="button" type="button" @click=${() => this.#choice.clear()}>
        ${msg('Choose none')}
      </button>
    </div>`;
  }

  private renderTable() {
    const { failure, total } = this.#rows;
    if (failure !== null) {
      return html`<ct-state
        class="instead"
        tone="failed"
        .heading=${msg('No accounts')}
        .text=${failure}
      >
        <button class="button" type="button" @click=${() => this.show(this.#query)}>
          ${msg('Try again')}
        </button>
      </ct-state>`;
    }
    if (total === undefined) return html`<ct-skeleton class="instead" lines="12"></ct-skeleton>`;
    if (total === 0) return this.renderEmpty();
    return html`<ct-account-table
      .rows=${this.#rows}
      .choice=${this.#choice}
      .columns=${this.columns}
      .sort=${appLocation.state.table.sort}
      @ct-table-sort=${(event: TableSortEvent) => this.setTable({ sort: event.sort })}
      @ct-row-light=${this.onLight}
      @ct-row-open=${this.onOpen}
    ></ct-account-table>`;
  }

  private renderEmpty() {
    return html`<ct-state
      class="instead"
      icon="users"
      .heading=${msg('No accounts here')}
      .text=${msg('Drop a filter, or load accounts with: npm run catchment -- import accounts')}
    ></ct-state>`;
  }

  /** Columns of the address, else those this person chose last, else the usual ones. */
  private get columns(): readonly TableColumn[] {
    const { columns } = appLocation.state.table;
    return columns ?? toColumns(preferences.kept(keptColumns)) ?? usualColumns;
  }

  /** The account filter without the box of the map, which the map itself must not take. */
  get #mapFilter(): string {
    const { filters, region, table } = appLocation.state;
    const filter = new URLSearchParams(accountFilterQuery(filters, region));
    if (table.find.trim() !== '') filter.set('q', table.find.trim());
    return filter.toString();
  }

  get #filter(): string {
    const bounds = this.#bounds.get();
    const filter = new URLSearchParams(this.#mapFilter);
    if (appLocation.state.table.inMap && bounds) filter.set('bounds', bounds.join(','));
    return filter.toString();
  }

  get #query(): TableQuery {
    const { sort, group } = appLocation.state.table;
    return { filter: this.#filter, sort, group };
  }

  /** What is ticked, as a change of many accounts takes it. */
  get #target(): BulkTarget {
    const ids = [...this.#choice.ids];
    return this.#choice.isAll ? { filter: this.#chosenFrom, except: ids } : { ids };
  }

  private reload(): void {
    void this.#rows.show(this.#query);
    this.#summary.reload();
  }

  private show(query: TableQuery): void {
    if (query.filter !== this.#chosenFrom) {
      this.#choice.clear();
      this.edits = false;
    }
    this.#chosenFrom = query.filter;
    void this.#rows.show(query);
  }

  private setTable(patch: Partial<TableState>): void {
    appLocation.navigate({ table: { ...appLocation.state.table, ...patch } });
  }

  private chooseColumns(values: readonly string[]): void {
    const columns = tableColumns.filter((column) => values.includes(column));
    preferences.keep(keptColumns, columns.join(','));
    this.setTable({ columns });
  }

  private toggleMap(): void {
    this.showsMap = !this.showsMap;
    this.lit = null;
    if (!this.narrow.matches) preferences.setFolded(mapPanel, !this.showsMap);
    if (!this.showsMap && appLocation.state.table.inMap) this.setTable({ inMap: false });
  }

  private onType(event: Event): void {
    const find = (event.target as HTMLInputElement).value;
    clearTimeout(this.#typing);
    this.#typing = setTimeout(() => {
      appLocation.replace({ table: { ...appLocation.state.table, find } });
    }, typingMs);
  }

  private onLight({ row }: RowLightEvent): void {
    this.lit = row ? placeOf(row) : null;
  }

  private onOpen({ id }: RowOpenEvent): void {
    appLocation.navigate({ screen: 'accounts', section: String(id) });
  }

  private onViewport(event: ViewportChangeEvent): void {
    appLocation.replace({ viewport: event.viewport });
    this.#bounds.set(event.bounds);
  }
}

function placeOf({ lon, lat }: TableRow): LonLat | null {
  return lon === null || lat === null ? null : { lon, lat };
}

function toGroup(value: string | undefined): TableGroup | null {
  return groupChoices().find((choice) => choice.value === value)?.value ?? null;
}

declare global {
  interface HTMLElementTagNameMap {
    'ct-accounts': CtAccounts;
  }
}
