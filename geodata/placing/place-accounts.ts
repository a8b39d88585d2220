import type { Queryable } from '../../server/db/database.js';
import { placeByAddress } from './place-by-address.js';

/** Which accounts: every one, those changed since they were matched (`matched_at` is null), or these ids. */
export type AccountScope = 'all' | 'stale' | readonly number[];

/** SQL condition for a scope over alias `a` of crm.accounts, with its one parameter or none. */
export function scopeCondition(scope: AccountScope): { sql: string; values: unknown[] } {
  if (scope === 'all') return { sql: 'true', values: [] };
  if (scope === 'stale') return { sql: 'a.matched_at IS NULL', values: [] };
  return { sql: 'a.account_id = ANY ($1::bigint[])', values: [[...scope]] };
}

/**
 * Places accounts without coordinates: by address where the search index knows it, else by street, postcode or
 * town, and sets the region that the postcode gives. Returns the number of accounts that changed; those that
 * moved have `matched_at` null afterwards.
 *
 * A point that came with coordinates, or that a person put, stays. Accounts that were looked up before are
 * looked up again only with scope `'all'`, and then where a better answer is possible. Throws the signal's
 * reason when aborted.
 */
export async function placeAccounts(
  queryable: Queryable,
  scope: AccountScope,
  signal?: AbortSignal,
): Promise<number> {
  const byPostcode = await placeByPostcode(queryable, scope);
  const byAddress = await placeByAddress(queryable, { ...lookUpCondition(scope), signal });
  if (byAddress === 0) return byPostcode;
  // What lost the address it was placed by goes back to its postcode.
  return byPostcode + byAddress + (await placeByPostcode(queryable, scope));
}

/** Which accounts of a scope are looked up: those that were not yet, and with `'all'` those that can gain. */
function lookUpCondition(scope: AccountScope): { condition: string; values: unknown[] } {
  const { sql, values } = scopeCondition(scope);
  const gains =
    scope === 'all' ? ` OR a.placement_status <> 'certain' OR a.placement <> 'address'` : '';
  return { condition: `(${sql}) AND (a.placement_status IS NULL${gains})`, values };
}

/** Puts accounts at the point of their postcode that no address places, and sets the region of the postcode. */
async function placeByPostcode(queryable: Queryable, scope: AccountScope): Promise<number> {
  const { sql, values } = scopeCondition(scope);
  const placed = await queryable.query(
    `WITH chosen AS MATERIALIZED (
       SELECT a.account_id, a.postcode, a.street, a.geom, a.placement, a.placement_source,
         a.placement_licence, a.placement_status, a.placement_confidence,
         NOT a.placement_locked AND a.placement IN ('not_placed', 'postcode')
           AND a.placement_label IS NULL AS by_postcode
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
              WHEN k.geom IS NOT NULL THEN k.licence END AS placement_licence,
         CASE WHEN NOT c.by_postcode OR c.street IS NOT NULL THEN c.placement_status
              WHEN k.geom IS NOT NULL THEN 'certain'
              WHEN c.placement = 'not_placed' THEN c.placement_status END AS placement_status,
         CASE WHEN NOT c.by_postcode OR c.street IS NOT NULL THEN c.placement_confidence
              WHEN k.geom IS NOT NULL THEN 1 END AS placement_confidence
       FROM chosen c LEFT JOIN known k ON k.postcode = c.postcode
     )
     UPDATE crm.accounts t
     SET geom = s.geom, placement = s.placement, placement_source = s.placement_source,
       placement_licence = s.placement_licence, placement_status = s.placement_status,
       placement_confidence = s.placement_confidence, postcode_region_id = s.postcode_region_id,
       matched_at = NULL, updated_at = now()
     FROM decided s
     WHERE t.account_id = s.account_id
       AND ROW(t.geom, t.placement, t.placement_source, t.placement_licence, t.placement_status,
               t.placement_confidence, t.postcode_region_id)
         IS DISTINCT FROM
           ROW(s.geom, s.placement, s.placement_source, s.placement_licence, s.placement_status,
               s.placement_confidence, s.postcode_region_id)`,
    values,
  );
  return placed.rowCount ?? 0;
}
