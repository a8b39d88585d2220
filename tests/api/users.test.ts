import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { as, anActor, testApp, type Actor, type TestApp } from './test-app.js';
import { someRegions } from './test-data.js';

let test: TestApp;
let administrator: Actor;
beforeEach(async () => {
  test = await testApp();
  administrator = await anActor(test.database, 'administrator');
});
afterEach(async () => {
  await test.close();
});

const bea = {
  name: 'Bea',
  email: 'Bea@Example.org',
  password: 'another long password',
  role: 'manager',
};
const add = (payload: object) =>
  as(test, administrator, { method: 'POST', url: '/api/users', payload });
const change = (id: string, payload: object) =>
  as(test, administrator, { method: 'PATCH', url: `/api/users/${id}`, payload });

describe('administrators', () => {
  it('add users, who can then sign in', async () => {
    const added = await add(bea);
    const signIn = await test.app.inject({
      method: 'POST',
      url: '/api/auth/sign-in/email',
      payload: { email: 'bea@example.org', password: bea.password },
    });

    expect(added.statusCode).toBe(201);
    expect(added.json()).toMatchObject({
      email: 'bea@example.org',
      role: 'manager',
      regionIds: [],
    });
    expect(signIn.statusCode).toBe(200);
  });

  it('are told when somebody already has the e-mail address', async () => {
    await add(bea);
    const again = await add({ ...bea, email: 'BEA@example.org' });

    expect(again.statusCode).toBe(409);
    expect(again.json().details.fields).toEqual({
      email: 'Somebody already signs in with this e-mail address.',
    });
  });

  it('assign regions, and are told which do not exist', async () => {
    const { north } = await someRegions(test.database);
    const { id } = (await add(bea)).json();
    const assigned = await change(id, { regionIds: [north, north] });
    const unknown = await change(id, { regionIds: [north, 4242] });
    const users = await as(test, administrator, { url: '/api/users' });

    expect(assigned.json().regionIds).toEqual([north]);
    expect(unknown.statusCode).toBe(422);
    expect(unknown.json().details.fields.regionIds).toBe('There is no region 4242.');
    expect(users.json().find((user: { id: string }) => user.id === id).regionIds).toEqual([north]);
  });

  it('cannot leave the project without an administrator', async () => {
    const response = await change(administrator.userId, { role: 'planner' });
    const session = await as(test, administrator, { url: '/api/session' });

    expect(response.statusCode).toBe(409);
    expect(session.json().user.role).toBe('administrator');
  });

  it('can step down once there is another', async () => {
    const { id } = (await add(bea)).json();
    await change(id, { role: 'administrator' });
    const response = await change(administrator.userId, { role: 'planner' });

    expect(response.statusCode).toBe(200);
  });

  it('are told when a user does not exist or nothing is to be changed', async () => {
    const unknown = await change('nobody', { name: 'X' });
    const nothing = await change(administrator.userId, {});

    expect(unknown.statusCode).toBe(404);
    expect(nothing.statusCode).toBe(422);
  });
});
