import { html } from 'lit';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import type { CtSignIn } from '../../../src/features/sign-in/ct-sign-in.js';
import '../../../src/features/sign-in/ct-sign-in.js';
import { sessionStore } from '../../../src/state/session.js';
import { inside, mount } from '../../support/mount.js';
import { eventually } from '../../support/patience.js';
import { problem, stubFetch } from '../../support/stub-fetch.js';
import { aSession } from '../../support/stub-project.js';

afterEach(() => vi.unstubAllGlobals());

describe('signing in', () => {
  it('takes one click a role in the demo', async () => {
    const asked = stubFetch({
      '/api/demo-session': { userId: 'demo-planner' },
      '/api/session': aSession(),
    });
    const screen = await mount<CtSignIn>(html`<ct-sign-in demo></ct-sign-in>`);
    await userEvent.click(inside(screen, '.role:nth-child(2)'));
    await eventually(() => expect(sessionStore.state.status).toBe('signed-in'));
    expect(asked).toEqual(['/api/demo-session', '/api/session']);
  });

  it('says that e-mail or password is wrong, and keeps what was typed', async () => {
    stubFetch({
      '/api/auth/sign-in/email': () => problem(401, 'unauthenticated', 'Invalid password'),
    });
    const screen = await mount<CtSignIn>(html`<ct-sign-in></ct-sign-in>`);
    await userEvent.fill(inside(screen, '[name=email]'), 'ann@example.org');
    await userEvent.fill(inside(screen, '[name=password]'), 'not the one');
    await userEvent.click(inside(screen, '[type=submit]'));
    await eventually(() =>
      expect(inside(screen, '[role=alert]').textContent).toContain('password is not right'),
    );
    expect(inside<HTMLInputElement>(screen, '[name=email]').value).toBe('ann@example.org');
  });

  it('offers no roles outside the demo', async () => {
    const screen = await mount<CtSignIn>(html`<ct-sign-in></ct-sign-in>`);
    expect(screen.shadowRoot?.querySelector('.role')).toBeNull();
  });
});
