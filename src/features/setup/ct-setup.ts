import { msg } from '@lit/localize';
import { html, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { ApiError, messageOf } from '../../api/api-error.js';
import { createFirstAdministrator, signIn } from '../../api/session.js';
import { sessionStore } from '../../state/session.js';
import { statusStore } from '../../state/status.js';
import { CtElement } from '../../ui/ct-element.js';
import '../../ui/ct-logo.js';
import { entry } from '../../ui/entry-styles.js';
import { base, controls } from '../../ui/styles.js';

/** First run: asks for the first administrator, then signs them in. */
@customElement('ct-setup')
export class CtSetup extends CtElement {
  static override styles = [base, controls, entry];

  @state() private busy = false;
  @state() private failure = '';
  @state() private fieldErrors: Readonly<Record<string, string>> = {};

  override render() {
    return html`<main class="entry">
      <div class="box">
        <ct-logo></ct-logo>
        <div>
          <h1>${msg('Welcome to Catchment')}</h1>
          <p class="muted">
            ${msg('Nobody can sign in yet. Create the first administrator; others follow under Settings.')}
          </p>
        </div>
        <form @submit=${this.onSubmit}>
          ${this.renderField('name', msg('Your name'), 'text', 'name')}
          ${this.renderField('email', msg('E-mail'), 'email', 'username')}
          ${this.renderField('password', msg('Password, at least 10 characters'), 'password', 'new-password')}
          <p class="error" role="alert">${this.failure}</p>
          <button class="button primary" type="submit" ?disabled=${this.busy}>
            ${msg('Create administrator')}
          </button>
        </form>
      </div>
    </main>`;
  }

  private renderField(
    name: string,
    label: string,
    type: 'text' | 'email' | 'password',
    autocomplete: 'name' | 'username' | 'new-password',
  ) {
    const error = this.fieldErrors[name];
    return html`<label class="field"
      ><span>${label}</span>
      <input
        class="input"
        name=${name}
        type=${type}
        autocomplete=${autocomplete}
        minlength=${type === 'password' ? 10 : 1}
        aria-invalid=${error ? 'true' : 'false'}
        required
      />
      ${error ? html`<span class="error">${error}</span>` : nothing}
    </label>`;
  }

  private async onSubmit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const form = new FormData(event.target as HTMLFormElement);
    const text = (name: string) => String(form.get(name) ?? '');
    this.busy = true;
    this.failure = '';
    this.fieldErrors = {};
    try {
      const administrator = {
        name: text('name'),
        email: text('email'),
        password: text('password'),
      };
      await createFirstAdministrator(administrator);
      await signIn(administrator.email, administrator.password);
      await statusStore.start();
      await sessionStore.load();
    } catch (error) {
      this.fieldErrors = error instanceof ApiError ? error.fieldErrors : {};
      this.failure = messageOf(error);
    } finally {
      this.busy = false;
    }
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ct-setup': CtSetup;
  }
}
