import { msg } from '@lit/localize';
import { css, html, nothing, type PropertyValues } from 'lit';
import { customElement, query, state } from 'lit/decorators.js';
import { setLocale } from '../i18n/localization.js';
import { watchSignals } from '../lib/signals.js';
import { appLocation } from '../state/location.js';
import { preferences } from '../state/preferences.js';
import { sessionStore } from '../state/session.js';
import { statusStore } from '../state/status.js';
import { toasts } from '../state/toasts.js';
import type { Screen } from '../state/url-state.js';
import { CtElement } from '../ui/ct-element.js';
import type { ToastCloseEvent } from '../ui/ct-toaster.js';
import '../ui/ct-state.js';
import '../ui/ct-toaster.js';
import { base, controls } from '../ui/styles.js';
import type { CtPalette } from '../features/palette/ct-palette.js';
import '../features/palette/ct-palette.js';
import '../features/setup/ct-preparing.js';
import '../features/setup/ct-setup.js';
import '../features/sign-in/ct-sign-in.js';
import type { CtTour } from '../features/tour/ct-tour.js';
import '../features/tour/ct-tour.js';
import { appActions } from './app-actions.js';
import './ct-rail.js';
import './ct-status-banner.js';
import { screenEntries, type ScreenEntry } from './screens.js';

/** Asks for the session again once a server that was starting or away has come back. */
function retrySession(): void {
  if (sessionStore.state.status === 'failed') void sessionStore.load();
}

/** The entry of the screen that the address names. */
function askedScreen(): ScreenEntry | undefined {
  return screenEntries.find(({ id }) => id === appLocation.state.screen);
}

/** The application: decides between starting, setup, sign-in and the screens. */
@customElement('ct-app')
export class CtApp extends CtElement {
  static override styles = [
    base,
    controls,
    css`
      :host {
        display: block;
        height: 100%;
      }
      .shell {
        display: grid;
        grid-template: auto 1fr / var(--rail) 1fr;
        height: 100%;
        height: 100dvh;
      }
      ct-rail {
        grid-row: 1 / -1;
      }
      .screen {
        min-width: 0;
        min-height: 0;
        position: relative;
      }
      .screen > * {
        position: absolute;
        inset: 0;
      }
      header {
        position: absolute;
      }
      .skip {
        position: absolute;
        left: 8px;
        top: -60px;
        z-index: 40;
      }
      .skip:focus {
        top: 8px;
      }
      @media (max-width: 760px) {
        .shell {
          grid-template: auto 1fr auto / 1fr;
        }
        ct-rail {
          grid-row: 3;
        }
      }
    `,
  ];

  @state() private screenFailed = false;
  @state() private loadedScreens: ReadonlySet<Screen> = new Set();
  @query('ct-palette') private palette!: CtPalette;
  @query('ct-tour') private tour!: CtTour;
  #stopTheme: (() => void) | undefined;
  #stopRetry: (() => void) | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#stopTheme = watchSignals(() => {
      document.documentElement.dataset['theme'] = preferences.theme;
      document.documentElement.dataset['contrast'] = preferences.contrast;
      document.documentElement.lang = preferences.language;
      void setLocale(preferences.language);
    });
    this.#stopRetry = watchSignals(() => {
      const status = statusStore.state;
      if (typeof status === 'object' && status.state !== 'starting') queueMicrotask(retrySession);
    });
    void statusStore.start();
    void sessionStore.load();
    // Its code comes while the server says who asks; where that fails, showing it tries again and tells.
    askedScreen()
      ?.load()
      .catch(() => undefined);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stopTheme?.();
    this.#stopRetry?.();
    statusStore.stop();
  }

  override render() {
    return html`${this.renderStage()}
      <ct-toaster
        .toasts=${toasts.list}
        @ct-toast-close=${(event: ToastCloseEvent) => toasts.close(event.id)}
      ></ct-toaster>`;
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    const entry = askedScreen();
    const signedIn = sessionStore.state.status === 'signed-in';
    document.title = signedIn && entry ? `${entry.title()} · Catchment` : 'Catchment';
  }

  private renderStage() {
    const status = statusStore.state;
    const session = sessionStore.state;
    if (session.status === 'signed-in') return this.renderShell();
    if (status === 'unreachable') return html`<ct-preparing unreachable></ct-preparing>`;
    if (status === 'unknown') return nothing;
    if (status.state === 'starting' || status.progress) {
      return html`<ct-preparing
        .label=${status.progress?.label ?? ''}
        .fraction=${status.progress?.fraction ?? null}
      ></ct-preparing>`;
    }
    if (status.setup === 'needs_administrator' && !status.demo) return html`<ct-setup></ct-setup>`;
    if (session.status === 'signed-out') {
      return html`<ct-sign-in ?demo=${status.demo}></ct-sign-in>`;
    }
    if (session.status === 'loading') return nothing;
    return html`<ct-state
      tone="failed"
      .heading=${msg('Catchment could not start')}
      .text=${session.message}
    >
      <button class="button primary" type="button" @click=${() => void sessionStore.load()}>
        ${msg('Try again')}
      </button>
    </ct-state>`;
  }

  private renderShell() {
    return html`<div class="shell">
      <header>
        <a class="skip button" href="#screen" @click=${this.onSkip}>${msg('Skip to the screen')}</a>
      </header>
      <ct-rail @ct-palette-open=${() => this.palette.show()}></ct-rail>
      <ct-status-banner></ct-status-banner>
      <main class="screen" id="screen" tabindex="-1">${this.renderScreen()}</main>
      <ct-palette .screens=${this.screens} .actions=${this.actions}></ct-palette>
      <ct-tour .audience=${sessionStore.current.user.role}></ct-tour>
    </div>`;
  }

  private get screens() {
    const { role } = sessionStore.current.user;
    return screenEntries
      .filter(({ isFor }) => isFor(role))
      .map(({ id, icon, title }) => ({ id, icon, title: title() }));
  }

  private get actions() {
    return appActions({ startTour: () => this.tour.start() });
  }

  private renderScreen() {
    const { role } = sessionStore.current.user;
    const entry = askedScreen();
    if (!entry?.isFor(role)) {
      return html`<ct-state
        icon="lock"
        .heading=${msg('This screen is not for your role')}
        .text=${msg('Ask an administrator if you need it.')}
      >
        <button
          class="button"
          type="button"
          @click=${() => appLocation.navigate({ screen: 'explore', section: null })}
        >
          ${msg('Go to Explore')}
        </button>
      </ct-state>`;
    }
    if (this.screenFailed) return this.renderLoadFailure();
    if (this.loadedScreens.has(entry.id)) return entry.render();
    void this.loadScreen(entry);
    return nothing;
  }

  private async loadScreen({ id, load }: ScreenEntry): Promise<void> {
    try {
      await load();
      this.loadedScreens = new Set([...this.loadedScreens, id]);
    } catch {
      this.screenFailed = true;
    }
  }

  private renderLoadFailure() {
    return html`<ct-state
      tone="failed"
      .heading=${msg('This screen could not be loaded')}
      .text=${msg('The connection was lost, or a newer version was installed.')}
    >
      <button class="button primary" type="button" @click=${() => window.location.reload()}>
        ${msg('Load the page again')}
      </button>
    </ct-state>`;
  }

  private onSkip(event: Event): void {
    event.preventDefault();
    this.renderRoot.querySelector<HTMLElement>('#screen')?.focus();
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ct-app': CtApp;
  }
}
