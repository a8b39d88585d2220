import { msg } from '@lit/localize';
import { css, html, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { ApiError, messageOf } from '../../api/api-error.js';
import { signIn, startDemoSession } from '../../api/session.js';
import { roleName, roleTask } from '../../i18n/words.js';
import { roles } from '../../lib/roles.js';
import { sessionStore } from '../../state/session.js';
import { CtElement } from '../../ui/ct-element.js';
import '../../ui/ct-icon.js';
import '../../ui/ct-logo.js';
import { base, controls } from '../../ui/styles.js';
import { entry } from '../../ui/entry-styles.js';

/** Sign-in by e-mail and password; in the demo also one click a role. */
@customElement('ct-sign-in')
export class CtSignIn extends CtElement {
  static override styles = [
    base,
    controls,
    entry,
    css`
      .roles {
        display: grid;
        gap: 8px;
      }
      .role {
        display: grid;
        grid-template-columns: 1fr auto;
        align-items: center;
        padding: 10px 14px;
        border: 1px solid var(--line);
        border-radius: 8px;
        background: none;
        text-align: left;
        cursor: pointer;
      }
      .role:hover {
        background: var(--hover);
      }
      .role strong {
        display: block;
        font-weight: 560;
      }
      .role small {
        font-size: 12px;
        line-height: 16px;
        color: var(--ink-2);
      }
      .role ct-icon {
        color: var(--ink-2);
      }
      .or {
        display: flex;
        align-items: center;
        gap: 12px;
        color: var(--ink-2);
        font-size: 12px;
      }
      .or::before,
      .or::after {
        content: '';
        flex: 1;
        height: 1px;
        background: var(--line);
      }
    `,
  ];

  /** Whether the project is the demo, with one person a role. */
  @property({ type: Boolean }) demo = false;

  @state() private busy = false;
  @state() private failure = '';

  override render() {
    return html`<main class="entry">
      <div class="box">
        <ct-logo></ct-logo>
        <div>
          <h1>${msg('Sign in to Catchment')}</h1>
          ${
            this.demo
              ? html`<p class="muted">
                  ${msg('This is a fictional region with made-up people. Pick whom to be.')}
                </p>`
              : nothing
          }
        </div>
        ${this.demo ? this.renderRoles() : nothing} ${this.renderForm()}
      </div>
    </main>`;
  }

  private renderRoles() {
    return html`<div class="roles">
        ${roles.map(
          (role) =>
            html`<button
              type="button"
              class="role"
              ?disabled=${this.busy}
              @click=${() => this.enter(() => startDemoSession(role))}
            >
              <span><strong>${roleName(role)}</strong><small>${roleTask(role)}</small></span>
              <ct-icon name="chevron-right"></ct-icon>
            </button>`,
        )}
      </div>
      <div class="or">${msg('or with an account')}</div>`;
  }

  private renderForm() {
    return html`<form @submit=${this.onSubmit}>
      <label class="field"
        ><span>${msg('E-mail')}</span>
        <input class="input" name="email" type="email" autocomplete="username" required />
      </label>
      <label class="field"
        ><span>${msg('Password')}</span>
        <input
          class="input"
          name="password"
          type="password"
          autocomplete="current-password"
          required
        />
      </label>
      <p class="error" role="alert">${this.failure}</p>
      <button class="button ${this.demo ? '' : 'primary'}" type="submit" ?disabled=${this.busy}>
        ${msg('Sign in')}
      </button>
    </form>`;
  }

  private onSubmit(event: SubmitEvent): void {
    event.preventDefault();
    const form = new FormData(event.target as HTMLFormElement);
    void this.enter(() => signIn(String(form.get('email')), String(form.get('password'))));
  }

  private async enter(open: () => Promise<void>): Promise<void> {
    this.busy = true;
    this.failure = '';
    try {
      await open();
      await sessionStore.load();
    } catch (error) {
      const wrong = error instanceof ApiError && error.status === 401;
      this.failure = wrong ? msg('E-mail or password is not right.') : messageOf(error);
    } finally {
      this.busy = false;
    }
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ct-sign-in': CtSignIn;
  }
}
