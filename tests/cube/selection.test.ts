import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SelectionDefinition } from '../../server/contract/selections.js';
import { mintCubeToken } from '../../server/modules/cube/token.js';
import { createSelection } from '../../server/modules/selections/selections.repository.js';
import type { RowPolicy } from '../../server/policy/row-policy.js';
import { testCube, type CubeAnswer, type TestCube } from './support/cube.js';

const all: RowPolicy = { kind: 'all' };
const secret = 'a secret for tests, long enough to sign with';

let cube: TestCube;
let drawn: number;
let picked: number;

beforeAll(async () => {
  cube = await testCube();
  await cube.database.rows(
    `UPDATE crm.accounts SET geom = ST_SetSRID(ST_MakePoint(5, 51), 4326)
     WHERE external_id IN ('dale-1', 'ash-1', 'cove-2')`,
  );
  drawn = await select({ kind: 'box', bounds: [5, 51, 6, 52] });
  const rows = await cube.database.rows<{ id: number }>(
    `SELECT account_id AS id FROM crm.accounts WHERE external_id IN ('unplaced', 'cove-1')`,
  );
  picked = await select({ kind: 'accounts', ids: rows.map(({ id }) => id) });
});
afterAll(() => cube.close());

function select(definition: SelectionDefinition): Promise<number> {
  return cube.database.transaction((client) => createSelection(client, 'u1', { definition }));
}

function load(
  query: object,
  { selections = [drawn, picked], policy = all } = {},
): Promise<CubeAnswer> {
  const token = mintCubeToken({ userId: 'u1', role: 'planner', policy }, secret, selections);
  return cube.loadWithToken(query, token);
}

const within = (view: string, id: number) => ({
  member: `${view}.selection`,
  operator: 'equals',
  values: [String(id)],
});

describe('a selection in Cube', () => {
  it.each([
    ['accounts.accounts', () => drawn, 3],
    ['accounts.customers', () => drawn, 2],
    ['accounts.accounts', () => picked, 2],
    ['sales.revenue', () => drawn, 100.1 + 20.25 + 61 + 250 + 50.05 + 20],
    ['sales.orders', () => drawn, 4],
    ['sales.active_customers', () => drawn, 2],
    ['sales.revenue', () => picked, 240 + 199.99],
    ['payments.payment_value', () => drawn, 100.35 + 20 + 300.05],
  ] as const)('holds the same accounts for %s', async (measure, selection, expected) => {
    const [view] = measure.split('.') as [string];
    const { data, error } = await load({
      measures: [measure],
      filters: [within(view, selection())],
    });

    expect(error).toBeUndefined();
    expect(Number(data[0]?.[measure])).toBeCloseTo(expected, 6);
  });

  it('is divided by regions and by time', async () => {
    const byRegion = await load({
      measures: ['accounts.accounts'],
      dimensions: ['accounts.region_name'],
      filters: [
        within('accounts', drawn),
        { member: 'accounts.region_level', operator: 'equals', values: ['2'] },
      ],
    });
    const byMonth = await load({
      measures: ['sales.orders'],
      timeDimensions: [
        {
          dimension: 'sales.ordered_at',
          granularity: 'month',
          dateRange: ['2024-01-01', '2024-03-31'],
        },
      ],
      filters: [within('sales', drawn)],
    });

    expect(countsOf(byRegion, 'accounts.region_name', 'accounts.accounts')).toEqual({
      Ash: 2,
      Cove: 1,
    });
    expect(byMonth.data.map((row) => Number(row['sales.orders']))).toEqual([1, 3]);
  });

  it('follows accounts that move in', async () => {
    const id = await select({ kind: 'box', bounds: [20, 20, 21, 21] });
    const query = { measures: ['accounts.accounts'], filters: [within('accounts', id)] };
    const count = async () =>
      Number((await load(query, { selections: [id] })).data[0]?.['accounts.accounts']);

    expect(await count()).toBe(0);
    await cube.database.rows(
      `UPDATE crm.accounts SET geom = ST_SetSRID(ST_MakePoint(20, 21), 4326) WHERE external_id = 'birch-1'`,
    );
    await expect.poll(count, { timeout: 20_000 }).toBe(1);
  });

  it('shows nobody more than their rights', async () => {
    const policy: RowPolicy = {
      kind: 'scoped',
      ownerId: 'u1',
      regionIds: [],
      openLeads: false,
    };
    const { data } = await load(
      { measures: ['accounts.accounts'], filters: [within('accounts', drawn)] },
      { policy },
    );

    expect(Number(data[0]?.['accounts.accounts'])).toBe(2);
  });

  it('that the token does not list is as one that is not there', async () => {
    const { status, error } = await load(
      { measures: ['accounts.accounts'], filters: [within('accounts', drawn)] },
      { selections: [picked] },
    );

    expect(status).toBe(400);
    expect(error).toMatch(/no such selection/);
  });

  it.each<[string, () => object]>([
    ['to group by', () => ({ dimensions: ['accounts.selection'] })],
    [
      'to group by as well',
      () => ({ dimensions: ['accounts.selection'], filters: [within('accounts', drawn)] }),
    ],
    ['to order by', () => ({ order: { 'accounts.selection': 'asc' } })],
    [
      'as what must not be',
      () => ({ filters: [{ ...within('accounts', drawn), operator: 'notEquals' }] }),
    ],
    [
      'as one of several',
      () => ({
        filters: [{ ...within('accounts', drawn), values: [String(drawn), String(picked)] }],
      }),
    ],
    ['twice', () => ({ filters: [within('accounts', drawn), within('accounts', picked)] })],
    [
      'as an alternative',
      () => ({
        filters: [
          { or: [within('accounts', drawn), { member: 'accounts.lifecycle', operator: 'set' }] },
        ],
      }),
    ],
  ])('is not there %s', async (_name, query) => {
    const { status } = await load({ measures: ['accounts.accounts'], ...query() });

    expect(status).toBe(400);
  });
});

function countsOf({ data }: CubeAnswer, name: string, measure: string): Record<string, number> {
  return Object.fromEntries(data.map((row) => [String(row[name]), Number(row[measure])]));
}
