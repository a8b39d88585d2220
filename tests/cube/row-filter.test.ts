import jwt from 'jsonwebtoken';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mintCubeToken } from '../../server/modules/cube/token.js';
import { toSqlCondition, type RowPolicy } from '../../server/policy/row-policy.js';
import { SqlParameters } from '../../server/policy/sql-parameters.js';
import { testCube, type TestCube } from './support/cube.js';

let cube: TestCube;

beforeAll(async () => {
  cube = await testCube();
});
afterAll(() => cube.close());

const facts = {
  'accounts.accounts': ['count(*)', 'crm.accounts a'],
  'sales.revenue': [
    'sum(l.revenue)',
    'crm.sale_lines l JOIN crm.sales s USING (sale_id) JOIN crm.accounts a USING (account_id)',
  ],
  'payments.payment_value': [
    'sum(y.value)',
    'crm.payments y JOIN crm.sales s USING (sale_id) JOIN crm.accounts a USING (account_id)',
  ],
} as const;

type Fact = keyof typeof facts;
const measures = Object.keys(facts) as Fact[];

const policies = {
  'a prospector': () => ({ kind: 'scoped', ownerId: 'u1', regionIds: [], openLeads: true }),
  'a prospector of Ash': async () => ({
    kind: 'scoped',
    ownerId: 'u1',
    regionIds: [await regionId('NA')],
    openLeads: true,
  }),
  'a manager of Ash': async () => managerOf('NA'),
  'a manager of Ash and South': async () => managerOf('NA', 'S'),
  'somebody with no accounts': () => ({
    kind: 'scoped',
    ownerId: 'nobody',
    regionIds: [],
    openLeads: false,
  }),
  'somebody without any right': () => ({
    kind: 'scoped',
    ownerId: null,
    regionIds: [],
    openLeads: false,
  }),
} satisfies Record<string, () => RowPolicy | Promise<RowPolicy>>;

async function managerOf(...codes: readonly string[]): Promise<RowPolicy> {
  const regionIds = await Promise.all(codes.map(regionId));
  return { kind: 'scoped', ownerId: null, regionIds, openLeads: false };
}

async function regionId(code: string): Promise<number> {
  const [row] = await cube.database.rows<{ region_id: number }>(
    'SELECT region_id FROM geo.regions WHERE code = $1',
    [code],
  );
  return row?.region_id ?? Number.NaN;
}

async function bySql(measure: Fact, policy: RowPolicy): Promise<number> {
  const [aggregate, from] = facts[measure];
  const parameters = new SqlParameters();
  const condition = toSqlCondition(policy, parameters);
  const row = await cube.database.row<{ value: number | null }>(
    `SELECT ${aggregate} AS value FROM ${from} WHERE ${condition}`,
    parameters.values,
  );
  return row?.value ?? 0;
}

async function byCube(measure: Fact, policy: RowPolicy, more: object = {}): Promise<number> {
  const { data } = await cube.load({ measures: [measure], ...more }, policy);
  return data.reduce((sum, row) => sum + Number(row[measure]), 0);
}

describe.each(Object.entries(policies))('%s', (_name, policyOf) => {
  it.each(measures)('sees as much of %s in Cube as in SQL', async (measure) => {
    const policy = (await policyOf()) as RowPolicy;
    expect(await byCube(measure, policy)).toBeCloseTo(await bySql(measure, policy), 9);
  });

  it.each(measures)('sees the same of %s in slices that come from rollups', async (measure) => {
    const policy = (await policyOf()) as RowPolicy;
    const view = measure.split('.')[0];
    const slice = {
      dimensions: [`${view}.region_level`, `${view}.region_id`],
      filters: [{ member: `${view}.region_level`, operator: 'equals', values: ['2'] }],
    };
    expect(await byCube(measure, policy, slice)).toBeCloseTo(await bySql(measure, policy), 9);
  });
});

describe('a row filter', () => {
  it('stays whatever is put beside it with or', async () => {
    const policy = await managerOf('NA');
    const either = [
      {
        or: [
          { member: 'accounts.lifecycle', operator: 'set' },
          { member: 'accounts.lifecycle', operator: 'notSet' },
        ],
      },
    ];
    const everywhere = await byCube('accounts.accounts', policy, { filters: either });
    expect(everywhere).toBe(5);
  });

  it('stays when the other side is asked for by name', async () => {
    const policy = await managerOf('NA');
    const south = [{ member: 'accounts.level_1_name', operator: 'equals', values: ['South'] }];
    expect(await byCube('accounts.accounts', policy, { filters: south })).toBe(0);
  });

  it('leaves payments of unknown orders to those who see everything', async () => {
    const all = await byCube('payments.payment_value', { kind: 'all' });
    const manager = await byCube('payments.payment_value', await managerOf('N', 'S'));
    expect(all).toBeCloseTo(680.39, 9);
    expect(manager).toBeCloseTo(620.39, 9);
  });

  it('does not touch geography and places', async () => {
    const policy = policies['somebody without any right']() as RowPolicy;
    const { data } = await cube.load({ measures: ['places.places'] }, policy);
    expect(data).toEqual([{ 'places.places': '4' }]);
  });

  it.each([
    ['a private cube', { measures: ['base_accounts.accounts'] }],
    ['a filter on a private cube', withFilter('base_accounts.owner_id')],
    ['two views at once', { measures: ['accounts.accounts', 'places.places'] }],
    ['a filter on another view', withFilter('sales.channel')],
    ['rows that are not grouped', { dimensions: ['accounts.city'], ungrouped: true }],
    ['SQL of its own', subqueryJoin()],
    [
      'other joins',
      { measures: ['accounts.accounts'], joinHints: [['base_accounts', 'postcode']] },
    ],
    ['a segment', { measures: ['accounts.accounts'], segments: ['accounts.all'] }],
    ['no member', { limit: 1 }],
    ['another time zone', { measures: ['accounts.accounts'], timezone: 'Europe/Amsterdam' }],
  ])('refuses a query with %s', async (_name, query) => {
    const token = mintCubeToken(planner, cube.endpoint.secret);
    const answer = await cube.loadWithToken(query, token);
    expect(answer.data).toBeUndefined();
    expect(answer.status).toBe(400);
    expect(answer.error).toMatch(/view|use|time zone|measure|exist/);
  });

  it.each([
    ['no row filter', {}],
    ['an empty text', { row_filter: '' }],
    ['a list', { row_filter: [] }],
    ['filters of other views only', { row_filter: { sales: [], payments: [] } }],
    ['a filter that is no list', { row_filter: { accounts: {} } }],
    ['an empty group', { row_filter: { accounts: [{ or: [] }] } }],
    ['a filter without values', { row_filter: { accounts: [filterOn('accounts.owner_id')] } }],
    ['a filter of another view', { row_filter: { accounts: [filterOn('sales.owner_id', 'u1')] } }],
  ])('is required: refuses a token with %s', async (_name, payload) => {
    const token = jwt.sign(payload, cube.endpoint.secret, { expiresIn: 60 });
    const answer = await cube.loadWithToken({ measures: ['accounts.accounts'] }, token);
    expect(answer).toMatchObject({ status: 400, error: expect.stringContaining('row filter') });
    expect(answer.data).toBeUndefined();
  });

  it.each([
    ['of another secret', () => mintCubeToken(planner, 'another secret')],
    ['that is over', () => jwt.sign(rights, cube.endpoint.secret, { expiresIn: -1 })],
    ['of another algorithm', () => jwt.sign(rights, cube.endpoint.secret, { algorithm: 'HS512' })],
    ['without a signature', () => jwt.sign(rights, '', { algorithm: 'none' })],
    ['that is none', () => 'token'],
  ])('is required: refuses a token %s', async (_name, tokenOf) => {
    const answer = await cube.loadWithToken({ measures: ['accounts.accounts'] }, tokenOf());
    expect(answer.status).toBe(403);
    expect(answer.data).toBeUndefined();
  });
});

const planner = { userId: 'u9', role: 'planner', policy: { kind: 'all' } } as const;
const rights = { row_filter: { accounts: [], sales: [], payments: [] } };

function withFilter(member: string): object {
  return { measures: ['accounts.accounts'], filters: [{ member, operator: 'set' }] };
}

function filterOn(member: string, ...values: readonly string[]): object {
  return { member, operator: 'equals', values };
}

function subqueryJoin(): object {
  return {
    measures: ['accounts.accounts'],
    subqueryJoins: [{ sql: 'SELECT 1 AS x', on: '1 = 1', joinType: 'LEFT', alias: 'x' }],
  };
}
