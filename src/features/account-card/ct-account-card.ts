import { msg, str } from '@lit/localize';
import { html, nothing, type PropertyValues } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { getAccount, updateAccount } from '../../api/accounts.js';
import { messageOf } from '../../api/api-error.js';
import type { AccountDetail, AccountPatch } from '../../../server/contract/accounts.js';
import { codeName } from '../../i18n/words.js';
import { formatCount, formatDay, formatDistance, formatFigure } from '../../lib/format.js';
import { AccountClickEvent, type MapPin } from '../../map/contract.js';
import { signal } from '../../lib/signals.js';
import { explore } from '../../state/explore.js';
import { appLocation } from '../../state/location.js';
import { preferences } from '../../state/preferences.js';
import { Resource } from '../../state/resource.js';
import { sessionStore } from '../../state/session.js';
import { toasts } from '../../state/toasts.js';
import { CtElement } from '../../ui/ct-element.js';
import '../../ui/ct-icon.js';
import '../../ui/ct-kpi.js';
import '../../ui/ct-skeleton.js';
import '../../ui/ct-state.js';
import { base, controls } from '../../ui/styles.js';
import './ct-account-form.js';
import type { AccountSaveEvent } from './ct-account-form.js';
import { cardStyles } from './card-styles.js';
import { factList, type Fact } from './facts.js';
import { PlaceAccountEvent } from './place-account-event.js';

/** One account with everything that matching found, its sales, and the ways to correct it. */
@customElement('ct-account-card')
export class CtAccountCard extends CtElement {
  static override styles = [base, controls, cardStyles];

  @property({ attribute: false }) accountId = 0;
  /** Whether the card stands on a page of its own. */
  @property({ type: Boolean }) page = false;
  /** Where the pin was dragged to while the account is being moved; null otherwise. */
  @property({ attribute: false }) movedTo: MapPin | null = null;

  @state() private editing = false;
  @state() private saving = false;
  @state() private formError: unknown = null;

  readonly #id = signal(0);
  readonly #account = new Resource(
    () => (this.#id.get() > 0 ? this.#id.get() : undefined),
    (id, abort) => getAccount(id, abort),
  );
  #announced: AccountDetail | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#account.start();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#account.stop();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('accountId')) return;
    this.#id.set(this.accountId);
    this.editing = false;
  }

  protected override updated(changed: PropertyValues<this>): void {
    super.updated(changed);
    const account = this.current;
    if (!account || account === this.#announced) return;
    const isNew = account.id !== this.#announced?.id;
    this.#announced = account;
    this.dispatchEvent(new PlaceAccountEvent(toPin(account, false), isNew));
  }

  /** Shows the account as it is by now. */
  reload(): void {
    this.#account.reload();
  }

  override render() {
    const { state } = this.#account;
    if (state.status === 'failed') return this.renderFailure(state.message);
    const account = this.current;
    if (!account) return html`<ct-skeleton lines="12"></ct-skeleton>`;
    return html`
      ${this.renderHead(account)}
      <div class="body">
        ${this.movedTo ? this.renderMoving(account) : nothing}
        ${
          this.editing
            ? html`<ct-account-form
                .account=${account}
                .failure=${this.formError}
                ?busy=${this.saving}
                @ct-account-save=${(event: AccountSaveEvent) => void this.save(event.changes)}
                @ct-cancel=${() => (this.editing = false)}
              ></ct-account-form>`
            : this.renderFacts(account)
        }
      </div>
    `;
  }

  /** The account of the present id; an older one does not show while the next is loading. */
  private get current(): AccountDetail | undefined {
    const account = this.#account.value;
    return account?.id === this.accountId ? account : undefined;
  }

  private renderHead(account: AccountDetail) {
    return html`<header>
      <div>
        <h2>${account.name}</h2>
        <div class="tags">
          <span class="tag accent">${codeName(account.lifecycle)}</span>
          <span class="tag">${codeName(account.kind)}</span>
          ${account.segment ? html`<span class="tag">${account.segment}</span>` : nothing}
        </div>
      </div>
      ${
        this.editing
          ? nothing
          : html`<button
              class="icon-button"
              type="button"
              aria-label=${msg('Edit')}
              title=${msg('Edit')}
              @click=${() => this.startEditing()}
            >
              <ct-icon name="pencil"></ct-icon>
            </button>`
      }
      <button
        class="icon-button"
        type="button"
        aria-label=${msg('Close')}
        title=${msg('Close')}
        @click=${() => this.dispatchEvent(new Event('ct-close'))}
      >
        <ct-icon name="close"></ct-icon>
      </button>
    </header>`;
  }

  private renderMoving(account: AccountDetail) {
    return html`<section>
      <p>${msg('Drag the pin to where the account is. Imports then leave it there.')}</p>
      <div class="actions">
        <button
          class="button primary"
          type="button"
          ?disabled=${this.saving}
          @click=${() => void this.saveMove()}
        >
          ${msg('Put it here')}
        </button>
        <button
          class="button"
          type="button"
          @click=${() => this.dispatchEvent(new PlaceAccountEvent(toPin(account, false), false))}
        >
          ${msg('Cancel')}
        </button>
      </div>
    </section>`;
  }

  private renderFacts(account: AccountDetail) {
    return html`
      ${this.renderSales(account)}
      <section>
        <h3>${msg('Where')}</h3>
        ${factList(this.placeFacts(account))}
        ${
          this.movedTo
            ? nothing
            : html`<div class="actions">
                <button class="button" type="button" @click=${() => this.startMoving(account)}>
                  <ct-icon name="move"></ct-icon>${
                    account.lon === null ? msg('Put on the map') : msg('Move the pin')
                  }
                </button>
              </div>`
        }
      </section>
      <section>
        <h3>${msg('Surroundings')}</h3>
        ${factList(surroundingFacts(account))}
      </section>
      <section>
        <h3>${msg('Contact')}</h3>
        ${factList(contactFacts(account))}
      </section>
      ${this.renderRecent(account)} ${this.renderNeighbours(account)}
    `;
  }

  private renderSales({ sales }: AccountDetail) {
    const money = this.moneyFormat;
    return html`<div class="tiles">
      <ct-kpi .label=${msg('Revenue')} .value=${formatFigure(sales.revenue, money)}></ct-kpi>
      <ct-kpi
        .label=${msg('Orders')}
        .value=${formatCount(sales.orders, preferences.language)}
      ></ct-kpi>
      <ct-kpi
        .label=${msg('Average order')}
        .value=${formatFigure(sales.averageOrder, money)}
      ></ct-kpi>
    </div>`;
  }

  private renderRecent({ recentSales }: AccountDetail) {
    if (recentSales.length === 0) return nothing;
    return html`<section>
      <h3>${msg('Recent orders')}</h3>
      <table class="lines">
        <tbody>
          ${recentSales.map(
            (sale) =>
              html`<tr>
                <td>${formatDay(sale.orderedAt, preferences.language)}</td>
                <td class="muted">${sale.channel ? codeName(sale.channel) : ''}</td>
                <td class="number">${formatFigure(sale.revenue, this.moneyFormat)}</td>
              </tr>`,
          )}
        </tbody>
      </table>
    </section>`;
  }

  private renderNeighbours({ neighbours }: AccountDetail) {
    if (neighbours.length === 0) return nothing;
    return html`<section>
      <h3>${msg('Nearest accounts')}</h3>
      <table class="lines">
        <tbody>
          ${neighbours.map(
            ({ id, name, lifecycle, distanceM }) =>
              html`<tr>
                <td>
                  <button class="link" type="button" @click=${() => this.openOther(id)}>
                    ${name}
                  </button>
                </td>
                <td class="muted">${codeName(lifecycle)}</td>
                <td class="number">${formatDistance(distanceM, preferences.language)}</td>
              </tr>`,
          )}
        </tbody>
      </table>
    </section>`;
  }

  /** On its own page the account is that of the page, elsewhere of the address. */
  private openOther(id: number): void {
    if (this.page) this.dispatchEvent(new AccountClickEvent(id));
    else appLocation.navigate({ account: id });
  }

  private renderFailure(message: string) {
    return html`<ct-state
      tone="failed"
      .heading=${msg('The account cannot be shown')}
      .text=${message}
    >
      <button class="button" type="button" @click=${() => this.#account.reload()}>
        ${msg('Try again')}
      </button>
      <button
        class="button"
        type="button"
        @click=${() => this.dispatchEvent(new Event('ct-close'))}
      >
        ${msg('Close')}
      </button>
    </ct-state>`;
  }

  private placeFacts(account: AccountDetail): Fact[] {
    const street = [account.street, account.houseNumber].filter(Boolean).join(' ');
    const town = [account.postcode, account.city].filter(Boolean).join(' ');
    const region = account.regionPath.slice(1).map(({ name }) => name);
    return [
      [msg('Address'), [street, town].filter(Boolean).join(', ')],
      [msg('Region'), region.join(' › ') || msg('In no region')],
      [msg('Region by postcode'), postcodeDifference(account)],
      [msg('Placement'), placementText(account)],
      [msg('Owner'), account.ownerName],
    ];
  }

  private get moneyFormat() {
    const { currency } = sessionStore.current.project;
    return { kind: 'currency', currency, locale: preferences.language } as const;
  }

  private startEditing(): void {
    this.formError = null;
    this.editing = true;
  }

  /** An account without a point starts from the middle of what the map shows. */
  private startMoving(account: AccountDetail): void {
    const middle = appLocation.state.viewport;
    const pin = toPin(account, true) ?? (middle && { ...middle, draggable: true });
    this.dispatchEvent(new PlaceAccountEvent(pin, account.lon !== null));
  }

  private async saveMove(): Promise<void> {
    if (!this.movedTo) return;
    const { lon, lat } = this.movedTo;
    await this.save({ point: [lon, lat] });
    if (this.formError !== null) toasts.show(messageOf(this.formError), 'failed');
  }

  private async save(changes: AccountPatch): Promise<void> {
    this.saving = true;
    this.formError = null;
    try {
      await updateAccount(this.accountId, changes);
      this.editing = false;
      this.#account.reload();
      explore.reload();
      toasts.show(msg('Saved. Imports leave what you changed as it is.'));
    } catch (error) {
      this.formError = error;
    } finally {
      this.saving = false;
    }
  }
}

function toPin({ lon, lat }: AccountDetail, draggable: boolean): MapPin | null {
  return lon === null || lat === null ? null : { lon, lat, draggable };
}

function placementText(account: AccountDetail): string {
  const locked = account.placementLocked ? msg('set by hand') : '';
  return [codeName(account.placement), account.placementSource, locked].filter(Boolean).join(' · ');
}

/** The region of the postcode, only where it is not the one on the map. */
function postcodeDifference(account: AccountDetail): string | null {
  const byPostcode = account.postcodeRegionPath.at(-1);
  const agrees = account.regionPath.some(({ id }) => id === byPostcode?.id);
  return byPostcode && !agrees && byPostcode.level > 0 ? byPostcode.name : null;
}

function surroundingFacts({
  building,
  housingType,
  road,
  zone,
  populationDensityKm2,
}: AccountDetail): Fact[] {
  const locale = preferences.language;
  const density = populationDensityKm2 === null ? '' : formatCount(populationDensityKm2, locale);
  return [
    [msg('Housing type'), housingType && codeName(housingType)],
    [msg('Built in'), building?.year?.toString()],
    [msg('Storeys'), building?.levels?.toString()],
    [msg('Nearest road'), road && [road.name, codeName(road.class)].filter(Boolean).join(', ')],
    [msg('Road condition'), road && codeName(road.condition)],
    [
      msg('Distance to road'),
      road && road.distanceM !== null ? formatDistance(road.distanceM, locale) : null,
    ],
    [msg('Business zone'), zone && zoneText(zone, locale)],
    [msg('Population'), density && msg(str`${density} per km²`)],
  ];
}

function zoneText(zone: NonNullable<AccountDetail['zone']>, locale: string): string {
  const name = [zone.name, codeName(zone.kind)].filter(Boolean).join(', ');
  if (zone.distanceM === null) return name;
  if (zone.distanceM === 0) return `${name} (${msg('inside')})`;
  const distance = formatDistance(zone.distanceM, locale);
  return `${name} (${distance})`;
}

function contactFacts(account: AccountDetail): Fact[] {
  const locale = preferences.language;
  const day = (text: string | null) => text && formatDay(text, locale);
  return [
    [msg('Phone'), account.phone],
    [msg('E-mail'), account.email],
    [msg('Website'), account.website],
    [msg('Customer since'), day(account.customerSince)],
    [msg('Lead since'), day(account.leadSince)],
    [msg('Former since'), day(account.formerSince)],
    [msg('External id'), account.externalId],
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'ct-account-card': CtAccountCard;
  }
}
