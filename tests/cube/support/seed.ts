import type { Database } from '../../../server/db/database.js';

/**
 * A small project with every awkward case:
 *
 *     project ─┬─ North ─┬─ Ash ─── Dale
 *              │         └─ Birch
 *              └─ South ─── Cove
 *
 * Level 3 exists only in Ash. One account lies in North but in no district ("elsewhere"), one outside every
 * region, one is not placed and known by its postcode to be in Ash. One order holds two categories; one
 * customer orders in two months; two payments belong to an order that was not loaded.
 */
export async function seed(database: Database): Promise<void> {
  await database.rows(
    `INSERT INTO geo.region_levels (level, name, plural_name)
     VALUES (1, 'State', 'States'), (2, 'District', 'Districts'), (3, 'Town', 'Towns')`,
  );
  await database.rows(
    `UPDATE geo.regions SET population = 1000, households = 400, dwellings = 420 WHERE level = 0`,
  );
  for (const one of regions) await addRegion(database, one);
  await database.rows('SELECT geo.refresh_region_members()');
  await accounts(database);
  await sales(database);
  await places(database);
}

type Region = {
  readonly level: number;
  readonly code: string;
  readonly name: string;
  readonly parent: string;
  readonly population: number;
  readonly households: number;
  readonly dwellings: number;
};

const regions: readonly Region[] = [
  { level: 1, code: 'N', name: 'North', parent: 'project', ...counts(600, 240, 250) },
  { level: 1, code: 'S', name: 'South', parent: 'project', ...counts(400, 160, 170) },
  { level: 2, code: 'NA', name: 'Ash', parent: 'N', ...counts(350, 140, 145) },
  { level: 2, code: 'NB', name: 'Birch', parent: 'N', ...counts(200, 80, 85) },
  { level: 2, code: 'SC', name: 'Cove', parent: 'S', ...counts(390, 150, 160) },
  { level: 3, code: 'NAD', name: 'Dale', parent: 'NA', ...counts(90, 30, 33) },
];

function counts(population: number, households: number, dwellings: number) {
  return { population, households, dwellings };
}

async function addRegion(database: Database, region: Region): Promise<void> {
  const { level, code, name, parent, population, households, dwellings } = region;
  await database.rows(
    `INSERT INTO geo.regions (level, code, name, parent_id, population, households, dwellings, area_km2)
     VALUES ($1, $2, $3, (SELECT region_id FROM geo.regions WHERE code = $4),
             $5, $6, $7, $5::double precision / 10)`,
    [level, code, name, parent, population, households, dwellings],
  );
}

async function accounts(database: Database): Promise<void> {
  await database.rows(`
    INSERT INTO crm.accounts
      (external_id, name, kind, lifecycle, segment, owner_id, housing_type, zone_kind, zone_distance_m,
       road_class, road_condition, population_density_km2, postcode, customer_since, geom, placement,
       region_id, postcode_region_id, matched_at)
    SELECT v.external_id, v.external_id, v.kind, v.lifecycle, v.segment, v.owner_id, v.housing_type,
           'industrial', v.zone_distance_m, 'residential', 'good', v.density, v.postcode,
           v.customer_since::date,
           CASE WHEN v.placed THEN ST_SetSRID(ST_MakePoint(4, 52), 4326) END,
           CASE WHEN v.placed THEN 'exact' ELSE 'not_placed' END,
           r.region_id, p.region_id, now()
    FROM (VALUES
      ('dale-1',  'person', 'customer', 'gold',   'u1', 'detached',   0,    90,   '1001', '2024-01-10', true,  'NAD', 'NAD'),
      ('dale-2',  'person', 'lead',     'silver', NULL, 'terrace',    200,  90,   '1001', NULL,         true,  'NAD', 'NAD'),
      ('ash-1',   'organisation', 'customer', 'gold', 'u2', 'apartments', 900, 700, '1002', '2024-02-05', true, 'NA', 'NA'),
      ('ash-2',   'person', 'former',   'silver', 'u1', 'apartments', 4000, 700,  '1002', '2023-12-01', true,  'NA',  'NB'),
      ('birch-1', 'person', 'prospect', NULL,     NULL, 'detached',   NULL, 2000, '1003', NULL,         true,  'NB',  'NB'),
      ('north-1', 'person', 'customer', 'gold',   'u2', 'farm',       NULL, NULL, '1004', '2024-02-20', true,  'N',   'N'),
      ('cove-1',  'person', 'customer', 'silver', 'u1', 'detached',   100,  9000, '2001', '2024-03-01', true,  'SC',  'SC'),
      ('cove-2',  'person', 'lead',     'silver', 'u1', 'detached',   100,  9000, '2001', NULL,         true,  'SC',  'SC'),
      ('abroad',  'person', 'customer', 'gold',   NULL, NULL,         NULL, NULL, '9999', '2024-01-20', true,  NULL,  NULL),
      ('unplaced','person', 'customer', 'silver', NULL, NULL,         NULL, NULL, '1002', '2024-01-25', false, NULL,  'NA')
    ) AS v (external_id, kind, lifecycle, segment, owner_id, housing_type, zone_distance_m, density, postcode,
            customer_since, placed, region_code, postcode_code)
    LEFT JOIN geo.regions r ON r.code = v.region_code
    LEFT JOIN geo.regions p ON p.code = v.postcode_code`);
}

async function sales(database: Database): Promise<void> {
  await database.rows(`
    INSERT INTO crm.products (external_id, name, category, subcategory)
    VALUES ('chair', 'Chair', 'furniture', 'seats'), ('lamp', 'Lamp', 'lighting', 'indoor'),
           ('table', 'Table', 'furniture', 'tables')`);
  await database.rows(`
    INSERT INTO crm.sales (external_id, account_id, ordered_at, status, channel)
    SELECT v.id, a.account_id, v.at::timestamptz, 'delivered', v.channel
    FROM (VALUES
      ('o1', 'dale-1',   '2024-01-31T23:30:00Z', 'web'),
      ('o2', 'dale-1',   '2024-02-10T10:00:00Z', 'shop'),
      ('o3', 'ash-1',    '2024-02-11T10:00:00Z', 'web'),
      ('o4', 'ash-1',    '2024-02-12T10:00:00Z', 'web'),
      ('o5', 'north-1',  '2024-02-29T23:59:59Z', 'web'),
      ('o6', 'cove-1',   '2024-03-01T00:00:00Z', 'shop'),
      ('o7', 'abroad',   '2024-03-05T12:00:00Z', 'web'),
      ('o8', 'unplaced', '2024-01-15T12:00:00Z', 'shop')
    ) AS v (id, account, at, channel)
    JOIN crm.accounts a ON a.external_id = v.account`);
  await database.rows(`
    INSERT INTO crm.sale_lines (sale_id, line_number, product_id, quantity, revenue, cost)
    SELECT s.sale_id, v.line, p.product_id, v.quantity, v.revenue, v.cost
    FROM (VALUES
      ('o1', 1, 'chair', 2, 100.10, 60.05), ('o1', 2, 'lamp', 1, 20.25, NULL),
      ('o2', 1, 'lamp', 3, 61.00, 30.00),   ('o3', 1, 'table', 1, 250.00, 200.00),
      ('o3', 2, 'chair', 1, 50.05, 30.00),  ('o4', 1, 'lamp', 1, 20.00, 10.00),
      ('o5', 1, 'table', 2, 510.40, 400.00),('o6', 1, 'chair', 4, 199.99, 120.00),
      ('o7', 1, 'lamp', 1, 21.00, 10.00),   ('o8', 1, 'table', 1, 240.00, 200.00)
    ) AS v (sale, line, product, quantity, revenue, cost)
    JOIN crm.sales s ON s.external_id = v.sale
    JOIN crm.products p ON p.external_id = v.product`);
  await database.rows(`
    INSERT INTO crm.payments (sale_external_id, sale_id, sequence, payment_type, value)
    SELECT v.sale, s.sale_id, v.sequence, v.type, v.value
    FROM (VALUES
      ('o1', 1, 'credit_card', 100.35), ('o1', 2, 'voucher', 20.00), ('o3', 1, 'credit_card', 300.05),
      ('o6', 1, 'cash', 199.99), ('gone', 1, 'credit_card', 55.55), ('gone', 2, 'cash', 4.45)
    ) AS v (sale, sequence, type, value)
    LEFT JOIN crm.sales s ON s.external_id = v.sale`);
}

async function places(database: Database): Promise<void> {
  await database.rows(`
    INSERT INTO geo.places (source_key, category, kind, name, region_id, geom)
    SELECT v.key, v.category, v.kind, v.key, r.region_id, ST_SetSRID(ST_MakePoint(4, 52), 4326)
    FROM (VALUES ('node/1', 'shop', 'bakery', 'NAD'), ('node/2', 'shop', 'bakery', 'NB'),
                 ('node/3', 'office', 'lawyer', 'N'), ('node/4', 'craft', 'carpenter', NULL))
      AS v (key, category, kind, code)
    LEFT JOIN geo.regions r ON r.code = v.code`);
}
