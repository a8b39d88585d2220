import type { Queryable } from '../../server/db/database.js';
import {
  certain,
  type GeocodeAnswer,
  type GeocodeOptions,
  type GeocodeRequest,
} from './geocoder.js';
import { interpolateHouses } from './interpolate-houses.js';
import { parseAddress, type Interpretation } from './parse-address.js';
import { addCandidates, toWanted, type Pending } from './pending.js';
import { matchPlaces } from './match-places.js';
import { wordQueries } from './query-words.js';
import { rankCandidates } from './rank-candidates.js';
import type { Wanted } from './score-hit.js';
import { matchWords, type SearchHit, type WordLookup } from './search-hit.js';
import { matchMisspelled } from './match-misspelled.js';

/** Requests that travel to the database together. */
const requestsAtOnce = 500;
/** Entries that a lookup brings back: enough to see that a name is ambiguous. */
const entriesEach = 20;

/**
 * Answers many requests, in their order, each best first. Words are looked up first; only what they leave
 * unsure goes on to other ways to understand the text, to names spelled nearly so, to house numbers
 * in between, and at last to postcode and town.
 */
export async function geocodeMany(
  queryable: Queryable,
  requests: readonly GeocodeRequest[],
  options: GeocodeOptions = {},
): Promise<GeocodeAnswer[][]> {
  const answers: GeocodeAnswer[][] = [];
  for (let start = 0; start < requests.length; start += requestsAtOnce) {
    const part = requests.slice(start, start + requestsAtOnce);
    answers.push(...(await geocodePart(queryable, part, options)));
  }
  return answers;
}

async function geocodePart(
  queryable: Queryable,
  requests: readonly GeocodeRequest[],
  options: GeocodeOptions,
): Promise<GeocodeAnswer[][]> {
  const pending = requests.map((request, index): Pending => {
    const parsed = parseAddress({ country: options.country, ...request });
    return { request: index, parsed, candidates: [] };
  });
  const placeable = pending.filter(({ parsed }) => !parsed.isPoBox);
  await lookUp(queryable, placeable, { options, readings: (all) => all.slice(0, 1) });
  await lookUp(queryable, placeable.filter(isUnsure), {
    options,
    readings: (all) => all.slice(1),
  });
  await matchMisspelled(queryable, placeable.filter(isNameUnknown), options);
  await interpolateHouses(queryable, placeable);
  await matchPlaces(queryable, placeable.filter(isUnsure), options);
  const { limit = 5, near } = options;
  return pending.map(({ candidates }) => rankCandidates(candidates, { limit, near }));
}

/** Whether nothing certain was found yet. */
function isUnsure({ candidates }: Pending): boolean {
  return !candidates.some(({ confidence }) => confidence >= certain);
}

/** Whether no street has the name that was asked for, where it was asked for; a number that is missing does not matter. */
function isNameUnknown({ candidates }: Pending): boolean {
  return !candidates.some(({ nameConfidence }) => nameConfidence >= certain);
}

type LookUp = {
  readonly options: GeocodeOptions;
  readonly readings: (all: readonly Interpretation[]) => readonly Interpretation[];
};

async function lookUp(
  queryable: Queryable,
  pending: readonly Pending[],
  { options, readings }: LookUp,
): Promise<void> {
  const lookups: WordLookup[] = [];
  const wanted: Wanted[] = [];
  for (const { request, parsed } of pending) {
    for (const interpretation of readings(parsed.interpretations)) {
      const { postcode } = parsed;
      const { autocomplete } = options;
      const queries = wordQueries(interpretation, { postcode, autocomplete });
      if (queries.length === 0) continue;
      lookups.push({
        request,
        queries,
        kinds: kindsOf(interpretation),
        postcode,
        house: interpretation.house,
      });
      wanted.push(toWanted(parsed, interpretation, options));
    }
  }
  const hits = await matchWords(queryable, lookups, entriesEach);
  addCandidates(pending, hits, (hit) => wanted[hit.lookup]);
}

/** With a house number only streets can answer; a text in parts tells what it names. */
function kindsOf({ street, house, isLoose }: Interpretation): readonly SearchHit['kind'][] {
  if (street === undefined) return house ? ['street'] : ['postcode'];
  if (house) return ['street'];
  return isLoose ? ['street', 'settlement', 'region', 'place', 'postcode'] : ['street', 'place'];
}
