import { msg } from '@lit/localize';
import { html } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { ApiError, messageOf } from '../../api/api-error.js';
import { listRegions } from '../../api/regions.js';
import { createUser, listUsers, updateUser } from '../../api/users.js';
import type { User, UserPatchBody } from '../../../server/contract/users.js';
import { roleName } from '../../i18n/words.js';
import { roles } from '../../lib/roles.js';
import { explore } from '../../state/explore.js';
import { Resource } from '../../state/resource.js';
import { sessionStore } from '../../state/session.js';
import { toasts } from '../../state/toasts.js';
import { CtElement } from '../../ui/ct-element.js';
import '../../ui/ct-picker.js';
import type { PickEvent } from '../../ui/ct-picker.js';
import '../../ui/ct-skeleton.js';
import '../../ui/ct-state.js';
import { base, controls, page } from '../../ui/styles.js';
import { sectionStyles } from './section-styles.js';

/** Who may sign in, in which role, and in which regions they work. */
@customElement('ct-users')
export class CtUsers extends CtElement {
  static override styles = [base, controls, page, sectionStyles];

  @state() private failure: unknown = null;
  @state() private busy = false;

  readonly #list = new Resource(
    () => 'users',
    (_input, abort) => listUsers(abort),
  );
  readonly #regions = new Resource(
    () => explore.root.value?.id,
    (id, abort) => listRegions(id, abort),
  );

  override connectedCallback(): void {
    super.connectedCallback();
    explore.root.start();
    this.#list.start();
    this.#regions.start();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#list.stop();
    this.#regions.stop();
  }

  override render() {
    return html`<div class="section">
      ${this.renderForm()}
      <div class="card">${this.renderList()}</div>
    </div>`;
  }

  private renderForm() {
    const fields = this.failure instanceof ApiError ? this.failure.fieldErrors : {};
    const error = (name: string) => fields[name] ?? '';
    return html`<form class="card padded" @submit=${this.onSubmit}>
      <label class="field"
        ><span>${msg('Name')}</span><input class="input" name="name" required />
        <span class="error">${error('name')}</span></label
      >
      <label class="field"
        ><span>${msg('E-mail')}</span
        ><input class="input" name="email" type="email" autocomplete="off" required />
        <span class="error">${error('email')}</span></label
      >
      <label class="field"
        ><span>${msg('Password, at least 10 characters')}</span
        ><input
          class="input"
          name="password"
          type="password"
          autocomplete="new-password"
          minlength="10"
          required
        />
        <span class="error">${error('password')}</span></label
      >
      <label class="field"
        ><span>${msg('Role')}</span>
        <select class="input" name="role">
          ${roles.map((role) => html`<option value=${role}>${roleName(role)}</option>`)}
        </select></label
      >
      <button class="button primary" type="submit" ?disabled=${this.busy}>
        ${msg('Add person')}
      </button>
      <p class="error" role="alert">${this.failure === null ? '' : messageOf(this.failure)}</p>
    </form>`;
  }

  private renderList() {
    const { state } = this.#list;
    if (state.status === 'failed') {
      return html`<ct-state tone="failed" .heading=${msg('No people')} .text=${state.message}>
        <button class="button" type="button" @click=${() => this.#list.reload()}>
          ${msg('Try again')}
        </button>
      </ct-state>`;
    }
    if (!state.value) return html`<ct-skeleton lines="4"></ct-skeleton>`;
    return html`<div class="scroll-x" tabindex="0" role="region" aria-label=${msg('People')}>
      <table>
        <thead>
          <tr>
            <th scope="col">${msg('Name')}</th>
            <th scope="col">${msg('E-mail')}</th>
            <th scope="col">${msg('Role')}</th>
            <th scope="col">${msg('Team')}</th>
            <th scope="col">${msg('Works in')}</th>
          </tr>
        </thead>
        <tbody>
          ${state.value.map((user) => this.renderRow(user))}
        </tbody>
      </table>
      <datalist id="teams">
        ${teamsOf(state.value).map((team) => html`<option value=${team}></option>`)}
      </datalist>
    </div>`;
  }

  private renderRow(user: User) {
    const isSelf = user.id === sessionStore.current.user.id;
    const regions = this.#regions.value ?? [];
    const options = regions.map(({ id, name }) => ({ value: String(id), label: name }));
    const names = regions.filter(({ id }) => user.regionIds.includes(id)).map(({ name }) => name);
    const others = user.regionIds.length - names.length;
    const shown = [...names, ...(others > 0 ? [`+${others}`] : [])].join(', ');
    return html`<tr>
      <td>${user.name}</td>
      <td>${user.email}</td>
      <td>
        <select
          class="input"
          aria-label=${`${msg('Role')}: ${user.name}`}
          ?disabled=${isSelf}
          @change=${(event: Event) => {
            const value = (event.target as HTMLSelectElement).value;
            const role = roles.find((known) => known === value);
            if (role) void this.change(user, { role });
          }}
        >
          ${roles.map(
            (role) =>
              html`<option value=${role} ?selected=${role === user.role}>
                ${roleName(role)}
              </option>`,
          )}
        </select>
      </td>
      <td>
        <input
          class="input"
          list="teams"
          maxlength="100"
          aria-label=${`${msg('Team')}: ${user.name}`}
          placeholder=${msg('none')}
          .value=${user.team ?? ''}
          @change=${(event: Event) => {
            const name = (event.target as HTMLInputElement).value.trim();
            void this.change(user, { team: name === '' ? null : name });
          }}
        />
      </td>
      <td>
        <ct-picker
          multiple
          .label=${msg('Regions')}
          .display=${shown || msg('everywhere')}
          .options=${options}
          .selected=${user.regionIds.map(String)}
          @ct-pick=${({ values }: PickEvent) =>
            void this.change(user, { regionIds: values.map(Number) })}
        ></ct-picker>
      </td>
    </tr>`;
  }

  private async onSubmit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const element = event.target as HTMLFormElement;
    const form = new FormData(element);
    const text = (name: string) => String(form.get(name) ?? '');
    const role = roles.find((known) => known === form.get('role'));
    if (!role) return;
    this.busy = true;
    this.failure = null;
    try {
      await createUser({
        name: text('name'),
        email: text('email'),
        password: text('password'),
        role,
      });
      element.reset();
      this.#list.reload();
    } catch (error) {
      this.failure = error;
    } finally {
      this.busy = false;
    }
  }

  private async change(user: User, changes: UserPatchBody): Promise<void> {
    try {
      await updateUser(user.id, changes);
      toasts.show(msg('Saved'));
    } catch (error) {
      toasts.show(messageOf(error), 'failed');
    }
    this.#list.reload();
  }
}

/** Every team that somebody is in, once. */
function teamsOf(users: readonly User[]): readonly string[] {
  return [...new Set(users.flatMap(({ team }) => team ?? []))].sort();
}

declare global {
  interface HTMLElementTagNameMap {
    'ct-users': CtUsers;
  }
}
