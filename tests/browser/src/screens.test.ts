import axe from 'axe-core';
import { html } from 'lit';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { CtApp } from '../../../src/app/ct-app.js';
import '../../../src/app/ct-app.js';
import '../../../src/ui/tokens.css';
import { appLocation } from '../../../src/state/location.js';
import { preferences } from '../../../src/state/preferences.js';
import { defaultState, type UrlState } from '../../../src/state/url-state.js';
import { mount } from '../../support/mount.js';
import { eventually } from '../../support/patience.js';
import { problem, stubFetch } from '../../support/stub-fetch.js';
import { projectAnswers } from '../../support/stub-project.js';

vi.mock('../../../src/map/ct-map.js', () => {
  class FakeMap extends HTMLElement {
    flyTo(): void {
      this.toggleAttribute('flown', true);
    }
  }
  customElements.define('ct-map', FakeMap);
  return {};
});

beforeEach(() => appLocation.replace(defaultState));
afterEach(() => vi.unstubAllGlobals());

/** All text on the page, shadow roots included. */
function textOf(node: Node): string {
  if (node instanceof HTMLStyleElement) return '';
  const root = node instanceof Element ? node.shadowRoot : null;
  const own = node.nodeType === Node.TEXT_NODE ? (node.textContent ?? '') : '';
  return [own, ...(root ? [textOf(root)] : []), ...[...node.childNodes].map(textOf)].join(' ');
}

/** The first match anywhere below, shadow roots included. */
function deepQuery(root: Element | ShadowRoot, selector: string): HTMLElement | null {
  const here = root.querySelector<HTMLElement>(selector);
  if (here) return here;
  for (const element of [
    ...(root instanceof Element ? [root] : []),
    ...root.querySelectorAll('*'),
  ]) {
    const found = element.shadowRoot && deepQuery(element.shadowRoot, selector);
    if (found) return found;
  }
  return null;
}

async function open(patch: Partial<UrlState>, said: string): Promise<CtApp> {
  appLocation.replace({ ...defaultState, ...patch });
  const app = await mount<CtApp>(html`<ct-app></ct-app>`);
  await eventually(() => expect(textOf(app)).toContain(said));
  return app;
}

const screens: readonly [string, Partial<UrlState>, string][] = [
  ['Explore', { screen: 'explore' }, 'North'],
  ['Accounts', { screen: 'accounts' }, 'No accounts here'],
  ['Imports', { screen: 'imports' }, 'Nothing was imported yet'],
  ['Language and theme', { screen: 'settings' }, 'Nederlands'],
  ['API tokens', { screen: 'settings', section: 'tokens' }, 'No tokens yet'],
  ['People', { screen: 'settings', section: 'people' }, 'ann@example.org'],
];

describe.each(['light', 'dark'] as const)('in the %s theme', (theme) => {
  it.each(screens)('%s has no accessibility violation', async (_name, patch, said) => {
    stubFetch(projectAnswers());
    preferences.themeChoice = theme;
    await open(patch, said);
    const { violations } = await axe.run(document.body, {
      rules: { 'page-has-heading-one': { enabled: false } },
    });
    const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target)}`);
    expect(found).toEqual([]);
  });
});

describe('the Explore screen', () => {
  it('shows the same total in tile and table, buckets included', async () => {
    stubFetch(projectAnswers());
    const app = await open({}, 'South');
    const text = textOf(app).replaceAll(/\s+/g, ' ');
    expect(text).toContain('€1,000');
    expect(text).toMatch(/Not placed €100\.00 Total €1,000/);
  });

  it('drills down by a click in the table and comes back by the way up', async () => {
    stubFetch(projectAnswers());
    const app = await open({}, 'South');
    deepQuery(app, '[data-region="3"] button')?.click();
    await eventually(() => expect(textOf(app)).toContain('3,000 inhabitants'));
    window.history.back();
    await eventually(() => expect(appLocation.state.region).toBeNull());
    await eventually(() => expect(textOf(app)).toContain('1,000 inhabitants'));
  });

  it('says that figures are missing and offers to try again', async () => {
    stubFetch({
      ...projectAnswers(),
      '/cubejs-api/v1/load': () => problem(503, 'unavailable', 'Cube is restarting'),
    });
    const app = await open({}, 'The figures cannot be had just now');
    expect(textOf(app)).toContain('Try again');
  });
});

describe('the application', () => {
  it('tells people without the right that a screen is not for them', async () => {
    stubFetch(projectAnswers('prospector'));
    await open({ screen: 'imports' }, 'This screen is not for your role');
  });

  it('shows how far the first start is', async () => {
    stubFetch({
      ...projectAnswers(),
      '/api/session': () => problem(401, 'unauthenticated', 'Sign in.'),
      '/api/status': {
        state: 'starting',
        components: { database: 'ready', cube: 'starting', tiles: 'starting' },
        progress: { label: 'Preparing the demo region', fraction: 0.43 },
        setup: 'unknown',
        demo: true,
      },
    });
    await open({}, 'Preparing the demo region: 43%');
  });

  it('asks for the first administrator', async () => {
    const status = projectAnswers()['/api/status'] as object;
    stubFetch({
      ...projectAnswers(),
      '/api/session': () => problem(401, 'unauthenticated', 'Sign in.'),
      '/api/status': { ...status, setup: 'needs_administrator', demo: false },
    });
    await open({}, 'Create administrator');
  });

  it('speaks Dutch and French', async () => {
    stubFetch(projectAnswers());
    const app = await open({}, 'South');
    preferences.language = 'nl';
    await eventually(() => expect(textOf(app)).toContain('Niet geplaatst'));
    preferences.language = 'fr';
    await eventually(() => expect(textOf(app)).toContain('Chiffre d’affaires'));
    preferences.language = 'en';
  });
});
