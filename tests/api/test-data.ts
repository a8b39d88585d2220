import type { Database } from '../../server/db/database.js';

export type Regions = {
  readonly root: number;
  readonly north: number;
  readonly south: number;
  /** Inside north. */
  readonly harbour: number;
};

/**
 * Two provinces side by side and a town in the northern one:
 * north = 4..5 E, 52..53 N; south = 4..5 E, 51..52 N; harbour = 4.4..4.6 E, 52.4..52.6 N.
 */
export async function someRegions(database: Database): Promise<Regions> {
  await database.rows(
    `INSERT INTO geo.region_levels (level, name, plural_name)
     VALUES (1, 'Province', 'Provinces'), (2, 'Town', 'Towns')`,
  );
  const north = await aRegion(database, {
    level: 1,
    code: 'N',
    name: 'Noordland',
    box: [4, 52, 5, 53],
  });
  const south = await aRegion(database, {
    level: 1,
    code: 'S',
    name: 'Zuidland',
    box: [4, 51, 5, 52],
  });
  const harbour = await aRegion(database, {
    level: 2,
    code: 'H',
    name: 'Havenstad',
    parentId: north,
    box: [4.4, 52.4, 4.6, 52.6],
  });
  await database.rows('SELECT geo.refresh_region_members()');
  const root = await database.row<{ region_id: number }>(
    'SELECT region_id FROM geo.regions WHERE level = 0',
  );
  return { root: root!.region_id, north, south, harbour };
}

type NewRegion = {
  readonly level: number;
  readonly code: string;
  readonly name: string;
  readonly parentId?: number;
  readonly box: readonly [number, number, number, number];
};

async function aRegion(
  database: Database,
  { level, code, name, parentId, box }: NewRegion,
): Promise<number> {
  const row = await database.row<{ region_id: number }>(
    `INSERT INTO geo.regions (level, code, name, parent_id, geom, area_km2, population)
     VALUES ($1, $2, $3, $4, ST_Multi(ST_MakeEnvelope($5, $6, $7, $8, 4326)), 100, 5000)
     RETURNING region_id`,
    [level, code, name, parentId ?? null, ...box],
  );
  return row!.region_id;
}

type NewAccount = {
  readonly name: string;
  readonly lifecycle?: string;
  readonly ownerId?: string;
  readonly segment?: string;
  readonly point?: readonly [number, number];
  readonly regionId?: number;
  readonly postcodeRegionId?: number;
  readonly externalId?: string;
  readonly city?: string;
};

/** An account with only what the test is about; its id. */
export async function anAccount(database: Database, account: NewAccount): Promise<number> {
  const { point } = account;
  const row = await database.row<{ account_id: number }>(
    `INSERT INTO crm.accounts (name, lifecycle, owner_id, segment, geom, placement, region_id,
       postcode_region_id, external_id, city, matched_at)
     VALUES ($1, $2, $3, $4, ST_SetSRID(ST_MakePoint($5, $6), 4326),
       CASE WHEN $5::float8 IS NULL THEN 'not_placed' ELSE 'exact' END, $7, $8, $9, $10, now())
     RETURNING account_id`,
    [
      account.name,
      account.lifecycle ?? 'customer',
      account.ownerId ?? null,
      account.segment ?? null,
      point?.[0] ?? null,
      point?.[1] ?? null,
      account.regionId ?? null,
      account.postcodeRegionId ?? null,
      account.externalId ?? null,
      account.city ?? null,
    ],
  );
  return row!.account_id;
}

/** An order of one line. */
export async function aSale(database: Database, accountId: number, revenue: number): Promise<void> {
  await database.rows(
    `WITH sale AS (INSERT INTO crm.sales (account_id, ordered_at) VALUES ($1, '2026-05-01T10:00:00Z')
       RETURNING sale_id)
     INSERT INTO crm.sale_lines (sale_id, line_number, revenue) SELECT sale_id, 1, $2 FROM sale`,
    [accountId, revenue],
  );
}
