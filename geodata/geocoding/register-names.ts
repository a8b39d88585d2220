import type { Queryable } from '../../server/db/database.js';
import { toKey, toPlain, wordsOf } from './normalise.js';

/** Longest name that goes into the index; longer ones are no names. */
const longestName = 200;
const namesAtOnce = 5_000;

export type NameRole = 'street' | 'town' | 'place' | 'other';

/** Where names come from: SQL for their text, and what they name. */
export type NameSource = { readonly sql: string; readonly role: NameRole };

const flagOf: Readonly<Record<NameRole, string | undefined>> = {
  street: 'is_street',
  town: 'is_town',
  place: 'is_place',
  other: undefined,
};

/**
 * Enters names that geo.names does not have, in their compared forms, and marks what they name. Answers how
 * many were new.
 */
export async function registerNames(
  queryable: Queryable,
  { sql, role }: NameSource,
): Promise<number> {
  const flag = flagOf[role];
  const unknown = await queryable.query<{ name: string }>(
    `SELECT DISTINCT x.name FROM (${sql}) x (name) LEFT JOIN geo.names n ON n.name = x.name
     WHERE x.name <> '' AND length(x.name) <= ${longestName}
       AND (n.name_id IS NULL${flag ? ` OR NOT n.${flag}` : ''})`,
  );
  const names = unknown.rows.map(({ name }) => name);
  for (let start = 0; start < names.length; start += namesAtOnce) {
    await writeNames(queryable, names.slice(start, start + namesAtOnce), flag);
  }
  return names.length;
}

async function writeNames(
  queryable: Queryable,
  names: readonly string[],
  flag: string | undefined,
): Promise<void> {
  const forms = names.map((name) => {
    const plain = toPlain(name);
    const key = toKey(plain);
    return { name, plain, key, words: indexWords(plain, key) };
  });
  await queryable.query(
    `INSERT INTO geo.names (name, plain, key, words${flag ? `, ${flag}` : ''})
     SELECT f.name, f.plain, f.key, string_to_array(f.words, ' ')${flag ? ', true' : ''}
     FROM unnest($1::text[], $2::text[], $3::text[], $4::text[]) AS f (name, plain, key, words)
     WHERE f.plain <> ''
     ON CONFLICT (name) DO ${flag ? `UPDATE SET ${flag} = true` : 'NOTHING'}`,
    [
      forms.map(({ name }) => name),
      forms.map(({ plain }) => plain),
      forms.map(({ key }) => key),
      forms.map(({ words }) => words),
    ],
  );
}

/** Words of the name as written and as abbreviated, and the key in one piece behind an equals sign. */
function indexWords(plain: string, key: string): string {
  const words = new Set([...wordsOf(plain), ...wordsOf(key), `=${key.replaceAll(' ', '')}`]);
  return [...words].join(' ');
}
