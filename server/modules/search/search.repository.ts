import { searchIndex } from './search-index.repository.js';
import type { SearchResult } from '../../contract/search.js';
import type { Database } from '../../db/database.js';
import { toSqlCondition, type RowPolicy } from '../../policy/row-policy.js';
import { SqlParameters } from '../../policy/sql-parameters.js';

/** Matches among which the best are chosen: enough to rank well, few enough to sort at once. */
const CANDIDATES = 1_000;
const TRIGRAM_LENGTH = 3;

type Source = {
  readonly kind: SearchResult['kind'];
  /** Text that is searched; the same expression as in the trigram index. */
  readonly text: string;
  readonly from: string;
  /** Columns id, title, subtitle, lon, lat (and bbox) of the best candidates `c`. */
  readonly columns: string;
};

const sources: readonly Source[] = [
  {
    kind: 'account',
    text: 'a.name',
    from: 'SELECT a.* FROM crm.accounts a',
    columns: `c.account_id AS id, c.name AS title,
      concat_ws(' · ', c.lifecycle, NULLIF(concat_ws(' ', c.postcode, c.city), '')) AS subtitle,
      ST_X(c.geom) AS lon, ST_Y(c.geom) AS lat`,
  },
  {
    kind: 'region',
    text: 'a.name',
    from: 'SELECT a.* FROM geo.regions a',
    columns: `c.region_id AS id, c.name AS title,
      (SELECT concat_ws(' · ', l.name, parent.name) FROM geo.region_levels l
       LEFT JOIN geo.regions parent ON parent.region_id = c.parent_id
       WHERE l.level = c.level) AS subtitle,
      ST_X(ST_Centroid(c.geom::box2d::geometry)) AS lon,
      ST_Y(ST_Centroid(c.geom::box2d::geometry)) AS lat,
      CASE WHEN c.geom IS NOT NULL THEN
        ARRAY[ST_XMin(c.geom::box2d::box3d), ST_YMin(c.geom::box2d::box3d),
              ST_XMax(c.geom::box2d::box3d), ST_YMax(c.geom::box2d::box3d)] END AS bbox`,
  },
  {
    kind: 'place',
    text: 'a.name',
    from: 'SELECT a.* FROM geo.places a',
    columns: `c.place_id AS id, c.name AS title,
      concat_ws(' · ', replace(c.kind, '_', ' '), NULLIF(concat_ws(' ', c.street, c.city), '')) AS subtitle,
      ST_X(c.geom) AS lon, ST_Y(c.geom) AS lat`,
  },
];

type SearchRow = Omit<SearchResult, 'kind' | 'bbox'> & {
  readonly bbox?: SearchResult['bbox'] | null;
};

/**
 * Accounts that the policy shows, regions and places whose name holds every word, and what the search index
 * finds: settlements, streets, addresses, postcodes, and names spelled nearly so.
 *
 * Case and accents do not matter. Each kind gets an equal share of `limit`, and what another leaves over.
 */
export async function search(
  database: Database,
  { q, limit }: { readonly q: string; readonly limit: number },
  policy: RowPolicy,
): Promise<SearchResult[]> {
  const [indexed, ...named] = await Promise.all([
    searchIndex(database, q, limit),
    ...sources.map((source) => searchSource(database, source, { q, limit }, policy)),
  ]);
  const lists = named.map((list, index) => {
    const { kind } = sources[index]!;
    const ids = new Set(list.map(({ id }) => id));
    return [...list, ...indexed.filter((one) => one.kind === kind && !ids.has(one.id))];
  });
  const further = (['settlement', 'street', 'address', 'postcode'] as const).map((kind) =>
    indexed.filter((one) => one.kind === kind),
  );
  return shareOut([...lists, ...further], limit);
}

async function searchSource(
  database: Database,
  { kind, text, from, columns }: Source,
  { q, limit }: { readonly q: string; readonly limit: number },
  policy: RowPolicy,
): Promise<SearchResult[]> {
  const parameters = new SqlParameters();
  const searched = `app.search_text(${text})`;
  const conditions = likePatterns(q).map(
    (pattern) => `${searched} LIKE app.search_text(${parameters.add(pattern)}::text)`,
  );
  if (kind === 'account') conditions.push(toSqlCondition(policy, parameters));
  const whole = `app.search_text(${parameters.add(q)}::text)`;
  const name = `app.search_text(${text.replace('a.', 'c.')})`;
  const rows = await database.rows<SearchRow>(
    `SELECT ${columns} FROM (${from} WHERE ${conditions.join(' AND ')} LIMIT ${CANDIDATES}) c
     ORDER BY starts_with(${name}, ${whole}) DESC, similarity(${name}, ${whole}) DESC, ${name}, 1
     LIMIT ${parameters.add(limit)}`,
    parameters.values,
  );
  return rows.map(({ bbox, ...row }) => ({ kind, ...row, ...(bbox && { bbox }) }));
}

/** One LIKE pattern a word: anywhere in the text, or only at its start where no trigram index could help. */
function likePatterns(q: string): string[] {
  const words = q
    .split(/\s+/)
    .filter((word) => word !== '')
    .map((word) => word.replace(/[\\%_]/g, '\\$&'));
  const [only] = words;
  if (words.length === 1 && only !== undefined && q.length < TRIGRAM_LENGTH) return [`${only}%`];
  return words.map((word) => `%${word}%`);
}

/** Takes from each list in turn until `limit` is reached; within a kind the best come first. */
function shareOut(lists: readonly SearchResult[][], limit: number): SearchResult[] {
  const taken = lists.map(() => 0);
  let left = limit;
  for (let round = 0; left > 0; round += 1) {
    const before = left;
    for (const [index, list] of lists.entries()) {
      if (left === 0 || round >= list.length) continue;
      taken[index] = round + 1;
      left -= 1;
    }
    if (left === before) break;
  }
  return lists.flatMap((list, index) => list.slice(0, taken[index]));
}
