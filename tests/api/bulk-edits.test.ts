import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { as, anActor, testApp, type Actor, type TestApp } from './test-app.js';
import { anAccount, someRegions, type Regions } from './test-data.js';

let test: TestApp;
let regions: Regions;
let planner: Actor;
let manager: Actor;
let prospector: Actor;
let north: number;
let south: number;
let own: number;
let open: number;
beforeAll(async () => {
  test = await testApp();
  regions = await someRegions(test.database);
  planner = await anActor(test.database, 'planner', { name: 'Paula' });
  manager = await anActor(test.database, 'manager', { regionIds: [regions.south] });
  prospector = await anActor(test.database, 'prospector', { name: 'Pim' });
});
beforeEach(async () => {
  await test.database.rows('DELETE FROM crm.accounts');
  const { database } = test;
  north = await anAccount(database, {
    name: 'N',
    segment: 'a',
    point: [4.5, 52.5],
    regionId: regions.north,
  });
  south = await anAccount(database, {
    name: 'S',
    segment: 'b',
    point: [4.5, 51.5],
    regionId: regions.south,
  });
  own = await anAccount(database, { name: 'O', lifecycle: 'lead', ownerId: prospector.userId });
  open = await anAccount(database, { name: 'L', lifecycle: 'lead' });
  await test.stores.catchUp();
});
afterAll(async () => {
  await test.close();
});

type Payload = { target: object; changes: object };

async function run(actor: Actor, payload: Payload) {
  const started = await as(test, actor, { method: 'POST', url: '/api/bulk-edits', payload });
  expect(started.statusCode, started.body).toBe(202);
  return finished(actor, started.json().id);
}

async function finished(actor: Actor, id: number) {
  return vi.waitFor(async () => {
    const edit = (await as(test, actor, { url: `/api/bulk-edits/${id}` })).json();
    expect(edit.status).not.toBe('running');
    return edit;
  });
}

async function stateOf(id: number) {
  return test.database.row(
    'SELECT segment, lifecycle, owner_id AS owner, tags, locked_fields AS locked FROM crm.accounts WHERE account_id = $1',
    [id],
  );
}

const everything = { filter: '' };

describe('a bulk edit', () => {
  it('is looked at before it is made', async () => {
    const response = await as(test, planner, {
      method: 'POST',
      url: '/api/bulk-edits/preview',
      payload: { target: everything, changes: { segment: 'a' } },
    });

    expect(response.json()).toEqual({
      total: 4,
      changing: 3,
      refused: 0,
      fields: [
        {
          field: 'segment',
          to: 'a',
          from: [
            { value: null, count: 2 },
            { value: 'a', count: 1 },
            { value: 'b', count: 1 },
          ],
          others: 0,
        },
      ],
    });
    expect(await stateOf(south)).toMatchObject({ segment: 'b' });
  });

  it('changes, locks and says so in the history of each account', async () => {
    const edit = await run(planner, {
      target: { filter: 'segment=a,b', except: [north] },
      changes: { segment: 'c', addTags: ['VIP'], owner: planner.userId },
    });

    expect(edit).toMatchObject({ status: 'succeeded', total: 1, done: 1, changed: 1, skipped: 0 });
    expect(await stateOf(north)).toMatchObject({ segment: 'a', tags: [] });
    expect(await stateOf(south)).toMatchObject({
      segment: 'c',
      tags: ['vip'],
      owner: planner.userId,
      locked: ['owner_id', 'segment', 'tags'],
    });
    const story = await as(test, planner, { url: `/api/accounts/${south}/story` });
    expect(story.json().events[0]).toMatchObject({
      kind: 'bulk',
      who: 'Paula',
      fields: expect.arrayContaining([{ field: 'segment', before: 'b', after: 'c' }]),
    });
    await test.stores.catchUp();
    const rows = await as(test, planner, { url: '/api/accounts/rows?tag=vip' });
    expect(rows.json().total).toBe(1);
  });

  it('is taken back exactly, but for what was changed since', async () => {
    const before = await stateOf(south);
    const edit = await run(planner, {
      target: { ids: [north, south] },
      changes: { segment: 'c', addTags: ['x'] },
    });
    await test.database.rows(`UPDATE crm.accounts SET segment = 'later' WHERE account_id = $1`, [
      north,
    ]);

    const undo = await as(test, planner, {
      method: 'POST',
      url: `/api/bulk-edits/${edit.id}/undo`,
    });
    await finished(planner, undo.json().id);

    expect(await stateOf(south)).toEqual(before);
    expect(await stateOf(north)).toMatchObject({ segment: 'later', tags: [] });
    const again = await as(test, planner, {
      method: 'POST',
      url: `/api/bulk-edits/${edit.id}/undo`,
    });
    expect(again.statusCode).toBe(409);
  });

  it('takes tags away from those that have them', async () => {
    await run(planner, { target: { ids: [north] }, changes: { addTags: ['one', 'two'] } });
    const edit = await run(planner, { target: everything, changes: { removeTags: ['One'] } });

    expect(edit).toMatchObject({ changed: 1, skipped: 3 });
    expect(await stateOf(north)).toMatchObject({ tags: ['two'] });
  });
});

describe('rights of a bulk edit', () => {
  it('keep a manager to their regions, also when ids of others are given', async () => {
    const edit = await run(manager, {
      target: { ids: [north, south] },
      changes: { segment: 'mine' },
    });

    expect(edit).toMatchObject({ changed: 1, skipped: 1 });
    expect(await stateOf(north)).toMatchObject({ segment: 'a' });
    expect(await stateOf(south)).toMatchObject({ segment: 'mine' });
  });

  it('keep a prospector to their own accounts, open leads they see left out', async () => {
    const edit = await run(prospector, {
      target: { ids: [own, open, north] },
      changes: { segment: 'p' },
    });

    expect(edit).toMatchObject({ changed: 1, skipped: 2 });
    expect(await stateOf(own)).toMatchObject({ segment: 'p' });
    expect(await stateOf(open)).toMatchObject({ segment: null });
  });

  it('let no prospector give accounts away', async () => {
    for (const url of ['/api/bulk-edits', '/api/bulk-edits/preview']) {
      const payload = { target: { ids: [own] }, changes: { owner: planner.userId } };
      const response = await as(test, prospector, { method: 'POST', url, payload });
      expect(response.statusCode).toBe(403);
    }
  });

  it('show nobody the edits of others, nor let them take those back', async () => {
    const edit = await run(planner, { target: { ids: [north] }, changes: { segment: 'z' } });

    const url = `/api/bulk-edits/${edit.id}`;
    expect((await as(test, manager, { url })).statusCode).toBe(404);
    expect((await as(test, manager, { method: 'POST', url: `${url}/undo` })).statusCode).toBe(404);
  });

  it.each([
    { target: { ids: [] }, changes: { segment: 'a' } },
    { target: { filter: '' }, changes: {} },
    { target: { filter: 'bounds=1' }, changes: { segment: 'a' } },
    { target: { ids: [1] }, changes: { owner: 'nobody' } },
    { target: { ids: [1] }, changes: { addTags: ['a,b'] } },
    { target: { ids: [1] }, changes: { password: 'x' } },
  ])('refuse what is not right: %j', async (payload) => {
    const response = await as(test, planner, { method: 'POST', url: '/api/bulk-edits', payload });

    expect(response.statusCode).toBe(422);
  });
});
