import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { as, anActor, testApp, type Actor, type TestApp } from './test-app.js';

const address = '/explore?region=5&measure=sales.revenue';
const picture = `data:image/webp;base64,${Buffer.from('RIFF a picture').toString('base64')}`;

let test: TestApp;
let owner: Actor;
beforeEach(async () => {
  test = await testApp();
  owner = await anActor(test.database, 'manager', { name: 'Mia' });
});
afterEach(async () => {
  await test.close();
});

const save = (payload: object) => as(test, owner, { method: 'POST', url: '/api/views', payload });
const list = async (actor: Actor) => (await as(test, actor, { url: '/api/views' })).json();
const intoTeam = (actor: Actor, team: string | null) =>
  test.database.rows('UPDATE app.users SET team = $2 WHERE id = $1', [actor.userId, team]);

describe('a saved view', () => {
  it('keeps name, address and picture for its owner alone', async () => {
    const saved = await save({ name: ' North ', address, thumbnail: picture });
    const other = await anActor(test.database, 'administrator');
    const { id } = saved.json();
    const shown = await as(test, owner, { url: `/api/views/${id}/thumbnail` });
    const hidden = await as(test, other, { url: `/api/views/${id}/thumbnail` });

    expect(saved.statusCode).toBe(201);
    expect(await list(owner)).toMatchObject([
      { id, name: 'North', address, sharing: 'me', ownerName: 'Mia', mayChange: true },
    ]);
    expect(shown.headers['content-type']).toBe('image/webp');
    expect(shown.body).toBe('RIFF a picture');
    expect(await list(other)).toEqual([]);
    expect(hidden.statusCode).toBe(404);
  });

  it('is shared with those of the same team, and no longer after they left it', async () => {
    const [mate, stranger] = [
      await anActor(test.database, 'prospector'),
      await anActor(test.database, 'prospector'),
    ];
    await intoTeam(owner, 'South');
    await intoTeam(mate, 'South');
    await save({ name: 'Ours', address, sharing: 'team' });
    const inTeam = await list(mate);
    await intoTeam(mate, 'North');

    expect(inTeam).toMatchObject([{ name: 'Ours', mayChange: false }]);
    expect(await list(mate)).toEqual([]);
    expect(await list(stranger)).toEqual([]);
  });

  it('is shared with nobody by "team" where its owner is in none', async () => {
    const other = await anActor(test.database, 'planner');
    await save({ name: 'Alone', address, sharing: 'team' });

    expect(await list(other)).toEqual([]);
  });

  it('can be opened by everyone, but changed by its owner and administrators only', async () => {
    const { id } = (await save({ name: 'All', address, sharing: 'everyone' })).json();
    const other = await anActor(test.database, 'planner');
    const administrator = await anActor(test.database, 'administrator');
    const change = (actor: Actor, name: string) =>
      as(test, actor, { method: 'PATCH', url: `/api/views/${id}`, payload: { name } });
    const refused = await change(other, 'Mine now');
    const removal = await as(test, other, { method: 'DELETE', url: `/api/views/${id}` });
    const renamed = await change(administrator, 'For all');

    expect(await list(other)).toMatchObject([{ name: 'For all', mayChange: false }]);
    expect(refused.statusCode).toBe(403);
    expect(removal.statusCode).toBe(403);
    expect(renamed.json()).toMatchObject({ name: 'For all', address, sharing: 'everyone' });
  });

  it('is gone once it was removed', async () => {
    const { id } = (await save({ name: 'Short', address })).json();
    const removed = await as(test, owner, { method: 'DELETE', url: `/api/views/${id}` });
    const again = await as(test, owner, { method: 'DELETE', url: `/api/views/${id}` });

    expect(removed.statusCode).toBe(204);
    expect(again.statusCode).toBe(404);
  });

  it.each([
    ['an address elsewhere', { name: 'x', address: 'https://example.org/' }, 'address'],
    ['an address of another host', { name: 'x', address: '//example.org' }, 'address'],
    ['a name of blanks', { name: '  ', address }, 'name'],
    [
      'a picture that could run',
      { name: 'x', address, thumbnail: 'data:image/svg+xml;base64,AA' },
      'thumbnail',
    ],
  ])('refuses %s', async (_what, payload, field) => {
    const response = await save(payload);

    expect(response.statusCode).toBe(422);
    expect(response.json().details.fields).toHaveProperty(field);
  });
});
