import type { Principal } from '../../auth/principal.js';
import type { BulkChanges } from '../../contract/bulk-edits.js';
import type { Queryable } from '../../db/database.js';
import { toSqlCondition } from '../../policy/row-policy.js';
import { SqlParameters } from '../../policy/sql-parameters.js';

/** Who changes: what they may see, and for prospectors what is theirs. */
export type Editor = Pick<Principal, 'userId' | 'name' | 'role' | 'policy'>;

/** Columns that a bulk edit writes, with the locks against imports. */
const columns = ['owner_id', 'segment', 'lifecycle', 'tags', 'locked_fields'] as const;

/** SQL condition over alias `a`: accounts that somebody may change many at a time. */
export function mayChange({ role, userId, policy }: Editor, parameters: SqlParameters): string {
  const visible = toSqlCondition(policy, parameters);
  if (role !== 'prospector') return visible;
  return `${visible} AND a.owner_id = ${parameters.add(userId)}`;
}

/** The new value of each column as SQL over alias `a`. */
export function newValues(changes: BulkChanges, parameters: SqlParameters): Record<string, string> {
  const values: Record<string, string> = {};
  if (changes.owner !== undefined) values['owner_id'] = `${parameters.add(changes.owner)}::text`;
  if (changes.segment !== undefined) values['segment'] = `${parameters.add(changes.segment)}::text`;
  if (changes.lifecycle !== undefined) {
    values['lifecycle'] = `${parameters.add(changes.lifecycle)}::text`;
  }
  const { addTags = [], removeTags = [] } = changes;
  if (addTags.length + removeTags.length > 0) {
    const added = `app.to_tags(${parameters.add(addTags.join(','))})`;
    const removed = `app.to_tags(${parameters.add(removeTags.join(','))})`;
    values['tags'] = `ARRAY((SELECT unnest(a.tags) EXCEPT SELECT unnest(${removed}))
      UNION SELECT unnest(${added}) ORDER BY 1)`;
  }
  return values;
}

/**
 * Changes these accounts as far as they are the editor's to change, each with a line in the audit trail that
 * holds what was before. Answers how many became different.
 */
export async function changeAccounts(
  client: Queryable,
  bulkEditId: number,
  ids: readonly number[],
  { changes, editor }: { readonly changes: BulkChanges; readonly editor: Editor },
): Promise<number> {
  const parameters = new SqlParameters();
  const values = newValues(changes, parameters);
  const names = Object.keys(values);
  const isDifferent = names
    .map((name) => `a.${name} IS DISTINCT FROM ${values[name]}`)
    .join(' OR ');
  const locks = parameters.add(names);
  return write(client, parameters, {
    bulkEditId,
    kind: 'bulk',
    editor,
    wanted: `SELECT a.account_id, ${columns
      .map((name) => `${newValue(name, values, locks)} AS ${name}`)
      .join(', ')}
      FROM crm.accounts a
      WHERE a.account_id = ANY (${parameters.add(ids)}::bigint[]) AND (${isDifferent})
        AND ${mayChange(editor, parameters)} FOR UPDATE OF a`,
  });
}

function newValue(name: string, values: Record<string, string>, locks: string): string {
  if (name !== 'locked_fields') return values[name] ?? `a.${name}`;
  return `ARRAY(SELECT DISTINCT field FROM unnest(a.locked_fields || ${locks}::text[]) AS field ORDER BY field)`;
}

/**
 * Takes back what a bulk edit did to these accounts: every value that is still as it left it, none that anybody
 * changed since. Answers how many accounts became different.
 */
export async function restoreAccounts(
  client: Queryable,
  bulkEditId: number,
  ids: readonly number[],
  { undoOf, editor }: { readonly undoOf: number; readonly editor: Editor },
): Promise<number> {
  const parameters = new SqlParameters();
  const restored = columns.map((name) => {
    const isUntouched = `COALESCE(to_jsonb(a.${name}), 'null') = c.after -> '${name}'`;
    const before =
      name === 'tags' || name === 'locked_fields' ? arrayOf(name) : `c.before ->> '${name}'`;
    return `CASE WHEN ${isUntouched} THEN ${before} ELSE a.${name} END AS ${name}`;
  });
  return write(client, parameters, {
    bulkEditId,
    kind: 'undo',
    editor,
    wanted: `SELECT a.account_id, ${restored.join(', ')}
      FROM crm.accounts a JOIN app.account_changes c USING (account_id)
      WHERE c.bulk_edit_id = ${parameters.add(undoOf)}
        AND a.account_id = ANY (${parameters.add(ids)}::bigint[])
        AND ${mayChange(editor, parameters)} FOR UPDATE OF a`,
  });
}

function arrayOf(name: string): string {
  return `ARRAY(SELECT jsonb_array_elements_text(c.before -> '${name}'))`;
}

type Writing = {
  readonly bulkEditId: number;
  readonly kind: 'bulk' | 'undo';
  readonly editor: Editor;
  /** SELECT of account_id and the columns as they shall be; locks the rows. */
  readonly wanted: string;
};

async function write(
  client: Queryable,
  parameters: SqlParameters,
  { bulkEditId, kind, editor, wanted }: Writing,
): Promise<number> {
  const row = (alias: string) => columns.map((name) => `${alias}.${name}`).join(', ');
  const object = (alias: string) =>
    `jsonb_build_object(${columns.map((name) => `'${name}', ${alias}.${name}`).join(', ')})`;
  const { rowCount } = await client.query(
    `WITH wanted AS (${wanted}),
     before AS (
       SELECT a.account_id, ${row('a')} FROM crm.accounts a JOIN wanted w USING (account_id)
       WHERE (${row('a')}) IS DISTINCT FROM (${row('w')})),
     changed AS (
       UPDATE crm.accounts a SET ${columns.map((name) => `${name} = w.${name}`).join(', ')}, updated_at = now()
       FROM wanted w WHERE w.account_id = a.account_id AND w.account_id IN (SELECT account_id FROM before)
       RETURNING a.account_id)
     INSERT INTO app.account_changes
       (account_id, user_id, user_name, kind, bulk_edit_id, before, after)
     SELECT b.account_id, ${parameters.add(editor.userId)}, ${parameters.add(editor.name)}, '${kind}',
       ${parameters.add(bulkEditId)}::bigint, ${object('b')}, ${object('w')}
     FROM before b JOIN wanted w USING (account_id) JOIN changed USING (account_id)`,
    parameters.values,
  );
  return rowCount ?? 0;
}
