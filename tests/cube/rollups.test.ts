import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { testEngine } from '../support/database.js';
import { testCube, type CubeAnswer, type TestCube } from './support/cube.js';

let cube: TestCube;

beforeAll(async () => {
  cube = await testCube();
});
afterAll(() => cube.close());

const region = ['region_level', 'region_id'];
const atLevel = (view: string, level: number) => [
  { member: `${view}.region_level`, operator: 'equals' as const, values: [String(level)] },
];

function rollupsOf(answer: CubeAnswer): string[] {
  return Object.keys(answer.usedPreAggregations ?? {}).map((table) => table.split('.')[1] ?? '');
}

/** The rollups that an answer was read from, each with the time at which it was built. */
function buildsOf({ usedPreAggregations }: CubeAnswer): [string, unknown][] {
  return Object.entries(usedPreAggregations ?? {}).map(([table, used]) => [
    table,
    (used as { lastUpdatedAt: unknown }).lastUpdatedAt,
  ]);
}

async function tables(): Promise<string[]> {
  const rows = await cube.database.rows<{ table_name: string }>(
    `SELECT table_name FROM information_schema.tables WHERE table_schema = 'prod_pre_aggregations'`,
  );
  return rows.map((row) => row.table_name);
}

describe('rollups', () => {
  it.each([
    ['accounts_by_region', ['accounts.customers', 'accounts.households'], ['accounts.segment']],
    ['accounts_around', ['accounts.accounts'], ['accounts.zone_kind', 'accounts.road_class']],
    ['payments_by_region', ['payments.payment_value'], ['payments.payment_type']],
    ['places_by_region', ['places.places'], ['places.category']],
  ])('%s answers a slice of %j by region and %j', async (rollup, measures, more) => {
    const view = measures[0]?.split('.')[0] ?? '';
    const answer = await cube.load({
      measures,
      dimensions: [`${view}.region_id`, `${view}.region_name`, ...more],
      filters: atLevel(view, 2),
    });
    expect(rollupsOf(answer)).toEqual([rollup]);
  });

  it('are kept in the database, in their own schema', async () => {
    await cube.load({ measures: ['accounts.accounts'] });
    expect(await tables()).toContainEqual(expect.stringMatching(/^accounts_by_region_/));
  });

  it('are taken over by a Cube that starts later, also after the log was trimmed', async () => {
    const queries = [{ measures: ['accounts.accounts'] }, { measures: ['payments.payments'] }];
    const before = await Promise.all(queries.map((query) => cube.load(query)));
    await cube.database.rows(`DELETE FROM app.changes`);
    await cube.restart();
    const after = await Promise.all(queries.map((query) => cube.load(query)));
    expect(before.map((answer) => buildsOf(answer)[0]?.[1])).not.toContain(undefined);
    expect(after.map(buildsOf)).toEqual(before.map(buildsOf));
    expect(after.map(({ data }) => data)).toEqual(before.map(({ data }) => data));
  });
});

describe('the marker of changes', () => {
  const read = () =>
    cube.database.row<{ marker: string }>(
      `SELECT app.change_marker('sales', 'accounts') AS marker`,
    );

  it('stays when the log is trimmed and moves with the next change', async () => {
    const before = await read();
    await cube.database.rows(`DELETE FROM app.changes`);
    expect(await read()).toEqual(before);
    await cube.database.rows(`INSERT INTO app.changes (layer) VALUES ('accounts')`);
    expect(await read()).not.toEqual(before);
  });
});

describe('after a change', () => {
  const soon = { timeout: 180_000, interval: 250 };

  it('of accounts, rollups and totals show it soon, and never a mixture', async () => {
    const measures = ['accounts.accounts', 'accounts.leads', 'accounts.prospects'];
    const read = async () => (await cube.load({ measures })).data[0];
    expect(await read()).toEqual(counts(10, 2, 1));
    await cube.database.rows(
      `UPDATE crm.accounts SET lifecycle = 'prospect' WHERE lifecycle = 'lead'`,
    );
    await vi.waitFor(async () => {
      const now = await read();
      expect([counts(10, 2, 1), counts(10, 0, 3)]).toContainEqual(now);
      expect(now).toEqual(counts(10, 0, 3));
    }, soon);
  });

  it('of an order line, revenue and distinct counts show it soon', async () => {
    const query = {
      measures: ['sales.revenue', 'sales.orders'],
      dimensions: region.map((member) => `sales.${member}`),
      filters: atLevel('sales', 0),
    };
    const before = await cube.load(query);
    expect(before.data[0]).toMatchObject({ 'sales.revenue': '1472.79', 'sales.orders': '8' });
    await cube.database.rows(
      `DELETE FROM crm.sales WHERE external_id = (SELECT max(external_id) FROM crm.sales)`,
    );
    await vi.waitFor(async () => {
      const { data } = await cube.load(query);
      expect(data[0]).toMatchObject({ 'sales.revenue': '1232.79', 'sales.orders': '7' });
    }, soon);
  });

  it('of the segment of an account, rollups of sales show it soon, and names leave them alone', async () => {
    const marker = () =>
      cube.database.row(`SELECT app.change_marker('sales', 'account_slices') AS marker`);
    const query = {
      measures: ['sales.revenue'],
      filters: [{ member: 'sales.segment', operator: 'equals' as const, values: ['bronze'] }],
    };
    const before = await marker();
    await cube.database.rows(`UPDATE crm.accounts SET name = 'Cove' WHERE external_id = 'cove-1'`);
    expect(await marker()).toEqual(before);
    await cube.database.rows(
      `UPDATE crm.accounts SET segment = 'bronze' WHERE external_id = 'cove-1'`,
    );
    await vi.waitFor(async () => {
      const { data } = await cube.load(query);
      expect(data).toEqual([{ 'sales.revenue': '199.99' }]);
    }, soon);
  });

  it('of the households of a region, ratios show it soon', async () => {
    const query = {
      measures: ['accounts.accounts_per_1000_households'],
      dimensions: ['accounts.region_name'],
      filters: [
        { member: 'accounts.region_id', operator: 'equals' as const, values: [await south()] },
      ],
    };
    const before = await cube.load(query);
    expect(before.data[0]).toMatchObject({ 'accounts.accounts_per_1000_households': 12.5 });
    await cube.database.rows(`UPDATE geo.regions SET households = 100 WHERE code = 'S'`);
    await vi.waitFor(async () => {
      const { data } = await cube.load(query);
      expect(data[0]).toMatchObject({ 'accounts.accounts_per_1000_households': 20 });
    }, soon);
  });

  // The embedded engine runs one transaction after the other.
  const itWithConcurrency = it.skipIf(testEngine === 'embedded');
  itWithConcurrency(
    'committed late, with a number given out early, the marker differs',
    async () => {
      const marker = `SELECT app.change_marker('accounts') AS marker`;
      const late = await cube.database.pool.connect();
      await late.query('BEGIN');
      await late.query(`INSERT INTO app.changes (layer) VALUES ('accounts')`);
      await cube.database.rows(`INSERT INTO app.changes (layer) VALUES ('accounts')`);
      const before = await cube.database.row(marker);
      await late.query('COMMIT');
      late.release();
      expect(await cube.database.row(marker)).not.toEqual(before);
    },
  );
});

async function south(): Promise<string> {
  const row = await cube.database.row<{ region_id: number }>(
    `SELECT region_id FROM geo.regions WHERE code = 'S'`,
  );
  return String(row?.region_id);
}

function counts(accounts: number, leads: number, prospects: number): Record<string, string> {
  return {
    'accounts.accounts': String(accounts),
    'accounts.leads': String(leads),
    'accounts.prospects': String(prospects),
  };
}
