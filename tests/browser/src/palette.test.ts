import axe from 'axe-core';
import { html } from 'lit';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import type { CtPalette } from '../../../src/features/palette/ct-palette.js';
import '../../../src/features/palette/ct-palette.js';
import '../../../src/ui/tokens.css';
import { appLocation } from '../../../src/state/location.js';
import { sessionStore } from '../../../src/state/session.js';
import { defaultState } from '../../../src/state/url-state.js';
import { inside, mount } from '../../support/mount.js';
import { stubFetch } from '../../support/stub-fetch.js';
import { projectAnswers } from '../../support/stub-project.js';

const signOut = vi.fn();
const found = {
  kind: 'account',
  id: 12,
  title: 'Bakkerij Zon',
  subtitle: 'Zandermark',
  lon: 4.5,
  lat: 52.5,
};

beforeEach(async () => {
  stubFetch({ ...projectAnswers(), '/api/views': [], '/api/search': [found] });
  await sessionStore.load();
  appLocation.replace(defaultState);
});
afterEach(() => vi.unstubAllGlobals());

async function openPalette(): Promise<CtPalette> {
  const palette = await mount<CtPalette>(
    html`<ct-palette
      .screens=${[{ id: 'imports', icon: 'imports', title: 'Imports' }]}
      .actions=${[{ id: 'sign-out', icon: 'sign-out', title: 'Sign out', run: signOut }]}
    ></ct-palette>`,
  );
  await userEvent.keyboard('{Control>}k{/Control}');
  await vi.waitFor(() => expect(palette.shadowRoot?.activeElement).toBe(inside(palette, 'input')));
  return palette;
}

const titles = (palette: CtPalette) =>
  [...palette.shadowRoot!.querySelectorAll('.title')].map((element) => element.textContent);

describe('the command palette', () => {
  it('opens by Ctrl-K with the keyboard in it, without accessibility violations', async () => {
    await openPalette();
    const { violations } = await axe.run(document.body, {
      rules: { region: { enabled: false }, 'page-has-heading-one': { enabled: false } },
    });

    expect(violations.map(({ id }) => id)).toEqual([]);
  });

  it('goes to a screen by a few letters and Enter', async () => {
    const palette = await openPalette();
    await userEvent.keyboard('imp{Enter}');

    expect(appLocation.state.screen).toBe('imports');
    expect(inside<HTMLDialogElement>(palette, 'dialog').open).toBe(false);
  });

  it('moves with the arrows, round the end, and runs what is marked', async () => {
    await openPalette();
    await userEvent.keyboard('{ArrowUp}{Enter}');

    expect(signOut).toHaveBeenCalledOnce();
  });

  it('finds accounts and opens them on the map', async () => {
    const palette = await openPalette();
    await userEvent.keyboard('bakkerij');
    await vi.waitFor(() => expect(titles(palette)).toContain('Bakkerij Zon'));
    await userEvent.keyboard('{Enter}');

    expect(appLocation.state).toMatchObject({
      screen: 'explore',
      account: 12,
      viewport: { lon: 4.5, lat: 52.5, zoom: 16 },
    });
  });
});
