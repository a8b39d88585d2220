import type { Queryable } from '../../server/db/database.js';

/** Which accounts: every one, those changed since they were matched (`matched_at` is null), or these ids. */
export type AccountScope = 'all' | 'stale' | readonly number[];

/** SQL condition for a scope over alias `a` of crm.accounts, with its one parameter or none. */
export function scopeCondition(scope: AccountScope): { sql: string; values: unknown[] } {
  if (scope === 'all') return { sql: 'true', values: [] };
  if (scope === 'stale') return { sql: 'a.matched_at IS NULL', values: [] };
  return { sql: 'a.account_id = ANY ($1::bigint[])', values: [[...scope]] };
}

/**
 * Places accounts without coordinates at the point of their postcode, and sets the region that the
 * postcode gives. Returns the number of accounts that changed; those have `matched_at` null afterwards.
 *
 * A point that came with coordinates, or that a person put, stays. An account placed by postcode whose
 * postcode is not known any more becomes not placed.
 */
export async function placeAccounts(queryable: Queryable, scope: AccountScope): Promise<number> {
  const { sql, values } = scopeCondition(scope);
  const placed = await queryable.query(
    `WITH chosen AS MATERIALIZED (
       SELECT a.account_id, a.postcode, a.geom, a.placement, a.placement_source, a.placement_licence,
         NOT a.placement_locked AND a.placement IN ('not_placed', 'postcode') AS by_postcode
       FROM crm.accounts a WHERE ${sql}
     ), wanted AS (
       SELECT DISTINCT postcode FROM chosen WHERE postcode IS NOT NULL
     ), known AS MATERIALIZED (
       SELECT w.postcode, p.geom, p.source, p.licence,
         COALESCE(p.region_id, in_range.region_id) AS region_id
       FROM wanted w
       LEFT JOIN geo.postcodes p ON p.postcode = w.postcode
       LEFT JOIN LATERAL (
         SELECT g.region_id
         FROM geo.postcode_ranges g JOIN geo.regions r ON r.region_id = g.region_id
         WHERE p.region_id IS NULL
           AND int8range(geo.postcode_key(g.first_postcode), geo.postcode_key(g.last_postcode), '[]')
             @> geo.postcode_key(w.postcode)
           AND g.first_postcode COLLATE "C" <= w.postcode COLLATE "C"
           AND g.last_postcode COLLATE "C" >= w.postcode COLLATE "C"
           AND length(g.first_postcode) = length(w.postcode)
         ORDER BY r.level DESC, g.first_postcode COLLATE "C" DESC, g.last_postcode COLLATE "C",
           g.region_id
         LIMIT 1
       ) in_range ON true
     ), decided AS (
       SELECT c.account_id, k.region_id AS postcode_region_id,
         CASE WHEN c.by_postcode THEN k.geom ELSE c.geom END AS geom,
         CASE WHEN NOT c.by_postcode THEN c.placement
              WHEN k.geom IS NULL THEN 'not_placed' ELSE 'postcode' END AS placement,
         CASE WHEN NOT c.by_postcode THEN c.placement_source
              WHEN k.geom IS NOT NULL THEN k.source END AS placement_source,
         CASE WHEN NOT c.by_postcode THEN c.placement_licence
              WHEN k.geom IS NOT NULL THEN k.licence END AS placement_licence
       FROM chosen c LEFT JOIN known k ON k.postcode = c.postcode
     )
     UPDATE crm.accounts t
     SET geom = s.geom, placement = s.placement, placement_source = s.placement_source,
       placement_licence = s.placement_licence, postcode_region_id = s.postcode_region_id,
       matched_at = NULL, updated_at = now()
     FROM decided s
     WHERE t.account_id = s.account_id
       AND ROW(t.geom, t.placement, t.placement_source, t.placement_licence, t.postcode_region_id)
         IS DISTINCT FROM
           ROW(s.geom, s.placement, s.placement_source, s.placement_licence, s.postcode_region_id)`,
    values,
  );
  return placed.rowCount ?? 0;
}
