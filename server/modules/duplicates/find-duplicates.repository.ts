import type { Duplicates, MergeField } from '../../contract/duplicates.js';
import { mergeFields } from '../../contract/duplicates.js';
import type { Database } from '../../db/database.js';
import { toSqlCondition, type RowPolicy } from '../../policy/row-policy.js';
import { SqlParameters } from '../../policy/sql-parameters.js';
import { accountRowColumns, accountRowJoins } from '../accounts/account-list.repository.js';

/** Names as like as this count where the accounts are near each other. */
const LEAST_LIKENESS = 0.5;
const NEAR_METERS = 250;
/** Half a side of the box that is looked in, in degrees: more than the distance up to 80° of latitude. */
const NEAR_DEGREES = 0.013;
const MOST = 20;

type Found = Omit<Duplicates['items'][number], 'updatedAt' | 'reasons' | 'differences'> & {
  readonly updatedAt: Date;
  readonly sameEmail: boolean;
  readonly samePhone: boolean;
  readonly isAlike: boolean;
  readonly own: Record<string, string | null>;
  readonly other: Record<string, string | null>;
};

/**
 * Accounts that may be the same as one: with its e-mail address, its telephone number, or a like name near by or
 * in its postcode. Each way is found through an index, so that it takes no longer among a million.
 */
export async function findDuplicates(
  database: Database,
  accountId: number,
  policy: RowPolicy,
): Promise<Duplicates['items']> {
  const parameters = new SqlParameters();
  const id = parameters.add(accountId);
  const rows = await database.rows<Found>(
    `WITH own AS (SELECT * FROM crm.accounts WHERE account_id = ${id}),
     candidates AS (
       SELECT a.account_id FROM own o JOIN crm.accounts a ON lower(a.email) = lower(o.email)
       UNION
       SELECT a.account_id FROM own o
       JOIN crm.accounts a ON a.phone IS NOT NULL AND app.phone_key(a.phone) = app.phone_key(o.phone)
       UNION
       SELECT a.account_id FROM own o JOIN crm.accounts a ON a.geom && ST_Expand(o.geom, ${NEAR_DEGREES})
       WHERE ST_DistanceSphere(a.geom, o.geom) <= ${NEAR_METERS}
         AND similarity(app.fold_text(a.name), app.fold_text(o.name)) >= ${LEAST_LIKENESS}
       UNION
       SELECT a.account_id FROM own o JOIN crm.accounts a ON a.postcode = o.postcode
       WHERE similarity(app.fold_text(a.name), app.fold_text(o.name)) >= ${LEAST_LIKENESS})
     SELECT ${accountRowColumns}, s.*, ST_DistanceSphere(a.geom, o.geom) AS "distanceM",
       COALESCE(lower(a.email) = lower(o.email), false) AS "sameEmail",
       COALESCE(app.phone_key(a.phone) = app.phone_key(o.phone), false) AS "samePhone",
       s.likeness >= ${LEAST_LIKENESS} AS "isAlike",
       (SELECT count(*)::int FROM crm.sales t WHERE t.account_id = a.account_id) AS orders,
       ${valuesOf('o')} AS own, ${valuesOf('a')} AS other
     FROM candidates JOIN crm.accounts a USING (account_id) CROSS JOIN own o
     CROSS JOIN LATERAL (
       SELECT similarity(app.fold_text(a.name), app.fold_text(o.name))::float8 AS likeness) s
     ${accountRowJoins}
     WHERE a.account_id <> ${id} AND ${toSqlCondition(policy, parameters)}
     ORDER BY (COALESCE(lower(a.email) = lower(o.email), false)::int
       + COALESCE(app.phone_key(a.phone) = app.phone_key(o.phone), false)::int) DESC,
       s.likeness DESC, a.account_id
     LIMIT ${MOST}`,
    parameters.values,
  );
  return rows.map(toDuplicate);
}

function valuesOf(alias: string): string {
  const pairs = mergeFields.map((field) => {
    if (field !== 'point') return `'${field}', ${alias}.${field}`;
    return `'point', round(ST_Y(${alias}.geom)::numeric, 5) || ', ' || round(ST_X(${alias}.geom)::numeric, 5)`;
  });
  return `jsonb_build_object(${pairs.join(', ')})`;
}

function toDuplicate(row: Found): Duplicates['items'][number] {
  const { sameEmail, samePhone, isAlike, own, other, updatedAt, ...rest } = row;
  const reasons = [
    ...(sameEmail ? ['email' as const] : []),
    ...(samePhone ? ['phone' as const] : []),
    ...(isAlike ? ['name' as const] : []),
  ];
  const differences = mergeFields
    .filter((field: MergeField) => own[field] !== other[field])
    .map((field) => ({ field, own: own[field] ?? null, other: other[field] ?? null }));
  return { ...rest, updatedAt: updatedAt.toISOString(), reasons, differences };
}

/** Accounts that were merged into one and can be had back, the latest first. */
export async function listMerges(
  database: Database,
  survivorId: number,
): Promise<Duplicates['merges']> {
  const rows = await database.rows<{ id: number; name: string; userName: string; mergedAt: Date }>(
    `SELECT account_merge_id AS id, merged_row ->> 'name' AS name, user_name AS "userName",
       merged_at AS "mergedAt"
     FROM app.account_merges WHERE survivor_id = $1 AND undone_at IS NULL
     ORDER BY account_merge_id DESC`,
    [survivorId],
  );
  return rows.map(({ mergedAt, ...row }) => ({ ...row, mergedAt: mergedAt.toISOString() }));
}
