import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testCube, type TestCube } from './support/cube.js';

let cube: TestCube;

beforeAll(async () => {
  cube = await testCube();
});
afterAll(() => cube.close());

const levels = [0, 1, 2, 3];

/** Joins facts over alias `a` to the region at level $1; independent of what the model reads. */
const atLevel = `
  LEFT JOIN LATERAL (
    WITH RECURSIVE up AS (
      SELECT r.* FROM geo.regions r WHERE r.region_id = a.region_id
      UNION ALL SELECT p.* FROM geo.regions p JOIN up ON p.region_id = up.parent_id)
    SELECT * FROM up WHERE up.level = $1
    UNION ALL
    SELECT * FROM geo.regions root WHERE $1 = 0 AND a.region_id IS NULL AND root.level = 0
  ) r ON true`;

const measuresOf = {
  accounts: {
    from: `crm.accounts a ${atLevel}`,
    sql: {
      accounts: 'count(*)',
      leads: `count(*) FILTER (WHERE a.lifecycle = 'lead')`,
      prospects: `count(*) FILTER (WHERE a.lifecycle = 'prospect')`,
      customers: `count(*) FILTER (WHERE a.lifecycle = 'customer')`,
      former_customers: `count(*) FILTER (WHERE a.lifecycle = 'former')`,
      new_customers: 'count(a.customer_since)',
      placed: 'count(a.geom)',
      not_placed: 'count(*) - count(a.geom)',
      population: 'max(r.population)',
      households: 'max(r.households)',
      dwellings: 'max(r.dwellings)',
      accounts_per_1000_households: '1000.0 * count(*) / max(r.households)',
    },
  },
  sales: {
    from: `crm.sale_lines l JOIN crm.sales s USING (sale_id) JOIN crm.accounts a USING (account_id)
           LEFT JOIN crm.products p USING (product_id) ${atLevel}`,
    sql: {
      revenue: 'sum(l.revenue)',
      margin: 'sum(l.revenue - l.cost)',
      units: 'sum(l.quantity)',
      orders: 'count(DISTINCT s.sale_id)',
      active_customers: 'count(DISTINCT a.account_id)',
      average_order: 'sum(l.revenue) / count(DISTINCT s.sale_id)',
      population: 'max(r.population)',
      households: 'max(r.households)',
      dwellings: 'max(r.dwellings)',
      revenue_per_household: 'sum(l.revenue) / max(r.households)',
    },
  },
  payments: {
    from: `crm.payments y LEFT JOIN crm.sales s USING (sale_id)
           LEFT JOIN crm.accounts a USING (account_id) ${atLevel}`,
    sql: { payment_value: 'sum(y.value)', payments: 'count(*)' },
  },
  places: {
    from: `geo.places a ${atLevel}`,
    sql: { places: 'count(*)', population: 'max(r.population)', households: 'max(r.households)' },
  },
} as const;

type View = keyof typeof measuresOf;
const views = Object.keys(measuresOf) as View[];
const cases = views.flatMap((view) =>
  Object.entries(measuresOf[view].sql).map(([measure, sql]) => ({ view, measure, sql })),
);

type Values = Record<string, number | null>;

/** A measure by region at a level through Cube; '-' is the bucket of what lies in no region. */
async function byCube(view: View, measure: string, level: number): Promise<Values> {
  const { data } = await cube.load({
    measures: [`${view}.${measure}`],
    dimensions: [`${view}.region_id`],
    filters: [{ member: `${view}.region_level`, operator: 'equals', values: [String(level)] }],
  });
  return toValues(data.map((row) => [row[`${view}.region_id`], row[`${view}.${measure}`]]));
}

async function bySql(view: View, sql: string, level: number): Promise<Values> {
  const rows = await cube.database.rows<{ id: number | null; value: number | null }>(
    `SELECT r.region_id AS id, (${sql})::double precision AS value
     FROM ${measuresOf[view].from} GROUP BY r.region_id`,
    [level],
  );
  return toValues(rows.map((row) => [row.id, row.value]));
}

function toValues(pairs: readonly (readonly [unknown, unknown])[]): Values {
  return Object.fromEntries(
    pairs.map(([id, value]) => [
      id === null ? '-' : String(id),
      value === null ? null : Math.round(Number(value) * 1e9) / 1e9,
    ]),
  );
}

describe.each(cases)('$view.$measure', ({ view, measure, sql }) => {
  it.each(levels)('equals hand-written SQL at level %i', async (level) => {
    expect(await byCube(view, measure, level)).toEqual(await bySql(view, sql, level));
  });
});

describe('regional slices', () => {
  const additive = [
    ['accounts', 'accounts'],
    ['accounts', 'not_placed'],
    ['sales', 'revenue'],
    ['sales', 'units'],
    ['sales', 'orders'],
    ['sales', 'active_customers'],
    ['payments', 'payment_value'],
    ['places', 'places'],
  ] as const;

  it.each(additive)('%s.%s of the parts of a region sum to it', async (view, measure) => {
    for (const level of [0, 1, 2]) {
      for (const [id, whole] of Object.entries(await byCube(view, measure, level))) {
        if (id === '-') continue;
        const { data } = await cube.load({
          measures: [`${view}.${measure}`],
          dimensions: [`${view}.region_id`],
          filters: [
            { member: `${view}.region_level`, operator: 'equals', values: [String(level + 1)] },
            { member: `${view}.parent_region_id`, operator: 'equals', values: [id] },
          ],
        });
        const parts = data.reduce((sum, row) => sum + Number(row[`${view}.${measure}`]), 0);
        expect(parts).toBeCloseTo(whole ?? Number.NaN, 9);
      }
    }
  });

  it('show what is elsewhere and what is not placed as a bucket without a region', async () => {
    const states = await byCube('accounts', 'accounts', 1);
    const districts = await byCube('accounts', 'accounts', 2);
    const notPlaced = await byCube('accounts', 'not_placed', 1);
    expect(states['-']).toBe(2);
    expect(districts['-']).toBe(3);
    expect(notPlaced['-']).toBe(1);
  });

  it('list the elsewhere of one region under that region', async () => {
    const north = await regionId('N');
    const { data } = await cube.load({
      measures: ['accounts.accounts'],
      dimensions: ['accounts.region_name'],
      filters: [
        { member: 'accounts.region_level', operator: 'equals', values: ['2'] },
        { member: 'accounts.parent_region_id', operator: 'equals', values: [String(north)] },
      ],
    });
    const counts = data.map((row) => [row['accounts.region_name'], row['accounts.accounts']]);
    expect(Object.fromEntries(counts)).toEqual({ Ash: '4', Birch: '1', null: '1' });
  });

  it('count each order once in a total over categories, and once in each category', async () => {
    const total = await cube.load({ measures: ['sales.orders', 'sales.active_customers'] });
    const byCategory = await cube.load({
      measures: ['sales.orders'],
      dimensions: ['sales.category'],
    });
    expect(total.data).toEqual([{ 'sales.orders': '8', 'sales.active_customers': '6' }]);
    const counts = byCategory.data.map((row) => [row['sales.category'], row['sales.orders']]);
    expect(Object.fromEntries(counts)).toEqual({ furniture: '5', lighting: '4' });
  });

  it('divide by the households of the region whatever else is filtered', async () => {
    const ash = String(await regionId('NA'));
    const { data } = await cube.load({
      measures: ['sales.households', 'sales.revenue_per_household'],
      dimensions: ['sales.category'],
      filters: [
        { member: 'sales.region_id', operator: 'equals', values: [ash] },
        { member: 'sales.segment', operator: 'equals', values: ['gold'] },
        { member: 'sales.category', operator: 'equals', values: ['lighting'] },
      ],
    });
    expect(data).toEqual([
      {
        'sales.category': 'lighting',
        'sales.households': 140,
        'sales.revenue_per_household': expect.closeTo(101.25 / 140, 12),
      },
    ]);
  });

  it('count new customers by the month they became one, in UTC', async () => {
    const { data } = await cube.load({
      measures: ['accounts.new_customers'],
      timeDimensions: [
        {
          dimension: 'accounts.customer_since',
          granularity: 'month',
          dateRange: ['2024-01-01', '2024-12-31'],
        },
      ],
    });
    const counts = data.map((row) => [
      row['accounts.customer_since.month'],
      row['accounts.new_customers'],
    ]);
    expect(counts).toEqual([
      ['2024-01-01T00:00:00.000', '3'],
      ['2024-02-01T00:00:00.000', '2'],
      ['2024-03-01T00:00:00.000', '1'],
    ]);
  });

  it('put an order into the month of its time in UTC', async () => {
    const { data } = await cube.load({
      measures: ['sales.revenue'],
      timeDimensions: [{ dimension: 'sales.ordered_at', granularity: 'month' }],
    });
    const sums = data.map((row) => [row['sales.ordered_at.month'], row['sales.revenue']]);
    expect(sums).toEqual([
      ['2024-01-01T00:00:00.000', '360.35'],
      ['2024-02-01T00:00:00.000', '891.45'],
      ['2024-03-01T00:00:00.000', '220.99'],
    ]);
  });

  it('answer for part of a month from the lines, not from months', async () => {
    const { data } = await cube.load({
      measures: ['sales.revenue'],
      timeDimensions: [{ dimension: 'sales.ordered_at', dateRange: ['2024-02-11', '2024-02-12'] }],
    });
    expect(data).toEqual([{ 'sales.revenue': '320.05' }]);
  });

  it('sum the geography of a level', async () => {
    const { data } = await cube.load({
      measures: ['geography.population', 'geography.regions', 'geography.area_km2'],
      filters: [{ member: 'geography.region_level', operator: 'equals', values: ['2'] }],
    });
    expect(data).toEqual([
      { 'geography.population': 940, 'geography.regions': '3', 'geography.area_km2': 94 },
    ]);
  });

  it('tell the region of the postcode from the region on the map', async () => {
    const { data } = await cube.load({
      measures: ['accounts.accounts'],
      dimensions: ['accounts.level_2_name', 'accounts.postcode_level_2_name'],
      filters: [
        { member: 'accounts.postcode_level_2_name', operator: 'equals', values: ['Birch'] },
      ],
      order: { 'accounts.accounts': 'asc', 'accounts.level_2_name': 'asc' },
    });
    const rows = data.map((row) => [row['accounts.level_2_name'], row['accounts.accounts']]);
    expect(rows).toEqual([
      ['Ash', '1'],
      ['Birch', '1'],
    ]);
  });
});

async function regionId(code: string): Promise<number> {
  const row = await cube.database.row<{ region_id: number }>(
    'SELECT region_id FROM geo.regions WHERE code = $1',
    [code],
  );
  if (row === undefined) throw new Error(`No region ${code}`);
  return row.region_id;
}
