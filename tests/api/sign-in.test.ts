import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { as, anActor, makeDemo, testApp, testPassword, type TestApp } from './test-app.js';

let test: TestApp;
beforeEach(async () => {
  test = await testApp();
});
afterEach(async () => {
  await test.close();
});

const ann = { name: 'Ann', email: 'Ann@Example.org', password: testPassword };
const sameOrigin = { host: 'catchment.test', origin: 'http://catchment.test' };

function cookieOf(response: { cookies: { name: string; value: string }[] }): string {
  return response.cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
}

describe('setting up', () => {
  it('says that an administrator is needed until there is one', async () => {
    const before = await test.app.inject('/api/status');
    await test.app.inject({ method: 'POST', url: '/api/setup', payload: ann });
    const after = await test.app.inject('/api/status');

    expect(before.json()).toMatchObject({ state: 'ready', setup: 'needs_administrator' });
    expect(after.json()).toMatchObject({ setup: 'done', demo: false });
  });

  it('signs the first administrator in', async () => {
    const setup = await test.app.inject({ method: 'POST', url: '/api/setup', payload: ann });
    const session = await test.app.inject({
      url: '/api/session',
      headers: { cookie: cookieOf(setup) },
    });

    expect(setup.statusCode).toBe(201);
    expect(session.json().user).toMatchObject({
      name: 'Ann',
      email: 'ann@example.org',
      role: 'administrator',
    });
    expect(setup.cookies[0]).toMatchObject({ httpOnly: true, sameSite: 'Lax', path: '/' });
  });

  it('lets only one of several simultaneous first administrators through', async () => {
    const answers = await Promise.all(
      ['a', 'b', 'c'].map((name) =>
        test.app.inject({
          method: 'POST',
          url: '/api/setup',
          payload: { ...ann, email: `${name}@example.org` },
        }),
      ),
    );

    expect(answers.map((answer) => answer.statusCode).sort()).toEqual([201, 409, 409]);
  });

  it('refuses a short password with a sentence for the field', async () => {
    const response = await test.app.inject({
      method: 'POST',
      url: '/api/setup',
      payload: { ...ann, password: 'short' },
    });

    expect(response.statusCode).toBe(422);
    expect(response.json().details.fields).toEqual({ password: 'At least 10 characters.' });
  });
});

describe('signing in', () => {
  it('opens a session with the right password and none with a wrong one', async () => {
    const { email } = await anActor(test.database, 'planner');
    const attempt = (password: string) =>
      test.app.inject({
        method: 'POST',
        url: '/api/auth/sign-in/email',
        headers: sameOrigin,
        payload: { email, password },
      });

    const wrong = await attempt('not the password');
    const right = await attempt(testPassword);
    const session = await test.app.inject({
      url: '/api/session',
      headers: { cookie: cookieOf(right) },
    });

    expect(wrong.statusCode).toBe(401);
    expect(wrong.json().detail).toBe('The e-mail address or the password is not right.');
    expect(right.statusCode).toBe(200);
    expect(session.json().user).toMatchObject({ email, role: 'planner' });
  });

  it('ends the session on signing out', async () => {
    const setup = await test.app.inject({ method: 'POST', url: '/api/setup', payload: ann });
    const cookie = cookieOf(setup);
    await test.app.inject({ url: '/api/session', headers: { cookie } });
    const out = await test.app.inject({
      method: 'POST',
      url: '/api/auth/sign-out',
      headers: { ...sameOrigin, cookie },
    });
    const after = await test.app.inject({ url: '/api/session', headers: { cookie } });

    expect(out.statusCode).toBe(200);
    expect(after.statusCode).toBe(401);
  });

  it('has no address to sign oneself up or to open a session without a password', async () => {
    for (const address of ['sign-up/email', 'open-session', 'update-user', 'delete-user']) {
      const response = await test.app.inject({
        method: 'POST',
        url: `/api/auth/${address}`,
        headers: sameOrigin,
        payload: { ...ann, userId: 'demo-administrator' },
      });
      expect(response.statusCode, address).toBe(404);
    }
  });

  it('slows down somebody who guesses passwords', async () => {
    const { email } = await anActor(test.database, 'planner');
    const statuses: number[] = [];
    for (let attempt = 0; attempt < 11; attempt += 1) {
      const { statusCode } = await test.app.inject({
        method: 'POST',
        url: '/api/auth/sign-in/email',
        headers: sameOrigin,
        payload: { email, password: 'a guess' },
      });
      statuses.push(statusCode);
    }

    expect(statuses.slice(0, 10)).toEqual(Array(10).fill(401));
    expect(statuses[10]).toBe(429);
  });
});

describe('the demo', () => {
  it('opens a session for each role with one click', async () => {
    await makeDemo(test.database);
    for (const role of ['administrator', 'planner', 'manager', 'prospector']) {
      const click = await test.app.inject({
        method: 'POST',
        url: '/api/demo-session',
        payload: { role },
      });
      const session = await test.app.inject({
        url: '/api/session',
        headers: { cookie: cookieOf(click) },
      });
      expect(session.json().user).toMatchObject({ id: `demo-${role}`, role });
      expect(session.json().project).toMatchObject({ name: 'Demo', isDemo: true });
    }
  });

  it('is closed in every other project, also to sessions opened before', async () => {
    await makeDemo(test.database);
    const click = await test.app.inject({
      method: 'POST',
      url: '/api/demo-session',
      payload: { role: 'administrator' },
    });
    await test.database.rows(`DELETE FROM app.settings`);
    const again = await test.app.inject({
      method: 'POST',
      url: '/api/demo-session',
      payload: { role: 'administrator' },
    });
    const session = await test.app.inject({
      url: '/api/session',
      headers: { cookie: cookieOf(click) },
    });

    expect(again.statusCode).toBe(404);
    expect(session.statusCode).toBe(401);
  });
});

describe('requests from other sites', () => {
  const forged = { host: 'catchment.test', origin: 'https://evil.example' };

  it.each([
    ['another origin', forged],
    ['a cross-site fetch', { ...sameOrigin, 'sec-fetch-site': 'cross-site' }],
    ['a sibling site', { ...sameOrigin, 'sec-fetch-site': 'same-site' }],
    ['an opaque origin', { host: 'catchment.test', origin: 'null' }],
    ['a cookie without any origin', { host: 'catchment.test' }],
  ])('are refused: %s', async (_name, headers) => {
    const setup = await test.app.inject({ method: 'POST', url: '/api/setup', payload: ann });
    const response = await test.app.inject({
      method: 'POST',
      url: '/api/auth/sign-out',
      headers: { ...headers, cookie: cookieOf(setup) },
    });
    const session = await test.app.inject({
      url: '/api/session',
      headers: { cookie: cookieOf(setup) },
    });

    expect(response.statusCode).toBe(403);
    expect(session.statusCode).toBe(200);
  });
});

describe('errors', () => {
  it('are problem details with the id of the request', async () => {
    const response = await test.app.inject('/api/session');

    expect(response.statusCode).toBe(401);
    expect(response.headers['content-type']).toContain('application/problem+json');
    expect(response.json()).toEqual({
      type: 'urn:catchment:problem:unauthenticated',
      title: 'Not signed in',
      status: 401,
      detail: 'Sign in to continue.',
      code: 'unauthenticated',
      instance: expect.stringMatching(/^urn:catchment:request:/),
    });
  });

  it('say 503 and when to try again while the database is away', async () => {
    const actor = await anActor(test.database, 'planner');
    const setup = await test.app.inject({ method: 'POST', url: '/api/setup', payload: ann });
    const gone = () => Promise.reject(Object.assign(new Error('gone'), { code: '57P01' }));
    Object.assign(test.database.pool, { query: gone, connect: gone });
    const byToken = await as(test, actor, { url: '/api/session' });
    const bySession = await test.app.inject({
      url: '/api/session',
      headers: { cookie: cookieOf(setup) },
    });
    const signIn = await test.app.inject({
      method: 'POST',
      url: '/api/auth/sign-in/email',
      headers: sameOrigin,
      payload: { email: actor.email, password: testPassword },
    });

    for (const response of [byToken, bySession, signIn]) {
      expect(response.statusCode).toBe(503);
      expect(response.headers['retry-after']).toBe('2');
      expect(response.json()).toMatchObject({ code: 'unavailable', details: { retryable: true } });
    }
  });

  it('tell an unknown address apart from a page of the application', async () => {
    const response = await test.app.inject('/api/nothing-here');

    expect(response.statusCode).toBe(404);
    expect(response.json()).toMatchObject({ code: 'not_found' });
  });
});

describe('status', () => {
  it('is told without sign-in and follows the components', async () => {
    test.status.setComponent('cube', 'restarting');
    test.status.setProgress({ label: 'Matching accounts', fraction: 0.5 });
    const status = await test.app.inject('/api/status');
    const health = await test.app.inject('/healthz');

    expect(status.json()).toMatchObject({
      state: 'degraded',
      components: { database: 'ready', cube: 'restarting', tiles: 'ready' },
      progress: { label: 'Matching accounts', fraction: 0.5 },
    });
    expect(health.statusCode).toBe(200);
  });

  it('fails the health check when the database is not there', async () => {
    test.status.setComponent('database', 'restarting');
    const health = await test.app.inject('/healthz');

    expect(health.statusCode).toBe(503);
    expect(health.json()).toMatchObject({ status: 'degraded' });
  });
});

describe('headers', () => {
  it('allow scripts, workers and connections of this host only', async () => {
    const { headers } = await test.app.inject('/api/status');
    const policy = String(headers['content-security-policy']);

    expect(policy).toContain("default-src 'self'");
    expect(policy).toContain("worker-src 'self' blob:");
    expect(policy).toContain("script-src 'self';");
    expect(policy).not.toMatch(/https?:\/\//);
    expect(headers['x-content-type-options']).toBe('nosniff');
  });
});
