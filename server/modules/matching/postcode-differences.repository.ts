import { z } from 'zod';
import type { AccountFilter } from '../../contract/account-filter.js';
import type { PostcodeDifferences } from '../../contract/matching.js';
import type { Database } from '../../db/database.js';
import { decodeCursor, encodeCursor } from '../../http/cursor.js';
import type { RowPolicy } from '../../policy/row-policy.js';
import { SqlParameters } from '../../policy/sql-parameters.js';
import { accountConditions } from '../accounts/account-conditions.js';

// Compared at the level of the postcode's region. Where the map knows only a coarser region that holds the
// postcode's, nothing contradicts it; a point outside every region does.
const differing = `
  FROM crm.accounts a
  JOIN geo.regions by_postcode ON by_postcode.region_id = a.postcode_region_id
  JOIN geo.region_paths postcode_path ON postcode_path.region_id = a.postcode_region_id
  LEFT JOIN geo.region_members by_map
    ON by_map.descendant_id = COALESCE(a.region_id, 0) AND by_map.level = by_postcode.level
  LEFT JOIN geo.regions map_region ON map_region.region_id = COALESCE(by_map.region_id, a.region_id)
  WHERE a.geom IS NOT NULL
    AND by_map.region_id IS DISTINCT FROM a.postcode_region_id
    AND NOT COALESCE(a.region_id = ANY (postcode_path.path_ids), false)`;

type Query = Partial<AccountFilter> & {
  readonly cursor?: string | undefined;
  readonly limit: number;
};

/** Placed accounts whose region on the map is not the one that their postcode gives, in the order of their ids. */
export async function listPostcodeDifferences(
  database: Database,
  query: Query,
  policy: RowPolicy,
): Promise<PostcodeDifferences> {
  const rows = await listPage(database, query, policy);
  const items = rows.slice(0, query.limit);
  const last = rows.length > query.limit ? items.at(-1) : undefined;
  return {
    items,
    nextCursor: last ? encodeCursor(last.id) : null,
    total: await countDifferences(database, query, policy),
  };
}

async function listPage(
  database: Database,
  { cursor, limit, ...filter }: Query,
  policy: RowPolicy,
): Promise<PostcodeDifferences['items']> {
  const parameters = new SqlParameters();
  const after = cursor === undefined ? 0 : decodeCursor(cursor, z.int().nonnegative());
  return database.rows<PostcodeDifferences['items'][number]>(
    `SELECT a.account_id AS id, a.name, a.postcode, a.city, a.placement, ST_X(a.geom) AS lon,
       ST_Y(a.geom) AS lat,
       CASE WHEN map_region.region_id IS NOT NULL THEN jsonb_build_object(
         'id', map_region.region_id, 'level', map_region.level, 'name', map_region.name)
       END AS "mapRegion",
       jsonb_build_object('id', by_postcode.region_id, 'level', by_postcode.level,
         'name', by_postcode.name) AS "postcodeRegion"
     ${differing}
       AND a.account_id > ${parameters.add(after)}
       AND ${accountConditions(filter, policy, parameters)}
     ORDER BY a.account_id LIMIT ${parameters.add(limit + 1)}`,
    parameters.values,
  );
}

async function countDifferences(
  database: Database,
  filter: Partial<AccountFilter>,
  policy: RowPolicy,
): Promise<number> {
  const parameters = new SqlParameters();
  const row = await database.row<{ total: number }>(
    `SELECT count(*)::int AS total ${differing} AND ${accountConditions(filter, policy, parameters)}`,
    parameters.values,
  );
  return row?.total ?? 0;
}
