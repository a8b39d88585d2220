import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createToken, listTokens, revokeToken } from '../../server/auth/tokens.js';
import { as, anActor, testApp, testPassword, type TestApp } from './test-app.js';

let test: TestApp;
beforeEach(async () => {
  test = await testApp();
});
afterEach(async () => {
  await test.close();
});

const host = 'catchment.test';

async function signIn(email: string): Promise<Record<string, string>> {
  const response = await test.app.inject({
    method: 'POST',
    url: '/api/auth/sign-in/email',
    payload: { email, password: testPassword },
  });
  const cookie = response.cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
  return { cookie, host, origin: `http://${host}` };
}

describe('a token made by somebody who is signed in', () => {
  it('is shown once, acts for them, and stops at once when it is revoked', async () => {
    const manager = await anActor(test.database, 'manager');
    const headers = await signIn(manager.email);
    const made = await test.app.inject({
      method: 'POST',
      url: '/api/tokens',
      headers,
      payload: { name: 'Reports' },
    });
    const { id, token } = made.json();
    const session = await as(test, { token }, { url: '/api/session' });
    const list = await test.app.inject({ url: '/api/tokens', headers });
    const gone = await test.app.inject({ method: 'DELETE', url: `/api/tokens/${id}`, headers });
    const after = await as(test, { token }, { url: '/api/session' });

    expect(made.statusCode).toBe(201);
    expect(session.json().user).toMatchObject({ id: manager.userId, role: 'manager' });
    expect(list.json()[0]).toMatchObject({ id, name: 'Reports', tokenEnd: token.slice(-4) });
    expect(list.body).not.toContain(token);
    expect(gone.statusCode).toBe(204);
    expect(after.statusCode).toBe(401);
  });

  it('never has a wider role than its user', async () => {
    const manager = await anActor(test.database, 'manager');
    const headers = await signIn(manager.email);
    const wider = await test.app.inject({
      method: 'POST',
      url: '/api/tokens',
      headers,
      payload: { name: 'Wider', role: 'administrator' },
    });

    expect(wider.statusCode).toBe(422);
    expect(wider.json().details.fields).toHaveProperty('role');
  });

  it('loses a role together with its user', async () => {
    const administrator = await anActor(test.database, 'administrator');
    const planner = await anActor(test.database, 'planner');
    await as(test, planner, { url: '/api/session' });
    await as(test, administrator, {
      method: 'PATCH',
      url: `/api/users/${planner.userId}`,
      payload: { role: 'prospector' },
    });
    const session = await as(test, planner, { url: '/api/session' });

    expect(session.json().user.role).toBe('prospector');
  });

  it('cannot be made with another token', async () => {
    const planner = await anActor(test.database, 'planner');
    const response = await as(test, planner, {
      method: 'POST',
      url: '/api/tokens',
      payload: { name: 'Child' },
    });

    expect(response.statusCode).toBe(403);
  });

  it('cannot be seen or ended by another user who is no administrator', async () => {
    const [one, other] = [
      await anActor(test.database, 'manager'),
      await anActor(test.database, 'planner'),
    ];
    const [token] = await listTokens(test.database, { userId: one.userId });
    const list = await as(test, other, { url: '/api/tokens' });
    const end = await as(test, other, { method: 'DELETE', url: `/api/tokens/${token!.id}` });
    const stillWorks = await as(test, one, { url: '/api/session' });

    expect(list.json()).toHaveLength(1);
    expect(end.statusCode).toBe(404);
    expect(stillWorks.statusCode).toBe(200);
  });
});

describe('a token made on the command line', () => {
  it('acts as a service of its role when it belongs to nobody', async () => {
    const { token, id } = await createToken(test.database, { role: 'manager', name: 'BI' });
    const session = await as(test, { token }, { url: '/api/session' });

    expect(session.json().user).toEqual({
      id: `service:${id}`,
      name: 'BI',
      email: null,
      role: 'manager',
    });
  });

  it('acts for a user found by e-mail address, in any case', async () => {
    const planner = await anActor(test.database, 'planner');
    const { token } = await createToken(test.database, {
      role: 'planner',
      userEmail: planner.email.toUpperCase(),
      name: 'Script',
    });
    const session = await as(test, { token }, { url: '/api/session' });

    expect(session.json().user.id).toBe(planner.userId);
  });

  it('is refused for an unknown user', async () => {
    const attempt = createToken(test.database, {
      role: 'planner',
      userEmail: 'nobody@example.org',
      name: 'x',
    });

    await expect(attempt).rejects.toMatchObject({ code: 'validation' });
  });

  it('is kept as a hash only, and can be revoked once', async () => {
    const { token, id } = await createToken(test.database, { role: 'planner', name: 'x' });
    const stored = JSON.stringify(await test.database.rows('SELECT * FROM app.api_tokens'));

    expect(stored).not.toContain(token.slice(4));
    expect(await revokeToken(test.database, id)).toBe(true);
    expect(await revokeToken(test.database, id)).toBe(false);
  });

  it('is taken bare too, as Cube’s own client sends it', async () => {
    const { token } = await createToken(test.database, { role: 'planner', name: 'x' });
    const session = await test.app.inject({
      url: '/api/session',
      headers: { authorization: token },
    });

    expect(session.statusCode).toBe(200);
  });
});
