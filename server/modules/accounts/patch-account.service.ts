import { placeAndMatchAccounts } from '../../../geodata/matching/match-accounts.js';
import { decidePlacement } from '../../../geodata/placing/decide-placement.js';
import type { Principal } from '../../auth/principal.js';
import type { AccountPatch } from '../../contract/accounts.js';
import type { Database, Queryable } from '../../db/database.js';
import { AppError } from '../../errors.js';
import { SqlParameters } from '../../policy/sql-parameters.js';
import { readState, recordChange } from './record-change.js';
import { changeVisibleAccount } from './change-visible-account.js';

const columnOf = {
  name: 'name',
  lifecycle: 'lifecycle',
  segment: 'segment',
  owner: 'owner_id',
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
 * Corrects an account and says so in its history: locks the corrected fields against imports, places and matches it again where it moved.
 *
 * All in one transaction, which is undone where the correction would take the account out of the asker's sight.
 * Throws not_found for an account that is not there or not visible.
 */
export async function patchAccount(
  database: Database,
  accountId: number,
  patch: AccountPatch,
  { policy, ...author }: Pick<Principal, 'policy' | 'userId' | 'name'>,
): Promise<void> {
  await changeVisibleAccount(database, accountId, policy, async (client) => {
    const before = await readState(client, accountId);
    if (typeof patch.owner === 'string') await assertUser(client, patch.owner);
    await writePatch(client, accountId, patch);
    if (movingFields.some((field) => patch[field] !== undefined)) {
      await placeAndMatchAccounts(client, [accountId]);
    }
    const after = await readState(client, accountId);
    await recordChange(client, { accountId, author, kind: 'edit', before, after });
  });
}

/** Throws a validation error for an owner who is no user. */
export async function assertUser(client: Queryable, userId: string): Promise<void> {
  const { rowCount } = await client.query('SELECT FROM app.users WHERE id = $1', [userId]);
  if (rowCount === 1) return;
  const sentence = 'Choose somebody who may sign in.';
  throw new AppError('validation', sentence, { fields: { owner: sentence } });
}

async function writePatch(
  client: Queryable,
  accountId: number,
  { point, tags, ...fields }: AccountPatch,
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
  if (tags !== undefined) {
    assignments.push(`tags = app.to_tags(${parameters.add(tags.join(','))})`);
    locked.push('tags');
  }
  if (locked.length > 0) {
    assignments.push(
      `locked_fields = ARRAY(SELECT DISTINCT field
         FROM unnest(locked_fields || ${parameters.add(locked)}::text[]) AS field ORDER BY field)`,
    );
  }
  await client.query(
    `UPDATE crm.accounts SET ${assignments.join(', ')} WHERE account_id = ${parameters.add(accountId)}`,
    parameters.values,
  );
  if (point === undefined) return;
  await decidePlacement(client, accountId, { kind: 'point', lonLat: point });
}
