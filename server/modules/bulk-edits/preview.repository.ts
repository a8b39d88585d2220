import type { BulkChanges, BulkPreview } from '../../contract/bulk-edits.js';
import type { Database } from '../../db/database.js';
import { SqlParameters } from '../../policy/sql-parameters.js';
import { mayChange, newValues, type Editor } from './change-accounts.js';

const VALUES = 8;

type Field = BulkPreview['fields'][number];

const fieldOf: Readonly<Record<string, Field['field']>> = {
  owner_id: 'owner',
  segment: 'segment',
  lifecycle: 'lifecycle',
  tags: 'tags',
};

/** What a change would do to these accounts: how many become different, and what they have now. */
export async function previewChanges(
  database: Database,
  ids: readonly number[],
  changes: BulkChanges,
  editor: Editor,
): Promise<BulkPreview> {
  const parameters = new SqlParameters();
  const values = newValues(changes, parameters);
  const names = Object.keys(values);
  const differs = names.map((name) => `a.${name} IS DISTINCT FROM ${values[name]}`).join(' OR ');
  const sum = await database.row<{ allowed: number; changing: number }>(
    `SELECT count(*)::int AS allowed, (count(*) FILTER (WHERE ${differs}))::int AS changing
     FROM crm.accounts a
     WHERE a.account_id = ANY (${parameters.add(ids)}::bigint[]) AND ${mayChange(editor, parameters)}`,
    parameters.values,
  );
  const fields = await Promise.all(
    names.map((name) => countValues(database, name, { ids, changes, editor })),
  );
  const { allowed = 0, changing = 0 } = sum ?? {};
  return { total: ids.length, changing, refused: ids.length - allowed, fields };
}

type Asked = {
  readonly ids: readonly number[];
  readonly changes: BulkChanges;
  readonly editor: Editor;
};

async function countValues(
  database: Database,
  column: string,
  { ids, changes, editor }: Asked,
): Promise<Field> {
  const parameters = new SqlParameters();
  const value = column === 'tags' ? `NULLIF(array_to_string(a.tags, ', '), '')` : `a.${column}`;
  const rows = await database.rows<Field['from'][number]>(
    `SELECT ${value} AS value, count(*)::int AS count FROM crm.accounts a
     WHERE a.account_id = ANY (${parameters.add(ids)}::bigint[]) AND ${mayChange(editor, parameters)}
     GROUP BY 1 ORDER BY count DESC, value`,
    parameters.values,
  );
  const from = rows.slice(0, VALUES);
  const others = rows.slice(VALUES).reduce((sum, { count }) => sum + count, 0);
  return { field: fieldOf[column]!, to: targetOf(column, changes), from, others };
}

function targetOf(column: string, changes: BulkChanges): string | null {
  if (column === 'owner_id') return changes.owner ?? null;
  if (column === 'segment') return changes.segment ?? null;
  if (column === 'lifecycle') return changes.lifecycle ?? null;
  return changes.addTags?.join(', ') ?? null;
}
