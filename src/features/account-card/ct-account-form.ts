import { msg } from '@lit/localize';
import { html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { ApiError, messageOf } from '../../api/api-error.js';
import type { AccountDetail, AccountPatch } from '../../../server/contract/accounts.js';
import { codeName } from '../../i18n/words.js';
import { CtElement } from '../../ui/ct-element.js';
import '../../ui/ct-icon.js';
import { base, controls } from '../../ui/styles.js';
import { cardStyles } from './card-styles.js';

const lifecycles = ['lead', 'prospect', 'customer', 'former'] as const;

/** Fields that are plain text, as the form shows them. */
const textFields = [
  'segment',
  'phone',
  'email',
  'website',
  'street',
  'houseNumber',
  'postcode',
  'city',
] as const;
type TextField = (typeof textFields)[number];

/** Tells the fields that a person changed, and only those: they become locked. */
export class AccountSaveEvent extends Event {
  static readonly type = 'ct-account-save';
  constructor(readonly changes: AccountPatch) {
    super(AccountSaveEvent.type);
  }
}

/** Basic fields of an account, edited in place. */
@customElement('ct-account-form')
export class CtAccountForm extends CtElement {
  static override styles = [base, controls, cardStyles];

  @property({ attribute: false }) account: AccountDetail | null = null;
  /** What the server said about the last try; null when it was fine. */
  @property({ attribute: false }) failure: unknown = null;
  @property({ type: Boolean }) busy = false;

  override render() {
    const { account } = this;
    if (!account) return nothing;
    return html`<form @submit=${this.onSubmit}>
      ${this.renderText('name', msg('Name'), account.name, true)}
      <div class="pair">
        <label class="field"
          ><span>${msg('Lifecycle')}</span>
          <select class="input" name="lifecycle">
            ${lifecycles.map(
              (code) =>
                html`<option value=${code} ?selected=${code === account.lifecycle}>
                  ${codeName(code)}
                </option>`,
            )}
          </select>
        </label>
        ${this.renderText('segment', msg('Segment'), account.segment)}
      </div>
      <div class="pair">
        ${this.renderText('phone', msg('Phone'), account.phone)}
        ${this.renderText('email', msg('E-mail'), account.email)}
      </div>
      ${this.renderText('website', msg('Website'), account.website)}
      <div class="pair">
        ${this.renderText('street', msg('Street'), account.street)}
        ${this.renderText('houseNumber', msg('House number'), account.houseNumber)}
      </div>
      <div class="pair">
        ${this.renderText('postcode', msg('Postcode'), account.postcode)}
        ${this.renderText('city', msg('City'), account.city)}
      </div>
      <p class="error" role="alert">${this.failure === null ? '' : messageOf(this.failure)}</p>
      <div class="pair">
        <button class="button primary" type="submit" ?disabled=${this.busy}>${msg('Save')}</button>
        <button
          class="button"
          type="button"
          @click=${() => this.dispatchEvent(new Event('ct-cancel'))}
        >
          ${msg('Cancel')}
        </button>
      </div>
    </form>`;
  }

  private renderText(
    name: TextField | 'name',
    label: string,
    value: string | null,
    required = false,
  ) {
    const error = this.failure instanceof ApiError ? this.failure.fieldErrors[name] : undefined;
    return html`<label class="field"
      ><span>${label}</span>
      <input
        class="input"
        name=${name}
        .value=${value ?? ''}
        aria-invalid=${error ? 'true' : 'false'}
        ?required=${required}
      />
      ${error ? html`<span class="error">${error}</span>` : nothing}
    </label>`;
  }

  private onSubmit(event: SubmitEvent): void {
    event.preventDefault();
    if (!this.account) return;
    const changes = changesOf(this.account, new FormData(event.target as HTMLFormElement));
    this.dispatchEvent(
      Object.keys(changes).length === 0 ? new Event('ct-cancel') : new AccountSaveEvent(changes),
    );
  }
}

/** The fields whose value differs; emptied ones become null. */
export function changesOf(account: AccountDetail, form: FormData): AccountPatch {
  const entry = (field: string) => String(form.get(field) ?? '').trim();
  const changes: AccountPatch = {};
  if (entry('name') !== account.name) changes.name = entry('name');
  const lifecycle = lifecycles.find((code) => code === entry('lifecycle'));
  if (lifecycle && lifecycle !== account.lifecycle) changes.lifecycle = lifecycle;
  for (const field of textFields) {
    const value = entry(field);
    if (value !== (account[field] ?? '')) changes[field] = value === '' ? null : value;
  }
  return changes;
}

declare global {
  interface HTMLElementTagNameMap {
    'ct-account-form': CtAccountForm;
  }
  interface HTMLElementEventMap {
    'ct-account-save': AccountSaveEvent;
    'ct-cancel': Event;
  }
}
