import type { Queryable } from '../../server/db/database.js';
import { toCandidate } from './candidate.js';
import type { Pending } from './pending.js';
import type { GeocodeOptions } from './geocoder.js';
import { formsOf, nameLikeness } from './likeness.js';
import { wordsOf } from './normalise.js';
import { placeQuery } from './query-words.js';
import { matchWords, type RequestHit, type WordLookup } from './search-hit.js';

/** What postcode or town are worth where a street was asked for and not found. */
const confidenceOf = {
  /** No address of the postcode is loaded: there was nothing to find. */
  postcodeWithoutStreets: 0.8,
  postcodeInstead: 0.7,
  townInstead: 0.5,
} as const;
const entriesEach = 12;
const mostTownWords = 3;

type Asked = {
  readonly text: string;
  /** Best that the answer can be. */
  readonly most: number;
  readonly kind: 'postcode' | 'town';
};

/** Adds postcode and town of requests that nothing better was found for. */
export async function matchPlaces(
  queryable: Queryable,
  pending: readonly Pending[],
  options: GeocodeOptions,
): Promise<void> {
  const lookups: WordLookup[] = [];
  const asked: Asked[] = [];
  for (const one of pending) {
    for (const place of placesOf(one)) {
      const { text, kind } = place;
      const postcode = kind === 'postcode';
      lookups.push({
        request: one.request,
        queries: [postcode ? `'${text}'` : placeQuery(text, options.autocomplete ?? false)],
        kinds: postcode ? ['postcode'] : ['settlement', 'region'],
      });
      asked.push(place);
    }
  }
  const hits = await matchWords(queryable, lookups, entriesEach);
  const byRequest = new Map(pending.map((one) => [one.request, one]));
  for (const hit of hits) {
    const one = byRequest.get(hit.request)!;
    const place = asked[hit.lookup]!;
    const { country } = one.parsed;
    if (country && hit.country && country !== hit.country) continue;
    const confidence = worth(place, hit, options.autocomplete ?? false);
    const precision = hit.kind === 'postcode' ? 'postcode' : 'place';
    one.candidates.push(toCandidate(hit, { confidence, nameConfidence: confidence, precision }));
  }
}

/** Postcode and towns that a request names, and what finding just them is worth. */
function placesOf({ parsed }: Pending): Asked[] {
  const { postcode, interpretations } = parsed;
  const [first] = interpretations;
  const isStreet = first?.street !== undefined;
  const asked: Asked[] = [];
  if (postcode !== undefined) {
    const most = isStreet ? confidenceOf.postcodeWithoutStreets : 1;
    asked.push({ text: postcode, kind: 'postcode', most });
  }
  if (!first) return asked;
  const townOnly = isStreet || postcode !== undefined ? confidenceOf.townInstead : 1;
  const towns = first.localities.map((text): Asked => ({ text, kind: 'town', most: townOnly }));
  return [...asked, ...towns.reverse(), ...(first.isLoose ? townsInside(first.street ?? '') : [])];
}

/** The whole of a text may be a town; so may its last words, with all before them not found. */
function townsInside(street: string): Asked[] {
  const words = wordsOf(street);
  const counts = [1, 2, 3].filter((count) => count <= mostTownWords && count < words.length);
  return [
    { text: street, kind: 'town', most: 1 },
    ...counts.map((count): Asked => ({
      text: words.slice(-count).join(' '),
      kind: 'town',
      most: confidenceOf.townInstead,
    })),
  ];
}

function worth({ text, most }: Asked, hit: RequestHit, autocomplete: boolean): number {
  if (hit.kind === 'postcode') {
    return hit.weight > 0 ? Math.min(most, most < 1 ? confidenceOf.postcodeInstead : 1) : most;
  }
  const goesOn = autocomplete && hit.plain.startsWith(text);
  return most * (goesOn ? 0.9 : nameLikeness(formsOf(text), hit));
}
