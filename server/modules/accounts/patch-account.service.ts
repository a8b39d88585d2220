import { placeAndMatchAccounts } from '../../../geodata/matching/match-accounts.js';
import type { AccountPatch } from '../../contract/accounts.js';
import type { Database, Queryable } from '../../db/database.js';
import { AppError } from '../../errors.js';
import type { RowPolicy } from '../../policy/row-policy.js';
import { SqlParameters } from '../../policy/sql-parameters.js';
import { lockVisibleAccount } from './account-detail.repository.js';

const columnOf = {
  name: 'name',
  lifecycle: 'lifecycle',
  segment: 'segment',
  email: 'email',
  phone: 'phone',
  website: 'website',
  street: 'street',
  houseNumber: 'house_number',
  postcode: 'postcode',
  city: 'city',
  country: 'country',
} as const satisfies Partial<Record<keyof AccountPatch, string>>;

/** Fields that can put the account elsewhere. */
const movingFields = ['point', 'street', 'houseNumber', 'postcode', 'city', 'country'] as const;

/**
 * Corrects an account: locks the corrected fields against imports, places and matches it again where it moved.
 *
 * All in one transaction, which is undone where the correction would take the account out of the asker's sight.
 * Throws not_found for an account that is not there or not visible.
 */
export async function patchAccount(
  database: Database,
  accountId: number,
  patch: AccountPatch,
  policy: RowPolicy,
): Promise<void> {
  await database.transaction(async (client) => {
    if (!(await lockVisibleAccount(client, accountId, policy))) throw accountNotFound();
    await writePatch(client, accountId, patch);
    if (movingFields.some((field) => patch[field] !== undefined)) {
      await placeAndMatchAccounts(client, [accountId]);
    }
    if (await lockVisibleAccount(client, accountId, policy)) return;
    throw new AppError(
      'conflict',
      'With this change the account would no longer be among those that you may see. Ask a planner.',
    );
  });
}

/** The same answer for an account that is not there and for one that the asker may not see. */
export function accountNotFound(): AppError {
  return new AppError('not_found', 'There is no such account, or it is not yours to see.');
}

async function writePatch(
  client: Queryable,
  accountId: number,
  { point, ...fields }: AccountPatch,
): Promise<void> {
  const parameters = new SqlParameters();
  const assignments: string[] = ['updated_at = now()'];
  const locked: string[] = [];
  for (const [field, column] of Object.entries(columnOf)) {
    const value = fields[field as keyof typeof columnOf];
    if (value === undefined) continue;
    assignments.push(`${column} = ${parameters.add(value === '' ? null : value)}`);
    locked.push(column);
  }
  if (locked.length > 0) {
    assignments.push(
      `locked_fields = ARRAY(SELECT DISTINCT field
         FROM unnest(locked_fields || ${parameters.add(locked)}::text[]) AS field ORDER BY field)`,
    );
  }
  if (point !== undefined) {
    const [lon, lat] = point.map((degree) => `${parameters.add(degree)}::float8`);
    assignments.push(
      `geom = ST_SetSRID(ST_MakePoint(${lon}, ${lat}), 4326)`,
      `placement = 'exact'`,
      `placement_source = 'correction'`,
      `placement_licence = NULL`,
      `placement_locked = true`,
      `placement_status = 'confirmed'`,
      `placement_label = NULL`,
      `placement_confidence = NULL`,
      `matched_at = NULL`,
    );
  }
  await client.query(
    `UPDATE crm.accounts SET ${assignments.join(', ')} WHERE account_id = ${parameters.add(accountId)}`,
    parameters.values,
  );
  if (point === undefined) return;
  await client.query('DELETE FROM crm.placement_candidates WHERE account_id = $1', [accountId]);
}
