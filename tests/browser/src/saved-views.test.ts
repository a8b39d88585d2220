import axe from 'axe-core';
import { html } from 'lit';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { CtViews } from '../../../src/features/saved-views/ct-views.js';
import '../../../src/features/saved-views/ct-views.js';
import type { PictureRequestEvent } from '../../../src/features/saved-views/picture-request-event.js';
import '../../../src/ui/tokens.css';
import { appLocation } from '../../../src/state/location.js';
import { savedViews } from '../../../src/state/saved-views.js';
import { sessionStore } from '../../../src/state/session.js';
import { defaultState } from '../../../src/state/url-state.js';
import { inside, mount } from '../../support/mount.js';
import { problem, stubFetch } from '../../support/stub-fetch.js';
import { projectAnswers } from '../../support/stub-project.js';

const aView = {
  id: 7,
  name: 'The north',
  address: '/explore?region=2',
  sharing: 'everyone',
  ownerId: 'u2',
  ownerName: 'Bob',
  mayChange: false,
  hasThumbnail: false,
  updatedAt: '2026-01-01T00:00:00.000Z',
};

async function openList(answer: unknown): Promise<CtViews> {
  stubFetch({ ...projectAnswers(), '/api/views': answer });
  await sessionStore.load();
  const views = await mount<CtViews>(html`<ct-views></ct-views>`);
  inside(views, '.open').click();
  savedViews.reload();
  return views;
}

beforeEach(() => appLocation.replace(defaultState));
afterEach(() => vi.unstubAllGlobals());

describe('saved views', () => {
  it('say what they are good for while there are none', async () => {
    const views = await openList([]);
    await vi.waitFor(() => expect(inside(views, '.list').textContent).toContain('No views yet'));
  });

  it('open at their address; what is not mine cannot be changed', async () => {
    const views = await openList([aView]);
    await vi.waitFor(() => expect(inside(views, '.list').textContent).toContain('The north'));
    const { violations } = await axe.run(document.body, {
      rules: { region: { enabled: false }, 'page-has-heading-one': { enabled: false } },
    });
    inside(views, 'li a').click();

    expect(violations.map(({ id }) => id)).toEqual([]);
    expect(appLocation.state.region).toBe(2);
    expect(views.shadowRoot!.querySelector('.actions')).toBeNull();
  });

  it('keep the typed name and say why where saving fails', async () => {
    const views = await openList(() => problem(503, 'unavailable', 'The database is away.'));
    const name = inside<HTMLInputElement>(views, '[name=name]');
    name.value = 'My view';
    inside<HTMLFormElement>(views, 'form').requestSubmit();
    await vi.waitFor(() =>
      expect(inside(views, '.error').textContent).toContain('The database is away.'),
    );

    expect(name.value).toBe('My view');
  });

  it('ask the map for a picture and send it along', async () => {
    const views = await openList([aView]);
    const canvas = document.createElement('canvas');
    views.addEventListener('ct-picture-request', (event) => {
      (event as PictureRequestEvent).picture = Promise.resolve(canvas);
    });
    const sent: unknown[] = [];
    vi.stubGlobal('fetch', async (_address: string, init?: RequestInit) => {
      if (init?.body) sent.push(JSON.parse(String(init.body)));
      return new Response(JSON.stringify(init?.body ? aView : []), {
        headers: { 'content-type': 'application/json' },
      });
    });
    inside<HTMLInputElement>(views, '[name=name]').value = 'With picture';
    inside<HTMLFormElement>(views, 'form').requestSubmit();
    await vi.waitFor(() => expect(sent).toHaveLength(1));

    expect(sent[0]).toMatchObject({ name: 'With picture', sharing: 'me' });
    expect((sent[0] as { thumbnail: string }).thumbnail).toMatch(/^data:image\/jpeg;base64,/);
  });
});
