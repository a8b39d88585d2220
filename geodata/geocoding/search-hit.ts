import type { Queryable } from '../../server/db/database.js';
import type { HouseNumber } from './house-number.js';

/** A row of geo.search_hit: an entry of the index, with one of its houses where a number was asked for. */
export type SearchHit = {
  readonly entry_id: number;
  readonly kind: 'street' | 'postcode' | 'settlement' | 'region' | 'place';
  readonly ref_id: number | null;
  readonly name: string;
  readonly plain: string;
  readonly key: string;
  readonly town: string | null;
  readonly locality_keys: readonly string[];
  readonly area_keys: readonly string[];
  readonly has_postcode: boolean | null;
  readonly postcodes: number;
  readonly first_postcode: string | null;
  readonly country: string | null;
  readonly weight: number;
  readonly lon: number;
  readonly lat: number;
  readonly region_id: number | null;
  readonly source: string | null;
  readonly licence: string | null;
  readonly address_id: number | null;
  readonly house_number: string | null;
  readonly house_suffix: string | null;
  readonly house_postcode: string | null;
  readonly house_city: string | null;
  readonly house_lon: number | null;
  readonly house_lat: number | null;
  readonly house_source: string | null;
  readonly house_licence: string | null;
};

export type WordLookup = {
  /** Place of the request in its batch. */
  readonly request: number;
  readonly queries: readonly string[];
  readonly kinds: readonly SearchHit['kind'][];
  readonly postcode?: string | undefined;
  readonly house?: HouseNumber | undefined;
};

export type SimilarLookup = {
  readonly request: number;
  readonly street: string;
  /** Keys of the towns to look in; undefined for everywhere. */
  readonly towns?: readonly string[] | undefined;
  readonly postcode?: string | undefined;
  readonly house?: HouseNumber | undefined;
};

export type RequestHit = SearchHit & {
  readonly request: number;
  /** Which of the lookups found it. */
  readonly lookup: number;
};

/** Entries that hold the words asked for, for many requests in one statement. */
export async function matchWords(
  queryable: Queryable,
  lookups: readonly WordLookup[],
  mostEntries: number,
): Promise<RequestHit[]> {
  if (lookups.length === 0) return [];
  const { rows } = await queryable.query<RequestHit>(
    'SELECT * FROM geo.match_words($1, $2, $3, $4, $5, $6, $7)',
    [
      lookups.map(({ request }) => request),
      lookups.map(({ queries }) => queries.join('\n')),
      lookups.map(({ kinds }) => kinds.join(',')),
      ...wanted(lookups),
      mostEntries,
    ],
  );
  return rows;
}

/** Streets with nearly the name asked for, for many requests in one statement. */
export async function matchSimilar(
  queryable: Queryable,
  lookups: readonly SimilarLookup[],
  mostEntries: number,
): Promise<RequestHit[]> {
  if (lookups.length === 0) return [];
  const { rows } = await queryable.query<RequestHit>(
    'SELECT * FROM geo.match_similar($1, $2, $3, $4, $5, $6, $7)',
    [
      lookups.map(({ request }) => request),
      lookups.map(({ street }) => street),
      lookups.map(({ towns }) => towns?.join('\n') ?? null),
      ...wanted(lookups),
      mostEntries,
    ],
  );
  return rows;
}

function wanted(lookups: readonly Pick<WordLookup, 'postcode' | 'house'>[]): unknown[] {
  return [
    lookups.map(({ postcode }) => postcode ?? null),
    lookups.map(({ house }) => house?.number ?? null),
    lookups.map(({ house }) => house?.suffix ?? ''),
  ];
}
