import type { Queryable } from '../../server/db/database.js';
import { geocodeMany } from '../geocoding/geocode-many.js';
import { certain, type GeocodeAnswer, type Precision } from '../geocoding/geocoder.js';

/** Accounts that are looked up together. */
const accountsAtOnce = 500;
/** Candidates kept for a person to choose from. */
const mostCandidates = 5;

/** Accounts that no person put and no file gave a point: what placing may move. Over alias `a`. */
export const placedByUs = `NOT a.placement_locked
  AND a.placement_status IS DISTINCT FROM 'confirmed'
  AND (a.placement_label IS NOT NULL OR a.placement IN ('not_placed', 'postcode'))`;

type Account = {
  readonly account_id: number;
  readonly street: string | null;
  readonly house_number: string | null;
  readonly postcode: string | null;
  readonly city: string | null;
  readonly country: string | null;
};

type Placing = {
  /** Condition over alias `a` of crm.accounts, with its parameters. */
  readonly condition: string;
  readonly values: readonly unknown[];
  readonly signal?: AbortSignal | undefined;
};

/**
 * Looks up the addresses of accounts that placing may move, and writes what it found: point, precision,
 * confidence, status, and the candidates of those that are not certain. Answers how many changed.
 *
 * A street that is not found leaves the account where its postcode puts it, and says that it is doubtful.
 */
export async function placeByAddress(
  queryable: Queryable,
  { condition, values, signal }: Placing,
): Promise<number> {
  if (!(await hasIndex(queryable))) return 0;
  let changed = 0;
  for (let after = Number.MIN_SAFE_INTEGER; ;) {
    signal?.throwIfAborted();
    const accounts = await nextAccounts(queryable, { condition, values, after });
    const last = accounts.at(-1);
    if (!last) return changed;
    const answers = await geocodeMany(queryable, accounts.map(toRequest), {
      limit: mostCandidates,
    });
    changed += await writePlacements(queryable, accounts, answers);
    after = last.account_id;
  }
}

async function hasIndex(queryable: Queryable): Promise<boolean> {
  const { rows } = await queryable.query<{ found: boolean }>(
    `SELECT EXISTS (SELECT FROM geo.search_entries WHERE kind IN ('street', 'settlement', 'region')) AS found`,
  );
  return rows[0]?.found ?? false;
}

async function nextAccounts(
  queryable: Queryable,
  { condition, values, after }: Placing & { readonly after: number },
): Promise<Account[]> {
  const { rows } = await queryable.query<Account>(
    `SELECT a.account_id, a.street, a.house_number, a.postcode, a.city, a.country
     FROM crm.accounts a
     WHERE (${condition}) AND ${placedByUs}
       AND (a.street IS NOT NULL OR a.placement IN ('not_placed', 'place')
            AND (a.city IS NOT NULL OR a.postcode IS NOT NULL))
       AND a.account_id > $${values.length + 1}
     ORDER BY a.account_id LIMIT ${accountsAtOnce}`,
    [...values, after],
  );
  return rows;
}

function toRequest(account: Account) {
  return {
    street: account.street ?? undefined,
    houseNumber: account.house_number ?? undefined,
    postcode: account.postcode ?? undefined,
    city: account.city ?? undefined,
    country: account.country ?? undefined,
  };
}

/** The word for a precision in crm.accounts. */
const placementOf: Readonly<Record<Precision, string>> = {
  roof: 'address',
  parcel: 'address',
  interpolated: 'interpolated',
  street: 'street',
  postcode: 'postcode',
  place: 'place',
};

type Decision = {
  readonly id: number;
  readonly status: 'certain' | 'doubtful' | 'ambiguous' | 'none';
  /** Where to put the account; undefined leaves it where its postcode puts it, or nowhere. */
  readonly point?: GeocodeAnswer | undefined;
  readonly confidence: number | null;
  readonly candidates: readonly GeocodeAnswer[];
};

function decide({ account_id: id }: Account, answers: readonly GeocodeAnswer[]): Decision {
  const [best] = answers;
  if (!best) return { id, status: 'none', confidence: null, candidates: [] };
  const { confidence } = best;
  if (best.ambiguous) return { id, status: 'ambiguous', confidence, candidates: answers };
  if (confidence >= certain) {
    return { id, status: 'certain', point: best, confidence, candidates: [] };
  }
  return { id, status: 'doubtful', point: best, confidence, candidates: answers };
}

/**
 * One statement for many accounts; rows that are as they should be are not written. What is not placed by its
 * address goes back to its postcode, where `placeAccounts` put it or will put it.
 */
async function writePlacements(
  queryable: Queryable,
  accounts: readonly Account[],
  answers: readonly (readonly GeocodeAnswer[])[],
): Promise<number> {
  const decisions = accounts.map((account, index) => decide(account, answers[index] ?? []));
  const points = decisions.map(({ point }) => point);
  const written = await queryable.query(
    `UPDATE crm.accounts t
     SET geom = s.geom, placement = s.placement, placement_source = s.source,
       placement_licence = s.licence, placement_label = s.label, placement_status = s.status,
       placement_confidence = s.confidence, updated_at = now(),
       matched_at = CASE WHEN t.geom IS DISTINCT FROM s.geom THEN NULL ELSE t.matched_at END
     FROM (
       SELECT d.account_id, d.status, d.confidence, d.label,
         CASE WHEN d.label IS NULL AND a.placement_label IS NULL THEN a.geom
              ELSE ST_SetSRID(ST_MakePoint(d.lon, d.lat), 4326) END AS geom,
         CASE WHEN d.label IS NOT NULL THEN d.placement
              WHEN a.placement_label IS NULL THEN a.placement ELSE 'not_placed' END AS placement,
         CASE WHEN d.label IS NULL AND a.placement_label IS NULL THEN a.placement_source
              ELSE d.source END AS source,
         CASE WHEN d.label IS NULL AND a.placement_label IS NULL THEN a.placement_licence
              ELSE d.licence END AS licence
       FROM unnest($1::bigint[], $2::text[], $3::real[], $4::text[], $5::text[], $6::float8[],
         $7::float8[], $8::text[], $9::text[])
         AS d (account_id, status, confidence, label, placement, lon, lat, source, licence)
       JOIN crm.accounts a ON a.account_id = d.account_id
     ) s
     WHERE t.account_id = s.account_id AND NOT t.placement_locked
       AND ROW(t.geom, t.placement, t.placement_source, t.placement_licence, t.placement_label,
               t.placement_status, t.placement_confidence)
         IS DISTINCT FROM ROW(s.geom, s.placement, s.source, s.licence, s.label, s.status, s.confidence)`,
    [
      decisions.map(({ id }) => id),
      decisions.map(({ status }) => status),
      decisions.map(({ confidence }) => confidence),
      points.map((point) => point?.label ?? null),
      points.map((point) => (point ? placementOf[point.precision] : null)),
      points.map((point) => point?.lonLat[0] ?? null),
      points.map((point) => point?.lonLat[1] ?? null),
      points.map((point) => point?.source ?? null),
      points.map((point) => point?.licence ?? null),
    ],
  );
  await writeCandidates(queryable, decisions);
  return written.rowCount ?? 0;
}

async function writeCandidates(
  queryable: Queryable,
  decisions: readonly Decision[],
): Promise<void> {
  await queryable.query(
    'DELETE FROM crm.placement_candidates WHERE account_id = ANY ($1::bigint[])',
    [decisions.map(({ id }) => id)],
  );
  const rows = decisions.flatMap(({ id, candidates }) =>
    candidates.map((answer, index) => ({ id, rank: index + 1, answer })),
  );
  if (rows.length === 0) return;
  await queryable.query(
    `INSERT INTO crm.placement_candidates (account_id, rank, label, precision, confidence, geom, source, licence)
     SELECT account_id, rank, label, precision, confidence, ST_SetSRID(ST_MakePoint(lon, lat), 4326), source, licence
     FROM unnest($1::bigint[], $2::smallint[], $3::text[], $4::text[], $5::real[], $6::float8[],
       $7::float8[], $8::text[], $9::text[])
       AS c (account_id, rank, label, precision, confidence, lon, lat, source, licence)`,
    [
      rows.map(({ id }) => id),
      rows.map(({ rank }) => rank),
      rows.map(({ answer }) => answer.label),
      rows.map(({ answer }) => answer.precision),
      rows.map(({ answer }) => answer.confidence),
      rows.map(({ answer }) => answer.lonLat[0]),
      rows.map(({ answer }) => answer.lonLat[1]),
      rows.map(({ answer }) => answer.source ?? null),
      rows.map(({ answer }) => answer.licence ?? null),
    ],
  );
}
