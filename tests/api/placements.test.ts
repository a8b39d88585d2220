import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Database } from '../../server/db/database.js';
import { as, anActor, testApp, type Actor, type TestApp } from './test-app.js';
import { anAccount, someRegions, type Regions } from './test-data.js';

let test: TestApp;
let regions: Regions;
let planner: Actor;
beforeEach(async () => {
  test = await testApp();
  regions = await someRegions(test.database);
  planner = await anActor(test.database, 'planner');
});
afterEach(async () => {
  await test.close();
});

/** An account that stands at the first of two things that its address could mean. */
async function aDoubtfulAccount(database: Database, name: string, ownerId?: string) {
  const id = await anAccount(database, { name, point: [4.5, 52.5], ...(ownerId && { ownerId }) });
  const address = `street = 'Kade', city = 'Havenstad'`;
  const finding = `placement = 'street', placement_status = 'doubtful', placement_confidence = 0.6,
    placement_label = 'Kade, Havenstad'`;
  for (const change of [address, finding]) {
    await database.rows(`UPDATE crm.accounts SET ${change} WHERE account_id = $1`, [id]);
  }
  await database.rows(
    `INSERT INTO crm.placement_candidates (account_id, rank, label, precision, confidence, geom, source)
     VALUES ($1, 1, 'Kade, Havenstad', 'street', 0.6, ST_SetSRID(ST_MakePoint(4.5, 52.5), 4326), 'OSM'),
            ($1, 2, 'Kade 1, Zuidstad', 'roof', 0.5, ST_SetSRID(ST_MakePoint(4.1, 51.1), 4326), 'BAG')`,
    [id],
  );
  return id;
}

const review = (actor: Actor, query = '') =>
  as(test, actor, { url: `/api/placements/review?${query}` });

const decide = (actor: Actor, id: number, payload: object) =>
  as(test, actor, { method: 'POST', url: `/api/placements/${id}`, payload });

const placementOf = (id: number) =>
  test.database.row(
    `SELECT ST_X(geom) AS lon, placement, placement_status AS status, placement_locked AS locked,
       matched_at IS NOT NULL AS matched,
       (SELECT count(*) FROM crm.placement_candidates c WHERE c.account_id = a.account_id) AS candidates
     FROM crm.accounts a WHERE account_id = $1`,
    [id],
  );

describe('the placements to review', () => {
  it('are those that are not sure, with what the address could mean', async () => {
    await anAccount(test.database, { name: 'Sure', point: [4.5, 52.5] });
    const id = await aDoubtfulAccount(test.database, 'Doubtful');
    const response = await review(planner);

    expect(response.json()).toMatchObject({
      counts: { doubtful: 1, ambiguous: 0, none: 0 },
      items: [
        {
          id,
          address: 'Kade, Havenstad',
          status: 'doubtful',
          candidates: [{ rank: 1 }, { rank: 2, label: 'Kade 1, Zuidstad', lon: 4.1 }],
        },
      ],
    });
  });

  it('come page by page and by status', async () => {
    const ids = [];
    for (const name of ['a', 'b', 'c']) ids.push(await aDoubtfulAccount(test.database, name));
    const first = (await review(planner, 'limit=2')).json().items;
    const second = (await review(planner, `limit=2&after=${first[1].id}`)).json().items;
    const none = (await review(planner, 'status=none')).json().items;

    expect([...first, ...second].map(({ id }: { id: number }) => id)).toEqual(ids);
    expect(none).toEqual([]);
  });

  it('are only those that the asker may see', async () => {
    await aDoubtfulAccount(test.database, 'Of somebody else', planner.userId);
    const prospector = await anActor(test.database, 'prospector');

    expect((await review(prospector)).json()).toEqual({
      counts: { doubtful: 0, ambiguous: 0, none: 0 },
      items: [],
    });
  });
});

describe('a decision about a placement', () => {
  it('confirms the account where it stands and locks it', async () => {
    const id = await aDoubtfulAccount(test.database, 'Right');
    const response = await decide(planner, id, { kind: 'confirm' });

    expect(response.statusCode, response.body).toBe(204);
    expect(await placementOf(id)).toMatchObject({
      lon: 4.5,
      placement: 'street',
      status: 'confirmed',
      locked: true,
      candidates: 0,
    });
    expect((await review(planner)).json().items).toEqual([]);
  });

  it('moves the account to a candidate and matches it there', async () => {
    const id = await aDoubtfulAccount(test.database, 'Elsewhere');
    await decide(planner, id, { kind: 'candidate', rank: 2 });
    const account = await as(test, planner, { url: `/api/accounts/${id}` });

    expect(account.json()).toMatchObject({
      lon: 4.1,
      lat: 51.1,
      placement: 'address',
      placementLocked: true,
      placementSource: 'BAG',
    });
    expect(account.json().regionId).not.toBe(regions.harbour);
    expect(await placementOf(id)).toMatchObject({ matched: true });
  });

  it('puts the account at a point', async () => {
    const id = await aDoubtfulAccount(test.database, 'By hand');
    await decide(planner, id, { kind: 'point', lonLat: [4.6, 52.6] });

    expect(await placementOf(id)).toMatchObject({ lon: 4.6, placement: 'exact', locked: true });
  });

  it('is refused for a candidate that is gone, a wrong body, and an account of somebody else', async () => {
    const id = await aDoubtfulAccount(test.database, 'Mine', planner.userId);
    const prospector = await anActor(test.database, 'prospector');

    expect((await decide(planner, id, { kind: 'candidate', rank: 9 })).statusCode).toBe(409);
    expect((await decide(planner, id, { kind: 'point', lonLat: [4, 91] })).statusCode).toBe(422);
    expect((await decide(prospector, id, { kind: 'confirm' })).statusCode).toBe(404);
    expect(await placementOf(id)).toMatchObject({
      status: 'doubtful',
      locked: false,
      candidates: 2,
    });
  });

  it('is undone where it would take the account out of the sight of whoever makes it', async () => {
    const manager = await anActor(test.database, 'manager', { regionIds: [regions.north] });
    const id = await aDoubtfulAccount(test.database, 'In the north');
    await test.database.rows('UPDATE crm.accounts SET region_id = $2 WHERE account_id = $1', [
      id,
      regions.harbour,
    ]);
    const response = await decide(manager, id, { kind: 'candidate', rank: 2 });

    expect(response.statusCode).toBe(409);
    expect(await placementOf(id)).toMatchObject({ lon: 4.5, status: 'doubtful', candidates: 2 });
  });
});
