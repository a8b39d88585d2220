import { msg } from '@lit/localize';
import { css, html, nothing } from 'lit';
import { customElement } from 'lit/decorators.js';
import { ifDefined } from 'lit/directives/if-defined.js';
import { appLocation } from '../../state/location.js';
import { sessionStore } from '../../state/session.js';
import { CtElement } from '../../ui/ct-element.js';
import { isPlainClick } from '../../ui/links.js';
import { base, controls, page } from '../../ui/styles.js';
import './ct-appearance.js';
import './ct-tokens.js';
import './ct-users.js';

type Section = 'appearance' | 'tokens' | 'people';

/** Settings: appearance for everybody, tokens for their owner, people for administrators. */
@customElement('ct-settings')
export class CtSettings extends CtElement {
  static override styles = [
    base,
    controls,
    page,
    css`
      nav {
        display: flex;
        gap: 4px;
        border-bottom: 1px solid var(--line);
      }
      nav a {
        display: inline-flex;
        align-items: center;
        min-height: 40px;
        padding: 0 12px;
        color: var(--ink-2);
        text-decoration: none;
        border-bottom: 2px solid transparent;
        margin-bottom: -1px;
      }
      nav a[aria-current] {
        color: var(--ink);
        border-bottom-color: var(--accent);
      }
      @media (max-width: 760px) {
        nav a {
          min-height: 44px;
        }
      }
    `,
  ];

  override render() {
    const { user } = sessionStore.current;
    const sections: Section[] = ['appearance', 'tokens'];
    if (user.role === 'administrator') sections.push('people');
    const section = sections.find((id) => id === appLocation.state.section) ?? 'appearance';
    return html`<div class="page">
      <div class="page-head">
        <h1>${msg('Settings')}</h1>
        <span class="muted">${user.name}${user.email ? ` · ${user.email}` : nothing}</span>
      </div>
      <nav aria-label=${msg('Settings')}>
        ${sections.map((id) => this.renderTab(id, id === section))}
      </nav>
      ${section === 'appearance' ? html`<ct-appearance></ct-appearance>` : nothing}
      ${section === 'tokens' ? html`<ct-tokens></ct-tokens>` : nothing}
      ${section === 'people' ? html`<ct-users></ct-users>` : nothing}
    </div>`;
  }

  private renderTab(id: Section, isCurrent: boolean) {
    return html`<a
      href=${appLocation.hrefFor({ section: id })}
      aria-current=${ifDefined(isCurrent ? 'page' : undefined)}
      @click=${(event: MouseEvent) => {
        if (!isPlainClick(event)) return;
        event.preventDefault();
        appLocation.navigate({ section: id });
      }}
      >${sectionName(id)}</a
    >`;
  }
}

function sectionName(id: Section): string {
  return {
    appearance: msg('Language and theme'),
    tokens: msg('API tokens'),
    people: msg('People'),
  }[id];
}

declare global {
  interface HTMLElementTagNameMap {
    'ct-settings': CtSettings;
  }
}
