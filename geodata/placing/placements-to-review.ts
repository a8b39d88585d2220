import type { Database } from '../../server/db/database.js';
import type { Precision } from '../geocoding/geocoder.js';

/** Placements that a person should look at. */
export type ReviewStatus = 'doubtful' | 'ambiguous' | 'none';

/** One of the things that an address could mean. */
export type PlacementCandidate = {
  readonly rank: number;
  readonly label: string;
  readonly precision: Precision;
  /** 0 to 1. */
  readonly confidence: number;
  readonly lon: number;
  readonly lat: number;
  readonly source: string | null;
  readonly licence: string | null;
};

/** An account whose place is not sure: its address as given, where it stands, and what the address could mean. */
export type PlacementToReview = {
  readonly id: number;
  readonly name: string;
  readonly address: string;
  readonly status: ReviewStatus;
  readonly placement: string;
  readonly confidence: number | null;
  /** What it was taken for. */
  readonly label: string | null;
  readonly lon: number | null;
  readonly lat: number | null;
  readonly candidates: readonly PlacementCandidate[];
};

/** Which of them: a condition over alias `a` of crm.accounts with its parameters, and the page. */
export type ReviewQuery = {
  readonly condition: string;
  readonly values: readonly unknown[];
  readonly statuses: readonly ReviewStatus[];
  /** Only accounts with a higher id: the last one of the page before. */
  readonly after?: number | undefined;
  readonly limit: number;
};

// Spelled out as in the partial index accounts_to_review_idx, which serves it.
const toReview = `a.placement_status IN ('doubtful','ambiguous','none') AND NOT a.placement_locked`;

/** One page of the queue, by account id. */
export async function listPlacementsToReview(
  database: Database,
  { condition, values, statuses, after = Number.MIN_SAFE_INTEGER, limit }: ReviewQuery,
): Promise<PlacementToReview[]> {
  const [status, from, most] = [1, 2, 3].map((offset) => `$${values.length + offset}`);
  return database.rows<PlacementToReview>(
    `SELECT a.account_id AS id, a.name, a.placement_status AS status, a.placement,
       concat_ws(', ', NULLIF(concat_ws(' ', a.street, a.house_number), ''),
         NULLIF(concat_ws(' ', a.postcode, a.city), ''), a.country) AS address,
       a.placement_confidence::float8 AS confidence, a.placement_label AS label,
       ST_X(a.geom) AS lon, ST_Y(a.geom) AS lat,
       COALESCE((SELECT jsonb_agg(jsonb_build_object('rank', c.rank, 'label', c.label,
           'precision', c.precision, 'confidence', c.confidence, 'lon', ST_X(c.geom),
           'lat', ST_Y(c.geom), 'source', c.source, 'licence', c.licence) ORDER BY c.rank)
         FROM crm.placement_candidates c WHERE c.account_id = a.account_id), '[]') AS candidates
     FROM crm.accounts a
     WHERE ${toReview} AND ${condition} AND a.placement_status = ANY (${status}::text[])
       AND a.account_id > ${from}::bigint
     ORDER BY a.account_id LIMIT ${most}`,
    [...values, statuses, after, limit],
  );
}

/** How many wait, by status. */
export async function countPlacementsToReview(
  database: Database,
  { condition, values }: Pick<ReviewQuery, 'condition' | 'values'>,
): Promise<Record<ReviewStatus, number>> {
  const rows = await database.rows<{ status: ReviewStatus; accounts: number }>(
    `SELECT a.placement_status AS status, count(*) AS accounts FROM crm.accounts a
     WHERE ${toReview} AND ${condition} GROUP BY 1`,
    [...values],
  );
  const counts = { doubtful: 0, ambiguous: 0, none: 0 };
  for (const { status, accounts } of rows) counts[status] = accounts;
  return counts;
}
