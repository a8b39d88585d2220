import { msg } from '@lit/localize';
import { css, html, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { getAccountSummary, listAccounts } from '../../api/accounts.js';
import { messageOf } from '../../api/api-error.js';
import type { AccountRow, AccountSort } from '../../../server/contract/accounts.js';
import { codeName, filterTitle, filterValueName } from '../../i18n/words.js';
import { formatCount, formatDay } from '../../lib/format.js';
import { appLocation } from '../../state/location.js';
import { preferences } from '../../state/preferences.js';
import { Resource } from '../../state/resource.js';
import { accountFilterQuery } from '../../state/slice-queries.js';
import { toasts } from '../../state/toasts.js';
import { filterNames } from '../../state/url-state.js';
import { signal } from '../../lib/signals.js';
import { CtElement } from '../../ui/ct-element.js';
import '../../ui/ct-icon.js';
import '../../ui/ct-skeleton.js';
import '../../ui/ct-state.js';
import { base, controls, page } from '../../ui/styles.js';
import './ct-export-menu.js';

interface Column {
  readonly title: () => string;
  readonly text: (row: AccountRow) => string;
  readonly sort?: 'name' | 'city' | 'customerSince' | 'updatedAt';
}

const columns: readonly Column[] = [
  { title: () => msg('Name'), text: (row) => row.name, sort: 'name' },
  { title: () => msg('Lifecycle'), text: (row) => codeName(row.lifecycle) },
  { title: () => msg('Segment'), text: (row) => row.segment ?? '' },
  {
    title: () => msg('City'),
    text: (row) => [row.postcode, row.city].filter(Boolean).join(' '),
    sort: 'city',
  },
  { title: () => msg('Region'), text: (row) => row.regionName ?? '' },
  {
    title: () => msg('Housing type'),
    text: (row) => (row.housingType ? codeName(row.housingType) : ''),
  },
  { title: () => msg('Placement'), text: (row) => codeName(row.placement) },
  {
    title: () => msg('Customer since'),
    text: (row) => (row.customerSince ? formatDay(row.customerSince, preferences.language) : ''),
    sort: 'customerSince',
  },
];

/** The accounts of the present slice as a list that grows as it is read, and to take out as a file. */
@customElement('ct-accounts')
export class CtAccounts extends CtElement {
  static override styles = [
    base,
    controls,
    page,
    css`
      th button {
        padding: 0;
        border: 0;
        background: none;
        font: inherit;
        color: inherit;
        cursor: pointer;
      }
      td {
        white-space: nowrap;
        max-width: 260px;
        overflow: hidden;
        text-overflow: ellipsis;
      }
      .chips {
        display: flex;
        flex-wrap: wrap;
        gap: 8px;
      }
      .more {
        padding: 12px 16px;
        display: flex;
        align-items: center;
        gap: 16px;
      }
    `,
  ];

  @state() private more: readonly AccountRow[] = [];
  @state() private nextCursor: string | null | undefined;
  @state() private loadingMore = false;

  readonly #sort = signal<AccountSort>('name');
  readonly #query = () => {
    const { filters, region } = appLocation.state;
    return { filter: accountFilterQuery(filters, region), sort: this.#sort.get() };
  };
  readonly #first = new Resource(this.#query, async (input, abort) => {
    this.more = [];
    this.nextCursor = undefined;
    return listAccounts(input, abort);
  });
  readonly #summary = new Resource(
    () => this.#query().filter,
    (filter, abort) => getAccountSummary(filter, abort),
  );

  override connectedCallback(): void {
    super.connectedCallback();
    this.#first.start();
    this.#summary.start();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#first.stop();
    this.#summary.stop();
  }

  override render() {
    const total = this.#first.value?.total;
    const summary = this.#summary.value;
    const locale = preferences.language;
    return html`<div class="page">
      <div class="page-head">
        <h1>${msg('Accounts')}</h1>
        <ct-export-menu .filter=${this.#query().filter} .total=${total}></ct-export-menu>
      </div>
      ${this.renderChips()}
      <p class="muted" role="status">
        ${
          total === undefined
            ? nothing
            : html`${formatCount(total, locale)}
              ${msg('accounts')}${
                summary
                  ? html` · ${formatCount(summary.notPlaced, locale)} ${msg('not placed')}`
                  : nothing
              }`
        }
      </p>
      <div class="card">${this.renderList()}</div>
    </div>`;
  }

  private renderChips() {
    const { filters, region } = appLocation.state;
    const active = filterNames.filter((name) => (filters[name]?.length ?? 0) > 0);
    if (active.length === 0 && region === null) return nothing;
    return html`<div class="chips">
      ${
        region === null
          ? nothing
          : this.renderChip(msg('In the region of the map'), () =>
              appLocation.navigate({ region: null }),
            )
      }
      ${active.map((name) =>
        this.renderChip(
          `${filterTitle(name)}: ${(filters[name] ?? []).map((value) => filterValueName(name, value)).join(', ')}`,
          () => appLocation.navigate({ filters: { ...filters, [name]: [] } }),
        ),
      )}
    </div>`;
  }

  private renderChip(text: string, drop: () => void) {
    return html`<button
      class="button"
      type="button"
      aria-label=${`${msg('Remove')}: ${text}`}
      @click=${drop}
    >
      ${text}<ct-icon name="close"></ct-icon>
    </button>`;
  }

  private renderList() {
    const { state } = this.#first;
    if (state.status === 'failed') {
      return html`<ct-state tone="failed" .heading=${msg('No accounts')} .text=${state.message}>
        <button class="button" type="button" @click=${() => this.#first.reload()}>
          ${msg('Try again')}
        </button>
      </ct-state>`;
    }
    if (!state.value) return html`<ct-skeleton lines="12"></ct-skeleton>`;
    const rows = [...state.value.items, ...this.more];
    if (rows.length === 0) return this.renderEmpty();
    return html`<div class="scroll-x" tabindex="0" role="region" aria-label=${msg('Accounts')}>
        <table>
          <thead>
            <tr>
              ${columns.map((column) => this.renderHead(column))}
            </tr>
          </thead>
          <tbody>
            ${rows.map((row) => this.renderRow(row))}
          </tbody>
        </table>
      </div>
      ${this.renderMore(rows.length, state.value.total)}`;
  }

  private renderEmpty() {
    return html`<ct-state
      icon="users"
      .heading=${msg('No accounts here')}
      .text=${msg('Drop a filter, or load accounts with: npm run catchment -- import accounts')}
    ></ct-state>`;
  }

  private renderHead({ title, sort }: Column) {
    if (!sort) return html`<th scope="col">${title()}</th>`;
    const now = this.#sort.get();
    const direction = now === sort ? 'ascending' : now === `-${sort}` ? 'descending' : 'none';
    return html`<th scope="col" aria-sort=${direction}>
      <button type="button" @click=${() => this.#sort.set(now === sort ? `-${sort}` : sort)}>
        ${title()} ${{ ascending: '↑', descending: '↓', none: '' }[direction]}
      </button>
    </th>`;
  }

  private renderRow(row: AccountRow) {
    return html`<tr>
      ${columns.map(({ text }, index) =>
        index === 0
          ? html`<td>
              <button class="link" type="button" @click=${() => this.show(row)}>
                ${text(row)}
              </button>
            </td>`
          : html`<td>${text(row)}</td>`,
      )}
    </tr>`;
  }

  private renderMore(shown: number, total: number) {
    const locale = preferences.language;
    return html`<div class="more">
      <span class="muted"
        >${formatCount(shown, locale)} / ${formatCount(total, locale)} ${msg('accounts')}</span
      >
      ${
        this.cursor
          ? html`<button
              class="button"
              type="button"
              ?disabled=${this.loadingMore}
              @click=${() => void this.loadMore()}
            >
              ${msg('Show more')}
            </button>`
          : nothing
      }
    </div>`;
  }

  private get cursor(): string | null {
    return this.nextCursor === undefined
      ? (this.#first.value?.nextCursor ?? null)
      : this.nextCursor;
  }

  private async loadMore(): Promise<void> {
    const input = this.#query();
    this.loadingMore = true;
    try {
      const page = await listAccounts({ ...input, cursor: this.cursor });
      if (JSON.stringify(input) !== JSON.stringify(this.#query())) return;
      this.more = [...this.more, ...page.items];
      this.nextCursor = page.nextCursor;
    } catch (error) {
      toasts.show(messageOf(error), 'failed');
    } finally {
      this.loadingMore = false;
    }
  }

  private show({ id, lon, lat }: AccountRow): void {
    const viewport =
      lon === null || lat === null ? appLocation.state.viewport : { lon, lat, zoom: 16 };
    appLocation.navigate({ screen: 'explore', account: id, feature: null, viewport });
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ct-accounts': CtAccounts;
  }
}
