import type { AccountDetail } from '../../contract/accounts.js';
import type { Database, Queryable } from '../../db/database.js';
import { toSqlCondition, type RowPolicy } from '../../policy/row-policy.js';
import { SqlParameters } from '../../policy/sql-parameters.js';
import { findRegionPath } from '../regions/region-path.repository.js';
import { accountRowColumns, accountRowJoins } from './account-list.repository.js';

const NEIGHBOUR_METERS = 2_000;
const NEIGHBOURS = 6;
const RECENT_SALES = 10;
const METERS_PER_DEGREE = 111_320;

type DetailRow = Omit<
  AccountDetail,
  | 'regionPath'
  | 'postcodeRegionPath'
  | 'sales'
  | 'recentSales'
  | 'neighbours'
  | 'cell'
  | 'updatedAt'
  | 'createdAt'
  | 'matchedAt'
> & {
  readonly postcodeRegionId: number | null;
  readonly cell: string | null;
  readonly updatedAt: Date;
  readonly createdAt: Date;
  readonly matchedAt: Date | null;
};

/** Everything known about an account; undefined where there is none or the policy hides it. */
export async function findAccount(
  database: Database,
  accountId: number,
  policy: RowPolicy,
): Promise<AccountDetail | undefined> {
  const row = await findRow(database, accountId, policy);
  if (!row) return undefined;
  const { postcodeRegionId, cell, updatedAt, createdAt, matchedAt, ...rest } = row;
  const [regionPath, postcodeRegionPath, sales, recentSales, neighbours] = await Promise.all([
    findRegionPath(database, row.regionId),
    findRegionPath(database, postcodeRegionId),
    summariseSales(database, accountId),
    listRecentSales(database, accountId),
    listNeighbours(database, row, policy),
  ]);
  return {
    ...rest,
    updatedAt: updatedAt.toISOString(),
    createdAt: createdAt.toISOString(),
    matchedAt: matchedAt?.toISOString() ?? null,
    cell: cell === null ? null : BigInt(cell).toString(16),
    regionPath,
    postcodeRegionPath,
    sales,
    recentSales,
    neighbours,
  };
}

/** Whether there is such an account and the policy shows it; locks the row until the transaction ends. */
export async function lockVisibleAccount(
  client: Queryable,
  accountId: number,
  policy: RowPolicy,
): Promise<boolean> {
  const parameters = new SqlParameters();
  const id = parameters.add(accountId);
  const { rowCount } = await client.query(
    `SELECT FROM crm.accounts a
     WHERE a.account_id = ${id} AND ${toSqlCondition(policy, parameters)} FOR UPDATE OF a`,
    parameters.values,
  );
  return rowCount === 1;
}

async function findRow(
  database: Database,
  accountId: number,
  policy: RowPolicy,
): Promise<DetailRow | undefined> {
  const parameters = new SqlParameters();
  const id = parameters.add(accountId);
  return database.row<DetailRow>(
    `SELECT ${accountRowColumns},
       a.origin, a.email, a.phone, a.website, a.street, a.house_number AS "houseNumber", a.country,
       a.lead_since AS "leadSince", a.former_since AS "formerSince", a.attributes,
       a.placement_source AS "placementSource", a.placement_licence AS "placementLicence",
       a.placement_locked AS "placementLocked", a.locked_fields AS "lockedFields",
       a.created_at AS "createdAt", a.matched_at AS "matchedAt",
       a.postcode_region_id AS "postcodeRegionId",
       a.population_density_km2 AS "populationDensityKm2", a.h3_cell::text AS cell,
       CASE WHEN b.building_id IS NOT NULL THEN jsonb_build_object('id', b.building_id,
         'housingType', b.housing_type, 'name', b.name, 'levels', b.levels, 'year', b.year,
         'dwellings', b.dwellings, 'areaM2', b.area_m2) END AS building,
       CASE WHEN w.road_id IS NOT NULL THEN jsonb_build_object('id', w.road_id, 'class', w.class,
         'condition', w.condition, 'name', w.name, 'surface', w.surface,
         'maxSpeedKmh', w.max_speed_kmh, 'distanceM', a.road_distance_m) END AS road,
       CASE WHEN z.zone_id IS NOT NULL THEN jsonb_build_object('id', z.zone_id, 'kind', z.kind,
         'name', z.name, 'distanceM', a.zone_distance_m) END AS zone
     FROM crm.accounts a ${accountRowJoins}
     LEFT JOIN geo.buildings b ON b.building_id = a.building_id
     LEFT JOIN geo.roads w ON w.road_id = a.road_id
     LEFT JOIN geo.business_zones z ON z.zone_id = a.zone_id
     WHERE a.account_id = ${id} AND ${toSqlCondition(policy, parameters)}`,
    parameters.values,
  );
}

type SalesRow = Omit<
  AccountDetail['sales'],
  'firstOrderedAt' | 'lastOrderedAt' | 'averageOrder'
> & {
  readonly firstOrderedAt: Date | null;
  readonly lastOrderedAt: Date | null;
};

async function summariseSales(
  database: Database,
  accountId: number,
): Promise<AccountDetail['sales']> {
  const row = await database.row<SalesRow>(
    `SELECT count(*)::int AS orders, COALESCE(sum(lines.revenue), 0) AS revenue,
            min(s.ordered_at) AS "firstOrderedAt", max(s.ordered_at) AS "lastOrderedAt"
     FROM crm.sales s
     CROSS JOIN LATERAL (SELECT sum(l.revenue) AS revenue FROM crm.sale_lines l
                         WHERE l.sale_id = s.sale_id) lines
     WHERE s.account_id = $1`,
    [accountId],
  );
  const { orders = 0, revenue = 0, firstOrderedAt = null, lastOrderedAt = null } = row ?? {};
  return {
    orders,
    revenue,
    averageOrder: orders === 0 ? null : revenue / orders,
    firstOrderedAt: firstOrderedAt?.toISOString() ?? null,
    lastOrderedAt: lastOrderedAt?.toISOString() ?? null,
  };
}

async function listRecentSales(
  database: Database,
  accountId: number,
): Promise<AccountDetail['recentSales']> {
  type SaleRow = Omit<AccountDetail['recentSales'][number], 'orderedAt'> & { orderedAt: Date };
  const rows = await database.rows<SaleRow>(
    `SELECT s.sale_id AS id, s.external_id AS "externalId", s.ordered_at AS "orderedAt", s.status,
            s.channel, lines.lines, lines.revenue
     FROM crm.sales s
     CROSS JOIN LATERAL (SELECT count(*)::int AS lines, COALESCE(sum(l.revenue), 0) AS revenue
                         FROM crm.sale_lines l WHERE l.sale_id = s.sale_id) lines
     WHERE s.account_id = $1 ORDER BY s.ordered_at DESC, s.sale_id DESC LIMIT ${RECENT_SALES}`,
    [accountId],
  );
  return rows.map(({ orderedAt, ...sale }) => ({ ...sale, orderedAt: orderedAt.toISOString() }));
}

async function listNeighbours(
  database: Database,
  { id, lon, lat }: Pick<AccountDetail, 'id' | 'lon' | 'lat'>,
  policy: RowPolicy,
): Promise<AccountDetail['neighbours']> {
  if (lon === null || lat === null) return [];
  const parameters = new SqlParameters();
  const point = `ST_SetSRID(ST_MakePoint(${parameters.add(lon)}, ${parameters.add(lat)}), 4326)`;
  const { width, height } = degreesAround(lat);
  const box = `ST_Expand(${point}, ${parameters.add(width)}::float8, ${parameters.add(height)}::float8)`;
  const nearby = `
    SELECT a.account_id AS id, a.name, a.lifecycle, ST_DistanceSphere(a.geom, ${point}) AS "distanceM"
    FROM crm.accounts a
    WHERE a.geom && ${box} AND a.account_id <> ${parameters.add(id)}
      AND ${toSqlCondition(policy, parameters)}`;
  return database.rows(
    `SELECT * FROM (${nearby}) n WHERE "distanceM" <= ${NEIGHBOUR_METERS}
     ORDER BY "distanceM", id LIMIT ${NEIGHBOURS}`,
    parameters.values,
  );
}

/** Half the sides, in degrees, of a box that holds the neighbourhood at a latitude. */
function degreesAround(lat: number): { width: number; height: number } {
  const height = NEIGHBOUR_METERS / METERS_PER_DEGREE;
  const narrowing = Math.max(Math.cos((lat * Math.PI) / 180), 0.01);
  return { width: height / narrowing, height };
}
