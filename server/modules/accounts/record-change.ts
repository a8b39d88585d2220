import type { Principal } from '../../auth/principal.js';
import type { Queryable } from '../../db/database.js';

/** Who is named in the audit trail. */
export type Author = Pick<Principal, 'userId' | 'name'>;

/** Columns of which the audit trail tells. */
export const auditedColumns = [
  'name',
  'kind',
  'lifecycle',
  'segment',
  'owner_id',
  'tags',
  'email',
  'phone',
  'website',
  'street',
  'house_number',
  'postcode',
  'city',
  'country',
  'external_id',
] as const;

export type AccountState = Readonly<Record<string, unknown>>;

/** What an account is now, as far as the audit trail tells of it; the point as "lon lat". */
export async function readState(client: Queryable, accountId: number): Promise<AccountState> {
  const { rows } = await client.query<AccountState>(
    `SELECT ${auditedColumns.join(', ')},
       round(ST_X(geom)::numeric, 6) || ' ' || round(ST_Y(geom)::numeric, 6) AS point
     FROM crm.accounts WHERE account_id = $1`,
    [accountId],
  );
  return rows[0] ?? {};
}

/** Writes into the audit trail what differs between two states; nothing where nothing does. */
export async function recordChange(
  client: Queryable,
  change: {
    readonly accountId: number;
    readonly author: Author;
    readonly kind: 'edit' | 'merge' | 'unmerge';
    readonly before: AccountState;
    readonly after: AccountState;
  },
): Promise<void> {
  const { accountId, author, kind, before, after } = change;
  const fields = Object.keys(after).filter(
    (field) => JSON.stringify(before[field]) !== JSON.stringify(after[field]),
  );
  if (fields.length === 0 && kind === 'edit') return;
  const only = (state: AccountState) =>
    JSON.stringify(Object.fromEntries(fields.map((field) => [field, state[field] ?? null])));
  await client.query(
    `INSERT INTO app.account_changes (account_id, user_id, user_name, kind, before, after)
     VALUES ($1, $2, $3, $4, $5, $6)`,
    [accountId, author.userId, author.name, kind, only(before), only(after)],
  );
}
