import { msg, str } from '@lit/localize';
import { css, html, nothing, type PropertyValues } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { styleMap } from 'lit/directives/style-map.js';
import { getAccountStory } from '../../api/accounts.js';
import type { AccountEvent, AccountStory } from '../../../server/contract/account-story.js';
import { codeName } from '../../i18n/words.js';
import {
  formatCount,
  formatDay,
  formatDistance,
  formatFigure,
  formatMonth,
} from '../../lib/format.js';
import { signal } from '../../lib/signals.js';
import { AccountClickEvent } from '../../map/contract.js';
import { owners } from '../../state/owners.js';
import { preferences } from '../../state/preferences.js';
import { Resource } from '../../state/resource.js';
import { sessionStore } from '../../state/session.js';
import { CtElement } from '../../ui/ct-element.js';
import '../../ui/ct-skeleton.js';
import '../../ui/ct-state.js';
import { base, controls } from '../../ui/styles.js';
import { eventTitle, fieldName } from './event-words.js';
import { storyStyles } from './story-styles.js';

/** What an account brought in month by month, what it bought, who is like it, and all that happened to it. */
@customElement('ct-account-story')
export class CtAccountStory extends CtElement {
  static override styles = [
    base,
    controls,
    storyStyles,
    css`
      :host {
        display: grid;
        gap: 16px;
        min-width: 0;
      }
    `,
  ];

  @property({ attribute: false }) accountId = 0;
  /** Another one has the story read again. */
  @property({ attribute: false }) version = 0;

  readonly #asked = signal({ id: 0, version: 0 });
  readonly #story = new Resource(
    () => (this.#asked.get().id > 0 ? this.#asked.get() : undefined),
    ({ id }, abort) => getAccountStory(id, abort),
  );

  override connectedCallback(): void {
    super.connectedCallback();
    this.#story.start();
    owners.start();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#story.stop();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('accountId') && !changed.has('version')) return;
    this.#asked.set({ id: this.accountId, version: this.version });
  }

  override render() {
    const { state } = this.#story;
    // The card beside it says what is wrong where there is no such account.
    if (state.status === 'failed') return nothing;
    if (!state.value) return html`<ct-skeleton lines="8"></ct-skeleton>`;
    return html`${this.renderTrend(state.value)} ${this.renderProducts(state.value)}
    ${this.renderSimilar(state.value)} ${this.renderHistory(state.value)}`;
  }

  private renderTrend({ months }: AccountStory) {
    const most = Math.max(...months.map(({ revenue }) => revenue), 0);
    const locale = preferences.language;
    const last12 = sum(months.slice(-12).map(({ revenue }) => revenue));
    const before = sum(months.slice(-24, -12).map(({ revenue }) => revenue));
    return html`<section class="card">
      <h2>${msg('Value and trend')}</h2>
      <p class="muted">
        ${msg(str`${this.money(last12)} in the last 12 months, ${this.money(before)} in the 12 before`)}
      </p>
      <ol class="months">
        ${months.map(
          ({ month, revenue, orders }) =>
            html`<li
              title=${`${formatMonth(month, locale)}: ${this.money(revenue)}, ${formatCount(orders, locale)} ${msg('Orders')}`}
            >
              <span
                class="bar"
                style=${styleMap({ height: most > 0 ? `${Math.max(0, (revenue / most) * 100)}%` : '0' })}
              ></span>
              <span class="visually-hidden"
                >${formatMonth(month, locale)}: ${this.money(revenue)}</span
              >
            </li>`,
        )}
      </ol>
      <p class="axis muted" aria-hidden="true">
        <span>${formatMonth(months[0]?.month ?? '2000-01', locale)}</span>
        <span>${formatMonth(months.at(-1)?.month ?? '2000-01', locale)}</span>
      </p>
    </section>`;
  }

  private renderProducts({ products }: AccountStory) {
    if (products.length === 0) return nothing;
    return html`<section class="card">
      <h2>${msg('Bought most')}</h2>
      <table>
        <tbody>
          ${products.map(
            ({ name, category, revenue, lastOrderedAt }) =>
              html`<tr>
                <td>${name}</td>
                <td class="muted wide">${category ?? ''}</td>
                <td class="muted wide">${formatDay(lastOrderedAt, preferences.language)}</td>
                <td class="number">${this.money(revenue)}</td>
              </tr>`,
          )}
        </tbody>
      </table>
    </section>`;
  }

  private renderSimilar({ similar }: AccountStory) {
    if (similar.length === 0) return nothing;
    return html`<section class="card">
      <h2>${msg('Similar accounts')}</h2>
      <p class="muted">
        ${msg('The nearest of the same kind, segment, housing type and kind of business zone')}
      </p>
      <table>
        <tbody>
          ${similar.map(
            ({ id, name, lifecycle, distanceM, revenue12m }) =>
              html`<tr>
                <td>
                  <button
                    class="link"
                    type="button"
                    @click=${() => this.dispatchEvent(new AccountClickEvent(id))}
                  >
                    ${name}
                  </button>
                </td>
                <td class="muted wide">${codeName(lifecycle)}</td>
                <td class="number">${formatDistance(distanceM, preferences.language)}</td>
                <td class="number">${this.money(revenue12m)}</td>
              </tr>`,
          )}
        </tbody>
      </table>
    </section>`;
  }

  private renderHistory({ events }: AccountStory) {
    return html`<section class="card">
      <h2>${msg('History')}</h2>
      <ol class="events">
        ${events.map((event) => this.renderEvent(event))}
      </ol>
    </section>`;
  }

  private renderEvent(event: AccountEvent) {
    const { at, kind, who, fields, revenue } = event;
    return html`<li class=${kind}>
      <time datetime=${at}>${formatDay(at, preferences.language)}</time>
      <div>
        <span
          >${eventTitle(event)}${who ? html` · <span class="muted">${who}</span>` : nothing}</span
        >
        ${fields.map(
          ({ field, before, after }) =>
            html`<div class="change">
              <span class="muted">${fieldName(field)}</span>
              <del>${this.valueText(field, before)}</del> →
              <ins>${this.valueText(field, after)}</ins>
            </div>`,
        )}
      </div>
      ${revenue === null ? nothing : html`<span class="number">${this.money(revenue)}</span>`}
    </li>`;
  }

  private valueText(field: string, value: string | null): string {
    if (value === null || value === '') return '–';
    if (field === 'owner_id') return owners.nameOf(value) ?? value;
    return field === 'lifecycle' || field === 'kind' ? codeName(value) : value;
  }

  private money(value: number): string {
    const { currency } = sessionStore.current.project;
    return formatFigure(value, { kind: 'currency', currency, locale: preferences.language });
  }
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

declare global {
  interface HTMLElementTagNameMap {
    'ct-account-story': CtAccountStory;
  }
}
