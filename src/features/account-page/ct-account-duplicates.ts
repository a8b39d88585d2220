import { msg, str } from '@lit/localize';
import { css, html, nothing, type PropertyValues } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { getDuplicates, mergeAccounts, undoMerge } from '../../api/duplicates.js';
import { messageOf } from '../../api/api-error.js';
import type { Duplicate, Duplicates, MergeField } from '../../../server/contract/duplicates.js';
import { codeName } from '../../i18n/words.js';
import { formatCount, formatDay, formatDistance } from '../../lib/format.js';
import { signal } from '../../lib/signals.js';
import { AccountClickEvent } from '../../map/contract.js';
import { owners } from '../../state/owners.js';
import { preferences } from '../../state/preferences.js';
import { Resource } from '../../state/resource.js';
import { toasts } from '../../state/toasts.js';
import { CtElement } from '../../ui/ct-element.js';
import { base, controls } from '../../ui/styles.js';
import { fieldName } from './event-words.js';
import { storyStyles } from './story-styles.js';

/**
 * Accounts that may be the same as this one. Comparing shows every field that differs, to choose what stays; a
 * merge can be taken back here. Tells `ct-accounts-merged` when accounts are different.
 */
@customElement('ct-account-duplicates')
export class CtAccountDuplicates extends CtElement {
  static override styles = [
    base,
    controls,
    storyStyles,
    css`
      :host {
        display: block;
      }
      th {
        padding: 4px 12px 4px 0;
        font-size: 12px;
        font-weight: 500;
        text-align: left;
        color: var(--ink-2);
      }
      label {
        display: flex;
        gap: 6px;
        align-items: baseline;
        overflow-wrap: anywhere;
      }
      input[type='radio'] {
        accent-color: var(--accent);
      }
      .actions {
        display: flex;
        gap: 8px;
        margin-top: 10px;
      }
    `,
  ];

  @property({ attribute: false }) accountId = 0;
  @property({ attribute: false }) version = 0;

  @state() private compared: Duplicate | null = null;
  @state() private taken: ReadonlySet<MergeField> = new Set();
  @state() private busy = false;

  readonly #asked = signal({ id: 0, version: 0 });
  readonly #found = new Resource(
    () => (this.#asked.get().id > 0 ? this.#asked.get() : undefined),
    ({ id }, abort) => getDuplicates(id, abort),
  );

  override connectedCallback(): void {
    super.connectedCallback();
    this.#found.start();
    owners.start();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#found.stop();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('accountId')) this.compared = null;
    if (!changed.has('accountId') && !changed.has('version')) return;
    this.#asked.set({ id: this.accountId, version: this.version });
  }

  override render() {
    const found = this.#found.value;
    if (!found || (found.items.length === 0 && found.merges.length === 0)) return nothing;
    return html`<section class="card">
      <h2>${msg('Possible duplicates')}</h2>
      ${this.compared ? this.renderComparison(this.compared) : this.renderList(found)}
    </section>`;
  }

  private renderList({ items, merges }: Duplicates) {
    return html`<table>
      <tbody>
        ${items.map((item) => this.renderItem(item))}
        ${merges.map(
          ({ id, name, userName, mergedAt }) =>
            html`<tr>
              <td>${name}</td>
              <td class="muted" colspan="2">
                ${msg(str`Merged by ${userName}`)}, ${formatDay(mergedAt, preferences.language)}
              </td>
              <td class="number">
                <button
                  class="button"
                  type="button"
                  ?disabled=${this.busy}
                  @click=${() => void this.write(() => undoMerge(id))}
                >
                  ${msg('Undo')}
                </button>
              </td>
            </tr>`,
        )}
      </tbody>
    </table>`;
  }

  private renderItem(item: Duplicate) {
    const locale = preferences.language;
    return html`<tr>
      <td>
        <button
          class="link"
          type="button"
          @click=${() => this.dispatchEvent(new AccountClickEvent(item.id))}
        >
          ${item.name}
        </button>
      </td>
      <td class="muted">${item.reasons.map((reason) => reasonName(reason)).join(', ')}</td>
      <td class="number wide">
        ${item.distanceM === null ? '' : formatDistance(item.distanceM, locale)}
      </td>
      <td class="number">
        <button class="button" type="button" @click=${() => this.compare(item)}>
          ${msg('Compare')}
        </button>
      </td>
    </tr>`;
  }

  private renderComparison(item: Duplicate) {
    const orders = formatCount(item.orders, preferences.language);
    return html`<p class="muted">
        ${msg(str`Choose what stays. ${orders} orders come over, and the tags of both stay.`)}
      </p>
      <table>
        <thead>
          <tr>
            <th scope="col"></th>
            <th scope="col">${msg('This account')}</th>
            <th scope="col">${item.name}</th>
          </tr>
        </thead>
        <tbody>
          ${item.differences.map((difference) => this.renderDifference(difference))}
        </tbody>
      </table>
      <div class="actions">
        <button
          class="button primary"
          type="button"
          ?disabled=${this.busy}
          @click=${() => void this.merge(item)}
        >
          ${msg('Merge')}
        </button>
        <button class="button" type="button" @click=${() => (this.compared = null)}>
          ${msg('Cancel')}
        </button>
      </div>`;
  }

  private renderDifference({ field, own, other }: Duplicate['differences'][number]) {
    return html`<tr>
      <th scope="row">${fieldName(field)}</th>
      ${[own, other].map(
        (value, index) =>
          html`<td>
            <label>
              <input
                type="radio"
                name=${field}
                .checked=${this.taken.has(field) === (index === 1)}
                @change=${() => this.choose(field, index === 1)}
              />
              ${valueName(field, value)}
            </label>
          </td>`,
      )}
    </tr>`;
  }

  /** What this account does not have is taken from the other unless the person says otherwise. */
  private compare(item: Duplicate): void {
    const missing = item.differences.filter(({ own }) => own === null || own === '');
    this.taken = new Set(missing.map(({ field }) => field));
    this.compared = item;
  }

  private choose(field: MergeField, fromOther: boolean): void {
    const taken = new Set(this.taken);
    if (fromOther) taken.add(field);
    else taken.delete(field);
    this.taken = taken;
  }

  private async merge(item: Duplicate): Promise<void> {
    const body = { otherId: item.id, take: [...this.taken] };
    await this.write(() => mergeAccounts(this.accountId, body));
  }

  private async write(change: () => Promise<unknown>): Promise<void> {
    this.busy = true;
    try {
      await change();
      this.compared = null;
      this.#found.reload();
      this.dispatchEvent(new Event('ct-accounts-merged'));
    } catch (error) {
      toasts.show(messageOf(error), 'failed');
    } finally {
      this.busy = false;
    }
  }
}

function reasonName(reason: Duplicate['reasons'][number]): string {
  return { email: msg('Same e-mail'), phone: msg('Same phone'), name: msg('Like name, near by') }[
    reason
  ];
}

function valueName(field: MergeField, value: string | null): string {
  if (value === null || value === '') return '–';
  if (field === 'owner_id') return owners.nameOf(value) ?? value;
  return field === 'lifecycle' || field === 'kind' ? codeName(value) : value;
}

declare global {
  interface HTMLElementTagNameMap {
    'ct-account-duplicates': CtAccountDuplicates;
  }
  interface HTMLElementEventMap {
    'ct-accounts-merged': Event;
  }
}
