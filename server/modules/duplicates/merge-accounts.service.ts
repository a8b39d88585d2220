import { placeAndMatchAccounts } from '../../../geodata/matching/match-accounts.js';
import type { MergeField, MergeRequest } from '../../contract/duplicates.js';
import type { Database, Queryable } from '../../db/database.js';
import { AppError } from '../../errors.js';
import { SqlParameters } from '../../policy/sql-parameters.js';
import { accountNotFound } from '../accounts/change-visible-account.js';
import { readState, recordChange } from '../accounts/record-change.js';
import { mayChange, type Editor } from '../bulk-edits/change-accounts.js';

type Row = Readonly<Record<string, unknown>>;

/** What a place on the map consists of. */
const pointColumns = [
  'geom',
  'placement',
  'placement_source',
  'placement_licence',
  'placement_locked',
] as const;

/** Columns that undoing leaves to the present. */
const passing: readonly string[] = ['updated_at', 'matched_at'];

/**
 * Makes two accounts one: the other goes, its orders go over to the survivor, with the fields that are taken from
 * it and the tags and attributes of both. Everything needed to undo it is kept.
 */
export async function mergeAccounts(
  database: Database,
  survivorId: number,
  { otherId, take }: MergeRequest,
  editor: Editor,
): Promise<void> {
  if (otherId === survivorId) throw new AppError('validation', 'otherId: name another account');
  await database.transaction(async (client) => {
    const rows = await lockRows(client, [survivorId, otherId], editor);
    const [survivor, other] = [rows.get(survivorId), rows.get(otherId)];
    if (!survivor || !other) throw accountNotFound();
    const before = await readState(client, survivorId);
    const saleIds = await moveSales(client, otherId, survivorId);
    await client.query('DELETE FROM crm.accounts WHERE account_id = $1', [otherId]);
    await takeOver(client, survivorId, other, take);
    if (take.includes('point')) await placeAndMatchAccounts(client, [survivorId]);
    const after = (await lockRows(client, [survivorId], editor)).get(survivorId);
    if (!after) {
      throw new AppError('conflict', 'The merged account would no longer be yours. Ask a planner.');
    }
    await client.query(
      `INSERT INTO app.account_merges (survivor_id, merged_id, external_id, merged_row, survivor_before,
         survivor_after, sale_ids, user_id, user_name)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      [
        ...[survivorId, otherId, other['external_id'] ?? null],
        ...[JSON.stringify(other), JSON.stringify(survivor), JSON.stringify(after)],
        ...[saleIds, editor.userId, editor.name],
      ],
    );
    await recordChange(client, {
      accountId: survivorId,
      author: editor,
      kind: 'merge',
      before,
      after: await readState(client, survivorId),
    });
  });
}

/**
 * Takes a merge back: the merged account is as it was, with its orders, and the survivor has again what the merge
 * changed of it, but for what was changed since. Answers the survivor.
 */
export async function undoMerge(
  database: Database,
  mergeId: number,
  editor: Editor,
): Promise<number> {
  return database.transaction(async (client) => {
    const { rows } = await client.query<MergeRow>(
      'SELECT * FROM app.account_merges WHERE account_merge_id = $1 AND undone_at IS NULL FOR UPDATE',
      [mergeId],
    );
    const merge = rows[0];
    const survivor =
      merge && (await lockRows(client, [merge.survivor_id], editor)).get(merge.survivor_id);
    if (!merge || !survivor) throw accountNotFound();
    const before = await readState(client, merge.survivor_id);
    await restoreSurvivor(client, merge, survivor);
    await client.query(
      `INSERT INTO crm.accounts OVERRIDING SYSTEM VALUE
       SELECT * FROM jsonb_populate_record(NULL::crm.accounts, $1)`,
      [JSON.stringify(merge.merged_row)],
    );
    if (!(await lockRows(client, [merge.merged_id], editor)).has(merge.merged_id)) {
      throw accountNotFound();
    }
    await client.query(
      'UPDATE crm.sales SET account_id = $1 WHERE sale_id = ANY ($2::bigint[]) AND account_id = $3',
      [merge.merged_id, merge.sale_ids, merge.survivor_id],
    );
    await client.query(
      'UPDATE app.account_merges SET undone_at = now() WHERE account_merge_id = $1',
      [mergeId],
    );
    await recordChange(client, {
      accountId: merge.survivor_id,
      author: editor,
      kind: 'unmerge',
      before,
      after: await readState(client, merge.survivor_id),
    });
    return merge.survivor_id;
  });
}

type MergeRow = {
  readonly survivor_id: number;
  readonly merged_id: number;
  readonly merged_row: Row;
  readonly survivor_before: Row;
  readonly survivor_after: Row;
  readonly sale_ids: readonly (number | string)[];
};

/** Whole rows by id of those that the editor may change, locked; the point exactly, as hexadecimal EWKB. */
async function lockRows(
  client: Queryable,
  ids: readonly number[],
  editor: Editor,
): Promise<Map<number, Row>> {
  const parameters = new SqlParameters();
  const { rows } = await client.query<{ account_id: number; row: Row }>(
    `SELECT a.account_id,
       to_jsonb(a) || jsonb_build_object('geom', encode(ST_AsEWKB(a.geom), 'hex')) AS row
     FROM crm.accounts a
     WHERE a.account_id = ANY (${parameters.add(ids)}::bigint[]) AND ${mayChange(editor, parameters)}
     ORDER BY a.account_id FOR UPDATE OF a`,
    parameters.values,
  );
  return new Map(rows.map(({ account_id: id, row }) => [id, row]));
}

async function moveSales(client: Queryable, from: number, to: number): Promise<number[]> {
  const { rows } = await client.query<{ sale_id: number }>(
    'UPDATE crm.sales SET account_id = $2 WHERE account_id = $1 RETURNING sale_id',
    [from, to],
  );
  return rows.map((row) => row.sale_id);
}

async function takeOver(
  client: Queryable,
  survivorId: number,
  other: Row,
  take: readonly MergeField[],
): Promise<void> {
  const columns = take.flatMap((field) => (field === 'point' ? [...pointColumns] : [field]));
  const taken = columns.map((column) => `${column} = o.${column},`).join(' ');
  const locks = take.filter((field) => field !== 'point' && field !== 'external_id');
  await client.query(
    `UPDATE crm.accounts a SET ${taken}
       tags = ARRAY(SELECT DISTINCT unnest(a.tags || o.tags) ORDER BY 1),
       attributes = o.attributes || a.attributes,
       lead_since = LEAST(a.lead_since, o.lead_since),
       customer_since = LEAST(a.customer_since, o.customer_since),
       locked_fields = ARRAY(SELECT DISTINCT unnest(a.locked_fields || $3::text[]) ORDER BY 1),
       updated_at = now()
     FROM jsonb_populate_record(NULL::crm.accounts, $2) o WHERE a.account_id = $1`,
    [survivorId, JSON.stringify(other), locks],
  );
}

/** Gives the survivor back what the merge changed of it and nobody since. */
async function restoreSurvivor(client: Queryable, merge: MergeRow, now: Row): Promise<void> {
  const { survivor_before: before, survivor_after: after } = merge;
  const isSame = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);
  const columns = Object.keys(before).filter(
    (column) =>
      /^[a-z0-9_]+$/.test(column) &&
      !passing.includes(column) &&
      !isSame(before[column], after[column]) &&
      isSame(now[column], after[column]),
  );
  const assignments = [...columns.map((column) => `${column} = b.${column}`), 'updated_at = now()'];
  await client.query(
    `UPDATE crm.accounts a SET ${assignments.join(', ')}
     FROM jsonb_populate_record(NULL::crm.accounts, $2) b WHERE a.account_id = $1`,
    [merge.survivor_id, JSON.stringify(before)],
  );
}
