import { msg } from '@lit/localize';
import { css, html, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { messageOf } from '../../api/api-error.js';
import { createToken, listTokens, revokeToken } from '../../api/tokens.js';
import type { Token } from '../../../server/contract/tokens.js';
import { roleName } from '../../i18n/words.js';
import { formatDay } from '../../lib/format.js';
import { roles } from '../../lib/roles.js';
import { preferences } from '../../state/preferences.js';
import { Resource } from '../../state/resource.js';
import { sessionStore } from '../../state/session.js';
import { toasts } from '../../state/toasts.js';
import { CtElement } from '../../ui/ct-element.js';
import '../../ui/ct-icon.js';
import '../../ui/ct-skeleton.js';
import '../../ui/ct-state.js';
import { base, controls, page } from '../../ui/styles.js';
import { sectionStyles } from './section-styles.js';

/** Tokens for programs: made, shown once, and ended here. */
@customElement('ct-tokens')
export class CtTokens extends CtElement {
  static override styles = [
    base,
    controls,
    page,
    sectionStyles,
    css`
      .secret {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 12px;
        padding: 12px 16px;
        border-radius: var(--radius);
        background: var(--accent-weak);
      }
      .secret code {
        overflow-wrap: anywhere;
        user-select: all;
      }
    `,
  ];

  @state() private secret = '';
  @state() private failure = '';
  @state() private busy = false;

  readonly #list = new Resource(
    () => 'tokens',
    (_input, abort) => listTokens(abort),
  );

  override connectedCallback(): void {
    super.connectedCallback();
    this.#list.start();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#list.stop();
  }

  override render() {
    return html`<div class="section">
      <p class="muted">
        ${msg('A program sends its token as “Authorization: Bearer …” to the API, the tiles and Cube.')}
        <a href="/api/docs">${msg('API reference')}</a>
      </p>
      ${this.secret ? this.renderSecret() : nothing} ${this.renderForm()}
      <div class="card">${this.renderList()}</div>
    </div>`;
  }

  private renderSecret() {
    return html`<div class="secret" role="status">
      <span>${msg('Copy the token now; it is not shown again.')}</span>
      <code>${this.secret}</code>
      <button class="button" type="button" @click=${() => void this.copy()}>
        <ct-icon name="copy"></ct-icon>${msg('Copy')}
      </button>
    </div>`;
  }

  private renderForm() {
    const own = sessionStore.current.user.role;
    const allowed = roles.slice(roles.indexOf(own));
    return html`<form class="card padded" @submit=${this.onSubmit}>
      <label class="field"
        ><span>${msg('What is it for?')}</span>
        <input class="input" name="name" maxlength="200" required />
      </label>
      <label class="field"
        ><span>${msg('Role')}</span>
        <select class="input" name="role">
          ${allowed.map(
            (role) =>
              html`<option value=${role} ?selected=${role === own}>${roleName(role)}</option>`,
          )}
        </select>
      </label>
      <button class="button primary" type="submit" ?disabled=${this.busy}>
        ${msg('Create token')}
      </button>
      <p class="error" role="alert">${this.failure}</p>
    </form>`;
  }

  private renderList() {
    const { state } = this.#list;
    if (state.status === 'failed') {
      return html`<ct-state tone="failed" .heading=${msg('No tokens')} .text=${state.message}>
        <button class="button" type="button" @click=${() => this.#list.reload()}>
          ${msg('Try again')}
        </button>
      </ct-state>`;
    }
    if (!state.value) return html`<ct-skeleton lines="3"></ct-skeleton>`;
    if (state.value.length === 0) {
      return html`<ct-state
        icon="key"
        .heading=${msg('No tokens yet')}
        .text=${msg('Create one above when a program needs access.')}
      ></ct-state>`;
    }
    return html`<div class="scroll-x" tabindex="0" role="region" aria-label=${msg('API tokens')}>
      <table>
        <thead>
          <tr>
            <th scope="col">${msg('Name')}</th>
            <th scope="col">${msg('Role')}</th>
            <th scope="col">${msg('Owner')}</th>
            <th scope="col">${msg('Ends in')}</th>
            <th scope="col">${msg('Created')}</th>
            <th scope="col">${msg('Last used')}</th>
            <th scope="col"><span class="visually-hidden">${msg('Actions')}</span></th>
          </tr>
        </thead>
        <tbody>
          ${state.value.map((token) => this.renderRow(token))}
        </tbody>
      </table>
    </div>`;
  }

  private renderRow(token: Token) {
    const day = (text: string | null) =>
      text === null ? msg('never') : formatDay(text, preferences.language);
    return html`<tr>
      <td>${token.name}</td>
      <td>${roleName(token.role)}</td>
      <td>${token.userName ?? msg('Service')}</td>
      <td><code>${token.tokenEnd}</code></td>
      <td>${day(token.createdAt)}</td>
      <td>${day(token.lastUsedAt)}</td>
      <td class="number">
        <button
          class="button danger"
          type="button"
          aria-label=${`${msg('Revoke')}: ${token.name}`}
          @click=${() => void this.revoke(token)}
        >
          <ct-icon name="trash"></ct-icon>${msg('Revoke')}
        </button>
      </td>
    </tr>`;
  }

  private async onSubmit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const element = event.target as HTMLFormElement;
    const form = new FormData(element);
    const role = roles.find((known) => known === form.get('role'));
    if (!role) return;
    this.busy = true;
    this.failure = '';
    try {
      const { token } = await createToken(String(form.get('name')), role);
      this.secret = token;
      element.reset();
      this.#list.reload();
    } catch (error) {
      this.failure = messageOf(error);
    } finally {
      this.busy = false;
    }
  }

  private async revoke({ id, name }: Token): Promise<void> {
    try {
      await revokeToken(id);
      toasts.show(`${msg('Revoked')}: ${name}`);
      this.#list.reload();
    } catch (error) {
      toasts.show(messageOf(error), 'failed');
    }
  }

  private async copy(): Promise<void> {
    await navigator.clipboard.writeText(this.secret);
    toasts.show(msg('Copied'));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ct-tokens': CtTokens;
  }
}
