import { msg } from '@lit/localize';
import { css, html } from 'lit';
import { customElement } from 'lit/decorators.js';
import { ifDefined } from 'lit/directives/if-defined.js';
import { appLocation } from '../state/location.js';
import { preferences } from '../state/preferences.js';
import { sessionStore } from '../state/session.js';
import { defaultState } from '../state/url-state.js';
import { CtElement } from '../ui/ct-element.js';
import '../ui/ct-icon.js';
import '../ui/ct-logo.js';
import { isPlainClick } from '../ui/links.js';
import { base } from '../ui/styles.js';
import { screenEntries, type ScreenEntry } from './screens.js';

/**
 * The slim bar of screens: at the left, at the bottom on a phone.
 *
 * @fires ct-palette-open - the command palette is asked for
 */
@customElement('ct-rail')
export class CtRail extends CtElement {
  static override styles = [
    base,
    css`
      :host {
        display: block;
        background: var(--panel-solid);
        border-right: 1px solid var(--line);
        z-index: 20;
      }
      nav {
        display: flex;
        flex-direction: column;
        align-items: center;
        gap: 4px;
        height: 100%;
        padding: 8px 0;
      }
      .logo {
        margin: 2px 0 10px;
      }
      ul {
        display: contents;
      }
      .item {
        position: relative;
        display: grid;
        place-items: center;
        width: 40px;
        height: 40px;
        padding: 0;
        border: 0;
        border-radius: 8px;
        background: none;
        color: var(--ink-2);
        text-decoration: none;
        cursor: pointer;
      }
      .item:hover {
        background: var(--hover);
        color: var(--ink);
      }
      .item[aria-current='page'] {
        background: var(--accent-weak);
        color: var(--accent);
      }
      .item .name {
        position: absolute;
        left: calc(100% + 8px);
        padding: 4px 10px;
        border-radius: var(--radius-small);
        background: var(--ink);
        color: var(--land);
        font-size: 12px;
        line-height: 16px;
        white-space: nowrap;
        pointer-events: none;
        opacity: 0;
        transition: opacity var(--fast) ease-out;
      }
      .item:hover .name,
      .item:focus-visible .name {
        opacity: 1;
      }
      .push {
        margin-top: auto;
      }
      @media (max-width: 760px) {
        :host {
          border-right: 0;
          border-top: 1px solid var(--line);
          padding-bottom: env(safe-area-inset-bottom);
        }
        nav {
          flex-direction: row;
          justify-content: space-around;
          padding: 0;
        }
        .logo,
        .wide {
          display: none;
        }
        .item {
          flex: 1;
          width: auto;
          height: 56px;
          border-radius: 0;
          align-content: center;
          gap: 2px;
        }
        .item[aria-current='page'] {
          background: none;
        }
        .item:hover {
          background: none;
        }
        li,
        button.item {
          flex: 1;
        }
        .item .name {
          position: static;
          opacity: 1;
          padding: 0;
          background: none;
          color: inherit;
          font-size: 11px;
        }
        .push {
          margin: 0;
        }
      }
    `,
  ];

  override render() {
    const { role } = sessionStore.current.user;
    const dark = preferences.theme === 'dark';
    return html`<nav aria-label=${msg('Screens')}>
      <ct-logo class="logo"></ct-logo>
      <ul>
        ${screenEntries.filter(({ isFor }) => isFor(role)).map((entry) => this.renderScreen(entry))}
      </ul>
      <button
        type="button"
        class="item push palette"
        @click=${() => this.dispatchEvent(new Event('ct-palette-open'))}
      >
        <ct-icon name="command"></ct-icon>
        <span class="name">${msg('Commands')}</span>
      </button>
      <button
        type="button"
        class="item wide"
        @click=${() => (preferences.themeChoice = dark ? 'light' : 'dark')}
      >
        <ct-icon .name=${dark ? 'sun' : 'moon'}></ct-icon>
        <span class="name">${dark ? msg('Light theme') : msg('Dark theme')}</span>
      </button>
      <button type="button" class="item wide" @click=${() => void sessionStore.signOut()}>
        <ct-icon name="sign-out"></ct-icon>
        <span class="name">${msg('Sign out')}</span>
      </button>
    </nav>`;
  }

  private renderScreen({ id, icon, title }: ScreenEntry) {
    const isCurrent = appLocation.state.screen === id;
    const patch = { screen: id, section: null, account: null, feature: null };
    return html`<li>
      <a
        class="item"
        href=${appLocation.hrefFor({ ...defaultState, ...patch })}
        aria-current=${ifDefined(isCurrent ? 'page' : undefined)}
        @click=${(event: MouseEvent) => {
          if (!isPlainClick(event)) return;
          event.preventDefault();
          appLocation.navigate(patch);
        }}
      >
        <ct-icon .name=${icon}></ct-icon>
        <span class="name">${title()}</span>
      </a>
    </li>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ct-rail': CtRail;
  }
}
