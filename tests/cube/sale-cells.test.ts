import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { refreshSaleCells } from '../../server/modules/cube/sale-cells.js';
import type { RowPolicy } from '../../server/policy/row-policy.js';
import { testEngine } from '../support/database.js';
import { testCube, type TestCube } from './support/cube.js';

let cube: TestCube;

beforeAll(async () => {
  cube = await testCube();
});
afterAll(() => cube.close());

const atLevel = (level: number) => [
  { member: 'sales.region_level', operator: 'equals' as const, values: [String(level)] },
];
const manager = async (): Promise<RowPolicy> => {
  const row = await cube.database.row<{ id: number }>(
    `SELECT region_id AS id FROM geo.regions WHERE code = 'NA'`,
  );
  return { kind: 'scoped', ownerId: null, regionIds: [row?.id ?? 0], openLeads: false };
};

/** The same slice from order lines, whatever sums there are: a status of its own that every order has. */
async function fromLines(query: object, policy?: RowPolicy) {
  const { filters = [], ...rest } = query as { filters?: object[] };
  const all = { member: 'sales.status', operator: 'equals', values: ['delivered'] };
  return (await cube.load({ ...rest, filters: [...filters, all] } as never, policy)).data;
}

const eachMonth = [{ dimension: 'sales.ordered_at', granularity: 'month' }];

describe('slices from sums', () => {
  it.each([
    ['by region', { measures: ['sales.revenue', 'sales.margin', 'sales.units', 'sales.orders'] }],
    ['by category', { measures: ['sales.revenue'], dimensions: ['sales.category'] }],
    [
      'by region and month',
      { measures: ['sales.revenue', 'sales.margin', 'sales.orders'], timeDimensions: eachMonth },
    ],
    [
      'by category and month',
      {
        measures: ['sales.revenue', 'sales.units'],
        dimensions: ['sales.category'],
        timeDimensions: eachMonth,
      },
    ],
    [
      'by customer',
      {
        measures: ['sales.orders', 'sales.average_order'],
        dimensions: ['sales.segment', 'sales.housing_type'],
      },
    ],
    [
      'by month, with those who ordered in it',
      {
        measures: ['sales.active_customers', 'sales.revenue'],
        timeDimensions: eachMonth,
      },
    ],
    [
      'of one month',
      {
        measures: ['sales.active_customers'],
        timeDimensions: [
          { dimension: 'sales.ordered_at', dateRange: ['2024-02-01', '2024-02-29'] },
        ],
      },
    ],
  ])('%s equal those from order lines, at every level', async (_name, query) => {
    for (const level of [0, 1, 2, 3]) {
      const dimensions = [
        ...('dimensions' in query ? query.dimensions : []),
        'sales.region_id',
        'sales.parent_region_id',
      ];
      const slice = { ...query, dimensions, filters: atLevel(level), order: dimensions.map(asc) };
      const { data } = await cube.load(slice as never);
      expect(data.length).toBeGreaterThan(0);
      expect(data).toEqual(await fromLines(slice));
    }
  });

  it('equal those from order lines for a manager of a region', async () => {
    const slice = {
      measures: ['sales.revenue', 'sales.orders'],
      dimensions: ['sales.region_id', 'sales.level_1_name'],
      filters: atLevel(2),
      order: [asc('sales.region_id')],
    };
    const { data } = await cube.load(slice as never, await manager());
    expect(data).toHaveLength(2);
    expect(data).toEqual(await fromLines(slice, await manager()));
  });

  it('count who ordered over several months from the lines, each once', async () => {
    const { data } = await cube.load({
      measures: ['sales.active_customers', 'sales.orders', 'sales.revenue'],
      dimensions: ['sales.region_level'],
    });
    const counts = data.map((row) => [row['sales.active_customers'], row['sales.orders']]);
    expect(counts).toEqual(Array(4).fill(['6', '8']));
  });

  it('are read from the sums: these are what a query shows until they are brought up to date', async () => {
    const query = { measures: ['sales.revenue'], filters: atLevel(1) };
    await cube.database.rows(
      `UPDATE crm.sale_cells SET revenue = revenue + 1 WHERE grain = 'region_total' AND level = 1`,
    );
    const { data } = await cube.load({ ...query, dimensions: ['sales.lifecycle'] });
    const cells = await cube.database.row<{ sum: number }>(
      `SELECT sum(revenue) AS sum FROM crm.sale_cells WHERE grain = 'region_total' AND level = 1`,
    );
    expect(data.reduce((sum, row) => sum + Number(row['sales.revenue']), 0)).toBeCloseTo(
      cells?.sum ?? 0,
      9,
    );
    await cube.database.rows(`INSERT INTO app.sale_changes DEFAULT VALUES`);
    await refreshSaleCells(cube.database);
  });
});

describe('the sums of sales', () => {
  const changes: readonly (readonly [string, string])[] = [
    ['a line', `UPDATE crm.sale_lines SET revenue = 7.77 WHERE revenue = 61.00`],
    ['a line without cost', `UPDATE crm.sale_lines SET cost = NULL WHERE revenue = 240.00`],
    [
      'an order that moves to another month',
      `UPDATE crm.sales SET ordered_at = '2024-05-05Z' WHERE external_id = 'o3'`,
    ],
    [
      'an order that goes to another account',
      `UPDATE crm.sales SET account_id = (SELECT account_id FROM crm.accounts WHERE external_id = 'cove-1')
       WHERE external_id = 'o1'`,
    ],
    [
      'an account that moves',
      `UPDATE crm.accounts SET region_id = (SELECT region_id FROM geo.regions WHERE code = 'SC')
       WHERE external_id = 'ash-1'`,
    ],
    [
      'an account of another kind',
      `UPDATE crm.accounts SET lifecycle = 'former', owner_id = NULL WHERE external_id = 'dale-1'`,
    ],
    [
      'a product of another category',
      `UPDATE crm.products SET category = 'seats' WHERE external_id = 'chair'`,
    ],
    ['an order that goes', `DELETE FROM crm.sales WHERE external_id = 'o6'`],
    ['an account that goes', `DELETE FROM crm.accounts WHERE external_id = 'north-1'`],
    [
      'a region that goes under another',
      `UPDATE geo.regions SET parent_id = (SELECT region_id FROM geo.regions WHERE code = 'S') WHERE code = 'NB'; SELECT geo.refresh_region_members()`,
    ],
    [
      'lines of every other order',
      `UPDATE crm.sale_lines SET revenue = revenue + 1 WHERE sale_id % 2 = 0`,
    ],
    ['many lines at once', `UPDATE crm.sale_lines SET quantity = quantity + 1`],
    ['all orders', `TRUNCATE crm.sales CASCADE`],
  ];

  it.each(changes)('follow %s as if they were built anew', async (_name, sql) => {
    for (const statement of sql.split('; ')) await cube.database.rows(statement);
    await refreshUntilDone();
    const kept = await cells();
    await cube.database.rows(`INSERT INTO app.sale_changes DEFAULT VALUES`);
    await refreshUntilDone();
    expect(kept).toEqual(await cells());
  });
});

describe('a row that did not change', () => {
  it('is noted for no sums', async () => {
    await refreshUntilDone();
    await cube.database.rows(`UPDATE crm.sale_lines SET revenue = revenue`);
    await cube.database.rows(`UPDATE crm.sales SET ordered_at = ordered_at`);
    expect(await cube.database.rows('SELECT FROM app.sale_changes')).toEqual([]);
  });
});

describe.skipIf(testEngine === 'embedded')('while others write', () => {
  it('the sums are those of one moment', async () => {
    const balances = await addBalancedOrders();
    const writers = [1, 2].map(async (seed) => {
      for (let step = 0; step < 40; step += 1) await balances.move(seed * 37 + step);
    });
    let isWriting = true;
    const written = Promise.all(writers).finally(() => (isWriting = false));
    const seen: string[] = [];
    while (isWriting) {
      await refreshSaleCells(cube.database);
      seen.push(...(await balances.sums()));
    }
    await written;
    await refreshUntilDone();
    seen.push(...(await balances.sums()));
    expect(new Set(seen)).toEqual(new Set(['1000.00']));
    const kept = await cells();
    await cube.database.rows(`INSERT INTO app.sale_changes DEFAULT VALUES`);
    await refreshUntilDone();
    expect(kept).toEqual(await cells());
  });
});

describe('after edits at random', () => {
  const values = (seed: number) => ({
    one: seed % 10,
    other: (seed * 7 + 3) % 10,
    months: (seed % 5) - 2,
  });
  const edits: readonly string[] = [
    `UPDATE crm.sale_lines l SET revenue = revenue + $1, cost = CASE WHEN $2 > 4 THEN 1 END FROM crm.sales s
     WHERE s.sale_id = l.sale_id AND s.external_id IN ('b' || $1, 'b' || $2)`,
    `UPDATE crm.sales SET ordered_at = ordered_at + $3 * interval '1 month' WHERE external_id = 'b' || $1`,
    `UPDATE crm.sales SET account_id = (SELECT account_id FROM crm.sales WHERE external_id = 'b' || $2)
     WHERE external_id = 'b' || $1`,
    `UPDATE crm.accounts SET region_id = (SELECT region_id FROM geo.regions ORDER BY region_id OFFSET $2 % 6 LIMIT 1),
            segment = 's' || $1, lifecycle = CASE WHEN $1 > 4 THEN 'former' ELSE 'customer' END
     WHERE account_id = (SELECT account_id FROM crm.sales WHERE external_id = 'b' || $2)`,
    `INSERT INTO crm.sale_lines (sale_id, line_number, revenue)
     SELECT sale_id, 2 + $2, 10 * $2 FROM crm.sales WHERE external_id = 'b' || $1 ON CONFLICT DO NOTHING`,
    `DELETE FROM crm.sale_lines WHERE sale_id = (SELECT sale_id FROM crm.sales WHERE external_id = 'b' || $1)`,
  ];

  it('the sums are as if they were built anew', async () => {
    await cube.database.rows(`DELETE FROM crm.sales WHERE external_id LIKE 'b%'`);
    await addBalancedOrders();
    for (let step = 1; step <= 60; step += 1) {
      const { one, other, months } = values(step * 31);
      const sql = edits[(step * 17) % edits.length] ?? '';
      const typed = sql.replaceAll(/\$([123])/g, (_match, place) =>
        String([one, other, months][Number(place) - 1]),
      );
      await cube.database.rows(typed);
      if (step % 3 === 0) await refreshUntilDone();
      if (step % 12 !== 0) continue;
      const kept = await cells();
      await cube.database.rows(`INSERT INTO app.sale_changes DEFAULT VALUES`);
      await refreshUntilDone();
      expect(kept).toEqual(await cells());
    }
  });
});

/** Ten orders of 100 each in several months and regions, and a change that keeps their sum in one statement. */
async function addBalancedOrders() {
  await cube.database.rows(
    `INSERT INTO crm.sales (external_id, account_id, ordered_at)
     SELECT 'b' || n, a.account_id, timestamptz '2025-01-15Z' + n * interval '25 days'
     FROM generate_series(0, 9) n
     JOIN (SELECT account_id, row_number() OVER (ORDER BY account_id) - 1 AS number,
                  count(*) OVER () AS accounts FROM crm.accounts) a ON a.number = n % a.accounts`,
  );
  await cube.database.rows(
    `INSERT INTO crm.sale_lines (sale_id, line_number, revenue)
     SELECT sale_id, 1, 100 FROM crm.sales WHERE external_id LIKE 'b%'`,
  );
  return {
    move: (step: number) =>
      cube.database.rows(
        step % 3 === 0
          ? `UPDATE crm.sales SET ordered_at = ordered_at + interval '31 days' * (1 - 2 * ($1::int % 2))
             WHERE external_id = 'b' || $1::int % 10`
          : `UPDATE crm.sale_lines l SET revenue = revenue + CASE WHEN s.external_id = 'b' || $1::int % 10
               THEN 5 ELSE -5 END
             FROM crm.sales s
             WHERE s.sale_id = l.sale_id AND s.external_id IN ('b' || $1::int % 10, 'b' || ($1::int + 3) % 10)`,
        [step],
      ),
    sums: async () => {
      const rows = await cube.database.rows<{ sum: string }>(
        `SELECT sum(revenue)::text AS sum FROM crm.sale_cells
         WHERE month >= '2024-11-01Z' GROUP BY grain, level`,
      );
      return rows.map(({ sum }) => sum);
    },
  };
}

async function refreshUntilDone(): Promise<void> {
  for (;;) {
    await refreshSaleCells(cube.database);
    const left = await cube.database.row(`SELECT FROM app.sale_changes LIMIT 1`);
    if (left === undefined) return;
  }
}

async function cells(): Promise<unknown[]> {
  return cube.database.rows(
    `SELECT grain, level, region_id, parent_region_id, policy_region_id, month, placement, lifecycle, kind, segment,
            housing_type, owner_id, category, lines, revenue::text, costed_lines, margin::text, units::text, orders,
            active_accounts
     FROM crm.sale_cells
     ORDER BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13`,
  );
}

function asc(member: string): [string, 'asc'] {
  return [member, 'asc'];
}
