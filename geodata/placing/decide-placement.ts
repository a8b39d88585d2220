import type { Queryable } from '../../server/db/database.js';

/** What a person decided about where an account is. */
export type PlacementDecision =
  /** It is where it stands now. */
  | { readonly kind: 'confirm' }
  /** It is at the candidate of this rank. */
  | { readonly kind: 'candidate'; readonly rank: number }
  /** It is at this point, [lon, lat] in EPSG:4326. */
  | { readonly kind: 'point'; readonly lonLat: readonly [lon: number, lat: number] };

const settled = `placement_status = 'confirmed', placement_locked = true, updated_at = now()`;

/**
 * Puts an account where a person says it is: the placement is locked against imports and placing, and its
 * candidates are gone. Where it moved, `matched_at` is null afterwards and the caller matches it in the same
 * transaction. Answers false where there is nothing to confirm or no such candidate; nothing changed then.
 */
export async function decidePlacement(
  queryable: Queryable,
  accountId: number,
  decision: PlacementDecision,
): Promise<boolean> {
  const { rowCount } = await write(queryable, accountId, decision);
  if (rowCount !== 1) return false;
  await queryable.query('DELETE FROM crm.placement_candidates WHERE account_id = $1', [accountId]);
  return true;
}

function write(queryable: Queryable, accountId: number, decision: PlacementDecision) {
  if (decision.kind === 'confirm') {
    return queryable.query(
      `UPDATE crm.accounts SET ${settled} WHERE account_id = $1 AND geom IS NOT NULL`,
      [accountId],
    );
  }
  if (decision.kind === 'candidate') {
    return queryable.query(
      `UPDATE crm.accounts a
       SET ${settled}, geom = c.geom, matched_at = NULL,
         placement = CASE WHEN c.precision IN ('roof', 'parcel') THEN 'address' ELSE c.precision END,
         placement_label = c.label, placement_confidence = c.confidence,
         placement_source = c.source, placement_licence = c.licence
       FROM crm.placement_candidates c
       WHERE a.account_id = $1 AND c.account_id = $1 AND c.rank = $2`,
      [accountId, decision.rank],
    );
  }
  return queryable.query(
    `UPDATE crm.accounts
     SET ${settled}, geom = ST_SetSRID(ST_MakePoint($2::float8, $3::float8), 4326), matched_at = NULL,
       placement = 'exact', placement_label = NULL, placement_confidence = NULL,
       placement_source = 'correction', placement_licence = NULL
     WHERE account_id = $1`,
    [accountId, ...decision.lonLat],
  );
}
