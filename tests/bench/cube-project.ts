import type { Database } from '../../server/db/database.js';

export const MONTHS = 36;
const STATES = 20;
const DISTRICTS = 300;
const PRODUCTS = 60;

/** Regions and products of the benchmark of slices, before there are sales. */
export async function makeRegions(database: Database): Promise<void> {
  await database.rows(
    `INSERT INTO geo.region_levels (level, name, plural_name)
     VALUES (1, 'State', 'States'), (2, 'District', 'Districts')`,
  );
  await database.rows(
    `INSERT INTO geo.regions (level, code, name, households)
     SELECT 1, 'S' || n, 'State ' || n, 1000 FROM generate_series(1, $1::int) n`,
    [STATES],
  );
  await database.rows(
    `INSERT INTO geo.regions (level, code, name, parent_id, households)
     SELECT 2, 'D' || n, 'District ' || n, p.region_id, 100
     FROM generate_series(1, $1::int) n JOIN geo.regions p ON p.code = 'S' || (n % $2::int + 1)`,
    [DISTRICTS, STATES],
  );
  await database.rows('SELECT geo.refresh_region_members()');
  await database.rows(
    `INSERT INTO crm.products (name, category)
     SELECT 'product ' || n, 'category ' || n % 12 FROM generate_series(1, $1::int) n`,
    [PRODUCTS],
  );
}

/**
 * Adds sales until there are as many lines: two and a half an order, eight orders an account, spread over the
 * districts and three years. Milliseconds of writing them, with the notes of what changed.
 */
export async function growSales(database: Database, lines: number): Promise<number> {
  const row = await database.row<{ orders: number; accounts: number }>(
    'SELECT (SELECT count(*) FROM crm.sales) AS orders, (SELECT count(*) FROM crm.accounts) AS accounts',
  );
  const { orders = 0, accounts = 0 } = row ?? {};
  await database.rows(
    `INSERT INTO crm.accounts (name, kind, lifecycle, segment, housing_type, owner_id, region_id, geom, placement)
     SELECT 'account ' || n, CASE WHEN n % 3 = 0 THEN 'person' ELSE 'organisation' END,
            CASE WHEN n % 10 = 0 THEN 'former' ELSE 'customer' END, 'segment ' || n % 5,
            (ARRAY['detached', 'terrace', 'apartments'])[n % 3 + 1], 'user ' || n % 300 % 20, r.region_id,
            ST_SetSRID(ST_MakePoint(4, 52), 4326), 'exact'
     FROM generate_series($1::int, $2::int - 1) n JOIN geo.regions r ON r.code = 'D' || (n % $3::int + 1)`,
    [accounts, Math.round(lines / 20), DISTRICTS],
  );
  await database.rows('ANALYZE crm.accounts');
  const started = performance.now();
  await database.rows(
    `INSERT INTO crm.sales (account_id, ordered_at, status)
     SELECT a.first_id + (n * 7919::bigint) % a.accounts,
            timestamptz '2023-01-01Z' + n::float8 / $2 * interval '1095 days', 'delivered'
     FROM generate_series($1::int, $2::int - 1) n,
          (SELECT min(account_id) AS first_id, count(*) AS accounts FROM crm.accounts) a`,
    [orders, Math.round(lines / 2.5)],
  );
  await database.rows(
    `INSERT INTO crm.sale_lines (sale_id, line_number, product_id, quantity, revenue, cost)
     SELECT s.sale_id, l, p.first_id + (s.sale_id * 13 + l * 7) % $2, 1 + l % 3,
            (s.sale_id * 31 + l) % 9700 / 100.0, CASE WHEN l < 3 THEN 1 END
     FROM (SELECT sale_id FROM crm.sales ORDER BY sale_id OFFSET $1) s
     CROSS JOIN generate_series(1, 3) l, (SELECT min(product_id) AS first_id FROM crm.products) p
     WHERE l < 3 OR s.sale_id % 2 = 0`,
    [orders, PRODUCTS],
  );
  const took = performance.now() - started;
  await database.rows('ANALYZE');
  return took;
}
